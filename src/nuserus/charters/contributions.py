"""What rules of use add to the page of an institution."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nuserus.charters.models import Charter
from nuserus.charters.queries.charters import charters_visible_to, current_versions
from nuserus.charters.rules import can_start_charter
from nuserus.directory.models import Institution
from nuserus.foundation.asking import asking_of


def institution_section(request: HttpRequest, institution: Institution) -> SafeString:
    """The rules of use of a place, as far as the person may read them; a way to begin for its referents.

    Where a place keeps its rules to itself, visitors see nothing: by its kind alone it was not named.
    """
    asking = asking_of(request)
    adopted = [
        version
        for version in current_versions(asking)
        if version.institution_id == institution.pk and (version.named or institution.pk in asking.institutions)
    ]
    known = {version.charter_id for version in adopted}
    at_work = [one for one in charters_visible_to(asking).filter(institution=institution) if one.pk not in known]
    may_start = can_start_charter.allows(asking, Charter(scope_institution=institution.pk))
    if not (adopted or at_work or may_start):
        return SafeString("")
    context = {"institution": institution, "adopted": adopted, "at_work": at_work, "may_start": may_start}
    return render_to_string("charters/_section.html", context, request)

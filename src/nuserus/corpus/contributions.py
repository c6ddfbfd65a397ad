"""What the corpus adds to the pages of a study."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nuserus.corpus.queries.sources import places_to_add_to, tally_of
from nuserus.foundation.asking import Asking, asking_of
from nuserus.studies.models import Study
from nuserus.studies.registry import Figure


def study_section(request: HttpRequest, study: Study) -> SafeString:
    """The way into the corpus, for who reads or brings materials."""
    asking = asking_of(request)
    tally = tally_of(asking, study)
    if not tally.sources and not places_to_add_to(asking, study):
        return mark_safe("")
    return render_to_string("corpus/_study.html", {"study": study, "tally": tally}, request)


def study_figures(asking: Asking, study: Study) -> list[Figure]:
    """Materials and those that are ready, of what the person may read."""
    tally = tally_of(asking, study)
    if not tally.sources:
        return []
    return [
        Figure(_("matériaux prêts à coder"), str(tally.ready), str(tally.sources)),
        Figure(_("mots dans le corpus"), f"{tally.words:,}".replace(",", " ")),
    ]

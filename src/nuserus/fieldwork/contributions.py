"""What the field adds to the pages of a study."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from nuserus.fieldwork.queries.interviews import interviews_of, places_of_interviews
from nuserus.fieldwork.queries.places import own_places
from nuserus.foundation.asking import asking_of
from nuserus.studies.models import Study


def study_section(request: HttpRequest, study: Study) -> SafeString:
    """The places where the person collects, and what was given back."""
    places = list(own_places(asking_of(request)).filter(study=study))
    context = {"places": places, "study": study}
    return mark_safe(render_to_string("fieldwork/_study.html", context, request))  # noqa: S308 - an escaped template


def interviews_section(request: HttpRequest, study: Study) -> SafeString:
    """The interviews, for who may hold or read some."""
    asking = asking_of(request)
    count = interviews_of(asking, study).count()
    if not count and not places_of_interviews(asking, study):
        return SafeString("")
    return render_to_string("fieldwork/_study_interviews.html", {"study": study, "count": count}, request)

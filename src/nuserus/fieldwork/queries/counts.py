"""How much was done on the field of a study, in numbers that tell of nobody."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.studies.models import Study
from nuserus.studies.registry import Figure, small_cell


def field_figures(asking: Asking, study: Study) -> list[Figure]:
    """Lines of the progress page; the database counts, for whoever takes part in the study."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT visits, visited, observations, restitutions FROM fieldwork_counts(%s)", [study.pk])
        row = cursor.fetchone()
    visits, visited, observations, restitutions = row or (0, 0, 0, 0)
    if not visits and not observations and not restitutions:
        return []
    lines = [
        Figure(_("visites faites"), str(visited), str(visits)),
        Figure(_("observations terminées"), small_cell(observations)),
        Figure(_("restitutions tenues"), str(restitutions)),
    ]
    return [line for line in lines if line.value != "0" or line.of]

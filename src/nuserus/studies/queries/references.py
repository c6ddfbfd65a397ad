"""The bibliography of a study."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Reference, Study
from nuserus.studies.rules import can_read_reference


def references_of(asking: Asking, study: Study) -> QuerySet[Reference]:
    """The references of a study, last published first."""
    rows = can_read_reference.filter(Reference.objects.filter(study=study), asking)
    return rows.order_by("-year", "authors", "title", "pk")


def readable_reference(asking: Asking, reference_id: UUID) -> Reference:
    """A reference. Raises Unreadable."""
    found = Reference.objects.select_related("study").filter(pk=reference_id).first()
    if found is None:
        raise Unreadable
    can_read_reference.require(asking, found)
    return found

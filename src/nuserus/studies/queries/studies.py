"""Studies as the person who asks may know them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import Part
from nuserus.studies.models import RetentionRule, Study
from nuserus.studies.rules import can_change_study, can_conduct_study, can_read_retention, can_read_study, part_in


def readable_study(asking: Asking, study_id: UUID) -> Study:
    """A study in which the person takes part. Raises Unreadable."""
    found = Study.objects.filter(pk=study_id).first()
    if found is None:
        raise Unreadable
    can_read_study.require(asking, found)
    return found


def studies_of(asking: Asking) -> QuerySet[Study]:
    """The studies in which the person takes part, last opened first."""
    return can_read_study.filter(Study.objects.all(), asking)


def led_study(asking: Asking, study_id: UUID) -> Study:
    """A study that the person leads. Raises Unreadable, PermissionDenied."""
    study = readable_study(asking, study_id)
    can_change_study.require(asking, study)
    return study


def conducted_study(asking: Asking, study_id: UUID) -> Study:
    """A study that the person conducts. Raises Unreadable, PermissionDenied."""
    study = readable_study(asking, study_id)
    can_conduct_study.require(asking, study)
    return study


def leads(asking: Asking, study: Study) -> bool:
    """Whether the person leads it."""
    return can_change_study.allows(asking, study)


def conducts(asking: Asking, study: Study) -> bool:
    """Whether the person conducts it."""
    return can_conduct_study.allows(asking, study)


def own_parts(asking: Asking, study: Study) -> list[Part]:
    """What the person does in it."""
    return [part for part in Part if part_in(asking, study.pk, part)]


def retention_of(asking: Asking, study: Study) -> QuerySet[RetentionRule]:
    """How long each material is kept."""
    return can_read_retention.filter(RetentionRule.objects.filter(study=study), asking)

"""What the apps above ask before they keep or show what was collected in a place."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.studies.enums import KeptFrom, Material
from nuserus.studies.figures import months_later
from nuserus.studies.models import RetentionRule, StudyPlace


def scope_of_material(place: StudyPlace, *, author: UUID | None) -> dict[str, Any]:
    """The scope columns of what is collected in a place: restricted, its author's, and of its mission.

    The mission is the id of the place. The database gives it to leads, researchers and practitioner-researchers
    of the study, never to somebody for a place where they work or whose working group they sit in.
    """
    return {
        "scope_level": Level.RESTRICTED,
        "scope_institution": None,
        "scope_group": None,
        "scope_author": author,
        "scope_mission": place.pk,
    }


def may_read_materials(asking: Asking, place: StudyPlace) -> bool:
    """Whether the person may read what others collected in this place."""
    return place.pk in asking.missions


def kept_until(rule: RetentionRule, day: date | None) -> date | None:
    """The last day of keeping, from the day that its rule counts from; None while that day is unknown.

    `day` is the day of collection, of the end of the study or of the last publication, as the rule says.
    """
    return months_later(day, rule.months) if day is not None else None


def day_counted_from(rule: RetentionRule, *, collected_on: date | None, published_on: date | None) -> date | None:
    """The day from which the rule counts, as far as it is known."""
    if rule.kept_from == KeptFrom.COLLECTED:
        return collected_on
    if rule.kept_from == KeptFrom.PUBLISHED:
        return published_on
    return rule.study.closed_at.date() if rule.study.closed_at else None


def rule_for_material(study_id: UUID, material: Material) -> RetentionRule | None:
    """The rule of a study for one material, if it has one."""
    return RetentionRule.objects.select_related("study").filter(study=study_id, material=material).first()

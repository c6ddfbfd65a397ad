"""Evaluation of effects: what changed in a place and in its own project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Effect, StudyGroup, StudyPlace
from nuserus.studies.rules import can_change_effect, can_write_effect


def write_effect(*, actor: Asking, place: StudyPlace, words: Mapping[str, Any]) -> Effect:
    """Note an effect in a place: its working group and who conducts the study do.

    Raises Unreadable for whom is of neither.
    """
    circle = StudyGroup.objects.filter(place=place).first()
    effect = Effect(
        study_id=place.study_id,
        place=place,
        written_by=actor.user_id,
        scope_level=Level.GROUP,
        scope_group=circle.pk if circle else None,
        scope_mission=place.study_id,
    )
    if not can_write_effect.allows(actor, effect):
        raise Unreadable
    _put(effect, words)
    effect.save(force_insert=True)
    return effect


def change_effect(*, actor: Asking, effect: Effect, words: Mapping[str, Any]) -> None:
    """Other words for an effect, or another stage."""
    can_change_effect.require(actor, effect)
    _put(effect, words)
    effect.save()
    record("change effect", actor=actor.user_id, object_id=effect.pk)


def _put(effect: Effect, words: Mapping[str, Any]) -> None:
    effect.plane, effect.stage, effect.seen_on = words["plane"], words["stage"], words["seen_on"]
    effect.text = plain_text(words["text"])[:2000]
    effect.in_project = plain_line(words.get("in_project", ""))[:300]
    effect.evidence = plain_line(words.get("evidence", ""))[:500]
    effect.is_shared = bool(words.get("is_shared"))

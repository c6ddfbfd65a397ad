"""The told parts of a sheet, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums import ETHICS, EVIDENCE_MEANINGS, Evidence
from nuserus.practices.models import Sheet

_BEFORE: tuple[tuple[str, str | Promise], ...] = (
    ("problem", _("La difficulté rencontrée")),
    ("intention", _("Ce que nous voulions")),
)
_AFTER: tuple[tuple[str, str | Promise], ...] = (
    ("limits", _("Échecs, détournements, paradoxes")),
    ("when_to_stop", _("Quand arrêter")),
    ("role_of_person", _("La place de la personne et de ses proches")),
    ("means", _("Temps, moyens, formation")),
    ("elsewhere", _("À changer ailleurs")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it."""

    heading: str
    text: str


def sections_before(sheet: Sheet) -> list[Section]:
    """What comes before the steps: the problem, the intention. Empty answers are left out."""
    return _told(sheet, _BEFORE)


def sections_after(sheet: Sheet) -> list[Section]:
    """What comes after the words of the person: limits, when to stop, means…"""
    return _told(sheet, _AFTER)


def _told(sheet: Sheet, fields: tuple[tuple[str, str | Promise], ...]) -> list[Section]:
    answers = ((str(heading), str(getattr(sheet, name)).strip()) for name, heading in fields)
    return [Section(heading, text) for heading, text in answers if text]


def evidence_words(sheet: Sheet) -> str:
    """What the told effects rest on, in one sentence."""
    level = Evidence(sheet.evidence)
    meaning = EVIDENCE_MEANINGS[level.value].meaning
    return _now("Sur quoi cela repose : %(level)s. %(meaning)s") % {"level": level.label, "meaning": meaning}


def ethics_answers(sheet: Sheet) -> list[Section]:
    """The ethics questions that were answered, in the order of the list."""
    answers: dict[str, str] = sheet.ethics
    told = ((question.question, str(answers.get(slug, "")).strip()) for slug, question in ETHICS.items())
    return [Section(question, answer) for question, answer in told if answer]

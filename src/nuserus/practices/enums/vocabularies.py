"""Versioned lists of the app, read once from `data/`: facets, ethics, reasons, questions.

Their French is source text like any other: it goes through gettext when it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext


def _said(text: str) -> str:
    return gettext(text) if text else ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet: the slug that sheets hold, the French words that people read."""

    slug: str
    french: str
    french_question: str = ""
    french_meaning: str = ""

    @property
    def label(self) -> str:
        return _said(self.french)

    @property
    def question(self) -> str:
        return _said(self.french_question)

    @property
    def meaning(self) -> str:
        return _said(self.french_meaning)


@dataclass(frozen=True, slots=True)
class EthicsQuestion:
    """One question of the ethics and law checklist."""

    slug: str
    kind: str
    french: str
    french_help: str

    @property
    def question(self) -> str:
        return _said(self.french)

    @property
    def help(self) -> str:
        return _said(self.french_help)


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """One kind reason to give a sheet back, with the message that goes with it."""

    slug: str
    french: str
    french_message: str

    @property
    def label(self) -> str:
        return _said(self.french)

    @property
    def message(self) -> str:
        return _said(self.french_message)


@dataclass(frozen=True, slots=True)
class Question:
    """The words of one screen of the telling; `texts` holds those that only some screens have."""

    slug: str
    french: str
    texts: dict[str, str]

    @property
    def question(self) -> str:
        return _said(self.french)

    def __getitem__(self, name: str) -> str:
        return _said(self.texts[name])


def _read(name: str) -> dict[str, Any]:
    text = files("nuserus.practices").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def _facets(entries: list[dict[str, str]]) -> dict[str, Facet]:
    return {
        entry["slug"]: Facet(entry["slug"], entry["label"], entry.get("question", ""), entry.get("meaning", ""))
        for entry in entries
    }


_facet_lists = _read("facets")
AXES = _facets(_facet_lists["axes"])
PLANES = _facets(_facet_lists["planes"])
WAYS = _facets(_facet_lists["ways"])
MODALITIES = _facets(_facet_lists["modalities"])
THEMES = _facets(_facet_lists["themes"])
EVIDENCE_MEANINGS = _facets(_facet_lists["evidence"])
# by the name of the sheet's field that holds their slugs
FACETS = {"axes": AXES, "planes": PLANES, "ways": WAYS, "modalities": MODALITIES, "themes": THEMES}

_ethics = _read("ethics")
ETHICS_KINDS = _facets(_ethics["kinds"])
ETHICS = {
    entry["slug"]: EthicsQuestion(entry["slug"], entry["kind"], entry["question"], entry["help"])
    for entry in _ethics["items"]
}

REVIEW_REASONS = {
    entry["slug"]: ReviewReason(entry["slug"], entry["label"], entry["message"])
    for entry in _read("review_reasons")["items"]
}

_questions = _read("questions")
QUESTIONS = {
    entry["slug"]: Question(
        entry["slug"],
        entry["question"],
        {key: value for key, value in entry.items() if key not in {"slug", "question"}},
    )
    for entry in _questions["items"]
}
PRIVACY_CHECK = {entry["slug"]: Facet(entry["slug"], entry["question"]) for entry in _questions["privacy_check"]}

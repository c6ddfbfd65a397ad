"""A version cut into the parts that people know, and what changed in each, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums import ETHICS, Contribution, Evidence
from nuserus.practices.queries.differences import Change, Run, word_runs
from nuserus.practices.queries.facets import facet_words, worded
from nuserus.practices.queries.labels import Labels

Content = dict[str, Any]

_TEXTS: tuple[tuple[str, str | Promise], ...] = (
    ("title", _("Le titre")),
    ("simple_version", _("La version simple")),
)
_TOLD: tuple[tuple[str, str | Promise], ...] = (
    ("problem", _("La difficulté rencontrée")),
    ("intention", _("Ce que nous voulions")),
)
_AFTER: tuple[tuple[str, str | Promise], ...] = (
    ("happened", _("Ce qui s’est passé")),
    ("watch_for", _("À quoi faire attention")),
    ("limits", _("Échecs, détournements, paradoxes")),
    ("when_to_stop", _("Quand arrêter")),
    ("role_of_person", _("La place de la personne et de ses proches")),
    ("means", _("Temps, moyens, formation")),
    ("elsewhere", _("À changer ailleurs")),
    ("why_changed", _("Pourquoi nous avons adapté")),
)
_LISTS = (
    ("devices", "dispositif", _("Avec quoi")),
    ("publics", "public", _("Pour qui")),
    ("trades", "metier", _("Métiers")),
    ("axes", "axe", _("Ce que cela touche")),
    ("planes", "plan", _("À quel niveau")),
    ("ways", "maniere", _("Accompagner avec, dans, au")),
    ("modalities", "modalite", _("Ensemble ou à distance")),
    ("themes", "theme", _("Sujet")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a version: `key` is the same from version to version, `text` what is compared.

    `is_list`: the text is one value a line, that came or went as a whole.
    """

    key: str
    label: str
    text: str
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class PartChange:
    """What happened to one part between two versions, as runs that rebuild both texts."""

    key: str
    label: str
    change: Change
    runs: list[Run]
    note: str = ""


def parts_of(content: Content, lists: Labels) -> list[Part]:
    """The parts of a version in the order in which a sheet is read; empty ones are left out."""
    parts = [Part(name, str(label), _said(content, name)) for name, label in _TEXTS]
    for name, facet, label in _LISTS:
        words = worded(content.get(name) or [], facet_words(facet, lists))
        if name == "devices" and content.get("own_devices"):
            words.append(str(content["own_devices"]))
        parts.append(Part(name, str(label), "\n".join(words), is_list=True))
    parts.append(Part("photos", gettext("La photo"), _photos(content), is_list=True))
    parts += [Part(name, str(label), _said(content, name)) for name, label in _TOLD]
    parts += _cards(content)
    parts += [Part(name, str(label), _said(content, name)) for name, label in _AFTER]
    parts.append(Part("evidence", gettext("Ce sur quoi reposent les effets"), _evidence(content), is_list=True))
    answers: dict[str, str] = content.get("ethics") or {}
    parts += [
        Part(f"ethics:{slug}", question.question, str(answers.get(slug, "")).strip())
        for slug, question in ETHICS.items()
    ]
    parts.append(Part("credits", gettext("Qui a fait quoi"), _credits(content), is_list=True))
    named = gettext("le nom est montré") if content.get("shows_institution") else gettext("le nom n’est pas montré")
    parts.append(Part("shows_institution", gettext("Le nom de l’établissement"), named, is_list=True))
    return [part for part in parts if part.text]


def _said(content: Content, name: str) -> str:
    return str(content.get(name) or "").strip()


def _cards(content: Content) -> list[Part]:
    return [
        Part(
            f"card:{card['id']}",
            gettext("Étape %(rank)d") % {"rank": rank},
            "\n".join(text for text in (card["text"], card.get("what_changed"), card.get("why_changed")) if text),
        )
        for rank, card in enumerate(content.get("cards") or [], 1)
    ]


def _photos(content: Content) -> str:
    return "\n".join(
        picture["alternative"] or gettext("une photo sans description") for picture in content.get("pictures") or []
    )


def _evidence(content: Content) -> str:
    value = content.get("evidence") or ""
    return str(Evidence(value).label) if value in Evidence.values else ""


def _credits(content: Content) -> str:
    known = dict(Contribution.choices)
    return "\n".join(
        f"{who['name']} ({known.get(who['contribution'], who['contribution'])})" for who in content.get("credits") or []
    )


def changed_parts(before: Iterable[Part], after: Iterable[Part]) -> list[str]:
    """What changed, in words: « Le titre », « Étape 2 (ajouté) »."""
    return [
        change.label if change.change is Change.CHANGED else f"{change.label} ({change.change.word})"
        for change in compared_parts(before, after)
    ]


def compared_parts(before: Iterable[Part], after: Iterable[Part]) -> list[PartChange]:
    """The parts that differ, in the order of the later version; what went stands where it was."""
    old, new = list(before), list(after)
    known = {part.key: part for part in old}
    places = {part.key: rank for rank, part in enumerate(old)}
    gone = [part for part in old if part.key not in {one.key for one in new}]
    changes: list[PartChange] = []
    for part in new:
        while gone and part.key in places and places[gone[0].key] < places[part.key]:
            changes.append(_removed(gone.pop(0)))
        change = _compared(known.get(part.key), part)
        if change is not None:
            changes.append(change)
    return [*changes, *(_removed(part) for part in gone)]


def _removed(part: Part) -> PartChange:
    return PartChange(part.key, part.label, Change.REMOVED, [Run(Change.REMOVED, part.text)])


def _compared(old: Part | None, new: Part) -> PartChange | None:
    if old is None:
        return PartChange(new.key, new.label, Change.ADDED, [Run(Change.ADDED, new.text)])
    moved = new.key.startswith("card:") and old.label != new.label
    if old.text == new.text and not moved:
        return None
    note = gettext("était l’étape %(rank)s") % {"rank": old.label.rsplit(" ", 1)[-1]} if moved else ""
    runs = list_runs(old.text, new.text) if new.is_list else word_runs(old.text, new.text)
    return PartChange(new.key, new.label, Change.CHANGED, runs, note)


def list_runs(before: str, after: str) -> list[Run]:
    """Values, one a line: those that stayed, came, went; each whole."""
    old, new = before.split("\n"), after.split("\n")
    lines = [(Change.SAME if one in new else Change.REMOVED, one) for one in old]
    lines += [(Change.ADDED, one) for one in new if one not in old]
    return [
        run
        for rank, (change, line) in enumerate(lines)
        for run in ([Run(Change.SAME, "\n")] if rank else []) + [Run(change, line)]
    ]

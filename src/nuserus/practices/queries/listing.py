"""A sheet as a card of a list, the same wherever a list shows sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from nuserus.practices.enums import LadderStep
from nuserus.practices.models import Picture, Sheet
from nuserus.practices.queries.facets import worded
from nuserus.practices.queries.labels import Labels, labels
from nuserus.practices.queries.sheets import place_of

_WORDS_PER_FACT = 2


@dataclass(frozen=True, slots=True)
class SheetCard:
    """What a card of a list shows. `facts`: device, public, kind of place; `family` is a drawing."""

    url: str
    title: str
    picture: str
    alt: str
    family: str
    facts: tuple[str, ...]
    step: str
    fictitious: bool


def sheet_cards(sheets: Iterable[Sheet]) -> list[SheetCard]:
    """Cards of sheets that came through `for_list`, in the same order."""
    lists = labels()
    return [_card(sheet, lists) for sheet in sheets]


def _card(sheet: Sheet, lists: Labels) -> SheetCard:
    covers: list[Picture] = getattr(sheet, "covers", [])
    cover = covers[0] if covers else None
    return SheetCard(
        url=reverse("sheets:detail", args=[sheet.pk]),
        title=str(sheet),
        picture=picture_address(cover) if cover else "",
        alt=cover.alternative if cover else "",
        family=lists.drawing_of(sheet.devices),
        facts=tuple(fact for fact in _facts(sheet, lists) if fact),
        step=getattr(sheet, "step", LadderStep.IDEA),
        fictitious=sheet.institution is not None and sheet.institution.is_fictitious,
    )


def _facts(sheet: Sheet, lists: Labels) -> tuple[str, str, str]:
    devices = worded(sheet.devices, lists.device_names) or [sheet.own_devices]
    publics = worded(sheet.publics, lists.publics)
    return _few(devices), _few(publics), place_of(sheet)


def _few(words: list[str]) -> str:
    shown = ", ".join(words[:_WORDS_PER_FACT])
    return f"{shown}…" if len(words) > _WORDS_PER_FACT else shown


def picture_address(picture: Picture, *, small: bool = True) -> str:
    """Where a picture is served; small enough for a phone unless asked otherwise."""
    return reverse("pictures:small" if small else "pictures:full", args=[picture.pk])

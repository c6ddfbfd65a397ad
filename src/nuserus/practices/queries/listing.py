"""A sheet as a card of a list, the same wherever a list shows sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from nuserus.practices.enums import LadderStep
from nuserus.practices.models import Picture, Sheet
from nuserus.practices.queries.facets import worded
from nuserus.practices.queries.freshness import freshness_words, unconfirmed_months
from nuserus.practices.queries.labels import Labels, labels
from nuserus.practices.queries.sheets import place_of

_WORDS_PER_FACT = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """What a card of a list is made of; `devices` and `publics` are slugs, `place` is already said.

    `stopped`: it is not done any more; `unconfirmed`: for how many months nobody has confirmed it, 0
    while that is not too long.
    """

    id: UUID
    title: str
    devices: tuple[str, ...]
    own_devices: str
    publics: tuple[str, ...]
    place: str
    fictitious: bool
    step: str
    picture: UUID | None
    alt: str
    stopped: bool = False
    unconfirmed: int = 0


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
    tag: str = ""
    tag_kind: str = ""


def sheet_cards(sheets: Iterable[Sheet]) -> list[SheetCard]:
    """Cards of sheets that came through `for_list`, in the same order."""
    lists = labels()
    return [card_of(listed(sheet), lists) for sheet in sheets]


def listed(sheet: Sheet) -> Listed:
    """What the card of a sheet that came through `for_list` is made of."""
    covers: list[Picture] = getattr(sheet, "covers", [])
    cover = covers[0] if covers else None
    return Listed(
        id=sheet.pk,
        title=str(sheet),
        devices=tuple(sheet.devices),
        own_devices=sheet.own_devices,
        publics=tuple(sheet.publics),
        place=place_of(sheet),
        fictitious=sheet.institution is not None and sheet.institution.is_fictitious,
        step=getattr(sheet, "step", LadderStep.IDEA.value),
        picture=cover.pk if cover else None,
        alt=cover.alternative if cover else "",
        stopped=sheet.stopped_at is not None,
        unconfirmed=unconfirmed_months(is_stale=sheet.is_stale, review_date=sheet.review_date),
    )


def card_of(sheet: Listed, lists: Labels) -> SheetCard:
    """The card, with the words of today's lists."""
    devices = worded(sheet.devices, lists.device_names) or [sheet.own_devices]
    facts = (_few(devices), _few(worded(sheet.publics, lists.publics)), sheet.place)
    return SheetCard(
        url=reverse("sheets:detail", args=[sheet.id]),
        title=sheet.title,
        picture=picture_address(sheet.picture) if sheet.picture else "",
        alt=sheet.alt,
        family=lists.drawing_of(sheet.devices),
        facts=tuple(fact for fact in facts if fact),
        step=sheet.step,
        fictitious=sheet.fictitious,
        tag=freshness_words(stopped=sheet.stopped, months=sheet.unconfirmed),
        tag_kind="waits" if sheet.unconfirmed and not sheet.stopped else "care" if sheet.stopped else "",
    )


def _few(words: list[str]) -> str:
    shown = ", ".join(words[:_WORDS_PER_FACT])
    return f"{shown}…" if len(words) > _WORDS_PER_FACT else shown


def picture_address(picture: UUID, *, small: bool = True) -> str:
    """Where a picture is served, from its id; small enough for a phone unless asked otherwise."""
    return reverse("pictures:small" if small else "pictures:full", args=[picture])

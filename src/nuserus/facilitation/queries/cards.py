"""What was written, card by card, as its teller reads it; and what they approved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.devices.models import Device
from nuserus.directory.models import Public
from nuserus.facilitation.models import Telling
from nuserus.practices.enums import QUESTIONS
from nuserus.practices.enums.telling import ALL_QUESTIONS, MAX_CARDS
from nuserus.practices.models import Picture, Sheet
from nuserus.practices.queries.drafts import answers_of, cover_of, current_fields

# Words of the teller. Facets, ethics and names are completed with the review, and say nothing of theirs.
READ = ("photo", "device", "public", "intention", "did", "happened", "watch_for", "simple", "more", "check")
_LABELS: dict[str, str | Promise] = {"check": _("Le titre")}


@dataclass(frozen=True, slots=True)
class ToldCard:
    """One question that holds something: its lines, and whether this very text is approved."""

    question: str
    label: str
    lines: list[str]
    picture: Picture | None
    digest: str
    approved: bool


def cards_to_read(telling: Telling) -> list[ToldCard]:
    """The cards that hold something, in the order of the telling."""
    sheet, answers = telling.sheet, answers_of(telling.sheet)
    approved = dict(telling.approvals.values_list("question", "digest"))
    cards = []
    for question in READ:
        fields = current_fields(sheet, question, answers.get(question))
        picture = cover_of(sheet) if question == "photo" else None
        lines = list(_lines(sheet, question, fields))
        if not lines and picture is None:
            continue
        digest = _digest(fields, picture)
        label = str(_LABELS.get(question) or _asked(question))
        cards.append(ToldCard(question, label, lines, picture, digest, approved.get(question) == digest))
    return cards


def is_approved(telling: Telling) -> bool:
    """Whether everything that the sheet now says was approved, and it says something."""
    cards = cards_to_read(telling)
    return bool(cards) and all(card.approved for card in cards)


def _asked(question: str) -> str:
    words: Any = QUESTIONS.get(question)
    return str(words.question if words is not None else ALL_QUESTIONS[question])


def _lines(sheet: Sheet, question: str, fields: dict[str, Any]) -> Iterator[str]:
    match question:
        case "device":
            yield from Device.objects.filter(slug__in=fields["devices"]).order_by("name").values_list("name", flat=True)
            if fields["own_devices"]:
                yield fields["own_devices"]
        case "public":
            yield from Public.objects.filter(slug__in=fields["publics"]).values_list("label", flat=True)
        case "did":
            yield from (text for place in range(1, MAX_CARDS + 1) if (text := fields.get(f"text_{place}", "")))
        case "photo":
            if fields["alternative"]:
                yield fields["alternative"]
        case "check":
            if fields["title"] and not sheet.title_is_proposed:
                yield fields["title"]
        case _:
            yield from (str(text) for name, text in fields.items() if text and name != "evidence")


def _digest(fields: dict[str, Any], picture: Picture | None) -> str:
    """SHA-256 of what the card says and shows; ids of cards say nothing."""
    said = {name: value for name, value in fields.items() if value and not name.startswith("card_")}
    shown = [said, picture.sha256 if picture else ""]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

"""The telling as its author finds it: own sheets, what each question holds, what was typed before."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import Contribution, SheetStatus
from nuserus.practices.enums.telling import MAX_CARDS, MAX_CONTRIBUTORS
from nuserus.practices.models import Answer, Picture, Sheet

Fields = dict[str, Any]

# Where each question of one text, or of one list, is kept on the sheet.
TEXTS: dict[str, tuple[str, ...]] = {
    "intention": ("intention",),
    "happened": ("happened",),
    "watch_for": ("watch_for",),
    "check": ("title",),
    "simple": ("simple_version",),
    "more": (
        "problem",
        "means",
        "role_of_person",
        "limits",
        "when_to_stop",
        "elsewhere",
        "evidence",
    ),
    "device": ("own_devices",),
}
LISTS: dict[str, tuple[str, ...]] = {
    "device": ("devices",),
    "public": ("publics",),
    "facets": ("axes", "planes", "ways", "modalities", "themes", "trades"),
}


def sheets_told_by(asking: Asking) -> QuerySet[Sheet]:
    """The person's own sheets, last changed first; thrown-away drafts are not among them."""
    return (
        Sheet.objects.filter(author_id=asking.user_id)
        .exclude(status=SheetStatus.WITHDRAWN, version=0)
        .order_by("-changed_at", "-id")
    )


def sheets_waiting_for(asking: Asking) -> QuerySet[Sheet]:
    """The person's sheets that wait for them: given back first, then drafts."""
    return (
        sheets_told_by(asking)
        .filter(status__in=[SheetStatus.TO_REWORK, SheetStatus.DRAFT])
        .order_by("-status", "-changed_at")
    )


def cover_of(sheet: Sheet) -> Picture | None:
    """The photo of the sheet, if it has one."""
    return sheet.pictures.filter(is_cover=True).first()


def answers_of(sheet: Sheet) -> dict[str, Answer]:
    """What each question holds in the telling, by question."""
    return {answer.question: answer for answer in Answer.objects.filter(sheet=sheet)}


def pending_answers(sheet: Sheet) -> list[Answer]:
    """Answers changed since the sheet was published and not published yet."""
    return [answer for answer in answers_of(sheet).values() if answer.revision > answer.applied_revision]


def current_fields(sheet: Sheet, question: str, answer: Answer | None) -> Fields:
    """What the form of a question shows: what is typed and not published, else what the sheet says."""
    if answer is not None and answer.revision > answer.applied_revision:
        fields: Fields = answer.fields
        return fields
    return fields_of(sheet, question)


def fields_of(sheet: Sheet, question: str) -> Fields:
    """What the sheet says to one question, in the shape of its form."""
    fields: Fields = {name: getattr(sheet, name) for name in TEXTS.get(question, ())}
    fields |= {name: list(getattr(sheet, name)) for name in LISTS.get(question, ())}
    match question:
        case "photo":
            cover = cover_of(sheet)
            fields["alternative"] = cover.alternative if cover else ""
        case "did":
            fields |= _card_fields(sheet)
        case "ethics":
            fields |= dict(sheet.ethics)
        case "names":
            fields |= _name_fields(sheet)
    return fields


def _card_fields(sheet: Sheet) -> Fields:
    cards = list(sheet.cards.all())[:MAX_CARDS]
    fields: Fields = {}
    for place in range(1, MAX_CARDS + 1):
        card = cards[place - 1] if place <= len(cards) else None
        fields[f"text_{place}"] = card.text if card else ""
        fields[f"card_{place}"] = str(card.pk) if card else ""
    return fields


def _name_fields(sheet: Sheet) -> Fields:
    told = sheet.contributors.exclude(contribution=Contribution.REVIEW).order_by("id")
    people = sorted(told, key=lambda person: person.account_id != sheet.author_id)[:MAX_CONTRIBUTORS]
    fields: Fields = {"shows_institution": ["on"] if sheet.shows_institution else []}
    for place in range(1, MAX_CONTRIBUTORS + 1):
        person = people[place - 1] if place <= len(people) else None
        fields[f"name_{place}"] = person.name if person else ""
        fields[f"contribution_{place}"] = person.contribution if person else ""
    return fields

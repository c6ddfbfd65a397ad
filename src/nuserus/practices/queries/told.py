"""The texts of a sheet as they are screened: what is typed now, and the names that point at no resident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from nuserus.devices.models import Device
from nuserus.directory.models import Town
from nuserus.practices.enums import ETHICS
from nuserus.practices.enums.telling import ALL_QUESTIONS, MAX_CARDS
from nuserus.practices.models import Sheet
from nuserus.practices.queries.drafts import TEXTS, answers_of, current_fields
from nuserus.screening.registry import Told
from nuserus_analysis.screening import Known, RareCombination, known, rare_combination
from nuserus_analysis.screening.tokens import words_of

KIND = "practices.Sheet"
# Not told in words of one's own: a device's name, a choice.
_NOT_TOLD = frozenset({"own_devices", "evidence"})
# Places of the FINESS nomenclature where few people live: lieux de vie, families (CAFS, CPFSE), pensions de famille.
SMALL_CATEGORIES = frozenset({"462", "238", "236", "258"})
_TOWN_WORDS = 4
_SEPARATOR = re.compile(r"[,;/\n]| et ")


def told_by_sheet(sheet_id: UUID) -> Told | None:
    """What a sheet tells, to be screened; None where the person who asks may not read it."""
    sheet = Sheet.objects.select_related("institution__operator", "author").filter(pk=sheet_id).first()
    return told_in(sheet) if sheet is not None else None


def told_in(sheet: Sheet) -> Told:
    """The texts of the sheet by « question.field », and what is known of it."""
    answers = answers_of(sheet)
    texts = {
        f"{question}.{name}": str(value)
        for question in ALL_QUESTIONS
        for name, value in current_fields(sheet, question, answers.get(question)).items()
        if name in _told_names(question) and isinstance(value, str)
    }
    return Told(sheet.pk, sheet.scope_author, texts, _known(sheet, texts))


def _told_names(question: str) -> tuple[str, ...]:
    match question:
        case "photo":
            return ("alternative",)
        case "did":
            return tuple(f"text_{place}" for place in range(1, MAX_CARDS + 1))
        case "ethics":
            return tuple(ETHICS)
        case _:
            return tuple(name for name in TEXTS.get(question, ()) if name not in _NOT_TOLD)


def _known(sheet: Sheet, texts: dict[str, str]) -> Known:
    names = [name for device in Device.objects.only("name", "aliases") for name in (device.name, *device.aliases)]
    names += [part.strip() for part in _SEPARATOR.split(sheet.own_devices) if part.strip()]
    names += sheet.contributors.values_list("name", flat=True)
    names.append(sheet.author.shown_name)
    if sheet.institution is not None:
        names.append(sheet.institution.name)
        if sheet.institution.operator is not None:
            names.append(sheet.institution.operator.name)
    towns = set(Town.objects.filter(name__in=set(_may_be_towns(texts))).values_list("name", flat=True))
    if sheet.institution is not None:
        towns.add(sheet.institution.town_name)
    return known(names, towns)


def _may_be_towns(texts: dict[str, str]) -> Iterator[str]:
    """Words with a capital, alone and with those that follow: « Le Mans », « Saint-Malo »."""
    for text in texts.values():
        words = words_of(text)
        for place, word in enumerate(words):
            if word.is_capitalised:
                for last in words[place : place + _TOWN_WORDS]:
                    yield text[word.start : last.end]


def rare_in(sheet: Sheet, told: Told) -> RareCombination | None:
    """What the texts of the sheet say together that would point at one person of its place."""
    category = sheet.institution.category if sheet.institution is not None else None
    is_small = category is not None and category.code in SMALL_CATEGORIES
    return rare_combination(list(told.texts.values()), known=told.known, is_small_service=is_small)

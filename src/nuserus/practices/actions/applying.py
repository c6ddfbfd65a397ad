"""From the answers of one question to the sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from nuserus.foundation.plain import plain_line, plain_text
from nuserus.practices.actions.cards import put_cards
from nuserus.practices.actions.contributors import put_contributors
from nuserus.practices.enums import ETHICS
from nuserus.practices.enums.telling import ALL_QUESTIONS, MAX_CARDS, MAX_CHOICES, MAX_CONTRIBUTORS
from nuserus.practices.models import Card, Sheet
from nuserus.practices.queries.drafts import LISTS, TEXTS, cover_of
from nuserus.practices.queries.titles import proposed_title

Fields = dict[str, Any]
ETHICS_LIMIT = 1000
ALTERNATIVE_LIMIT = 300
NAME_LIMIT = 80
# Answers that the proposed title is made of.
_IN_TITLE = {"device", "public", "did", "check"}
_LINES = {"title", "own_devices", "alternative"}


def cleaned_fields(question: str, fields: Fields) -> Fields:
    """The fields of a question, plain and in their one shape, whatever a script sends.

    Raises ValidationError for an unknown question, an unknown field or a text that is too long:
    nothing is cut in silence.
    """
    if question not in ALL_QUESTIONS:
        raise ValidationError(_("Cette question n’existe pas."))
    limits = _limits(question)
    if unknown := set(fields) - set(limits):
        raise ValidationError({name: _("Cette réponse n’existe pas ici.") for name in sorted(unknown)[:5]})
    return {name: _cleaned(name, value, limits[name]) for name, value in fields.items()}


def _limits(question: str) -> dict[str, int]:
    """The fields of a question: the greatest length of a text, 0 for a list."""
    limits = {name: _limit(Sheet, name) for name in TEXTS.get(question, ())}
    limits |= dict.fromkeys(LISTS.get(question, ()), 0)
    match question:
        case "photo":
            limits["alternative"] = ALTERNATIVE_LIMIT
        case "did":
            limits |= {f"text_{place}": _limit(Card, "text") for place in range(1, MAX_CARDS + 1)}
            limits |= {f"card_{place}": 36 for place in range(1, MAX_CARDS + 1)}
        case "ethics":
            limits |= dict.fromkeys(ETHICS, ETHICS_LIMIT)
        case "names":
            limits["shows_institution"] = 0
            limits |= {f"name_{place}": NAME_LIMIT for place in range(1, MAX_CONTRIBUTORS + 1)}
            limits |= {f"contribution_{place}": 15 for place in range(1, MAX_CONTRIBUTORS + 1)}
    return limits


def _limit(model: type[Model], name: str) -> int:
    field = model._meta.get_field(name)
    return getattr(field, "max_length", 0) or 0


def _cleaned(name: str, value: Any, limit: int) -> str | list[str]:
    if not limit:
        return _cleaned_list(name, value)
    if not isinstance(value, str):
        raise ValidationError({name: _("Un texte était attendu ici.")})
    one_line = name in _LINES or name.startswith("name_")
    text = plain_line(value) if one_line else plain_text(value)
    if len(text) > limit:
        raise ValidationError({name: too_long(len(text), limit)})
    return text


def _cleaned_list(name: str, value: Any) -> list[str]:
    listed = isinstance(value, list) and all(isinstance(item, str) and len(item) <= 80 for item in value)
    if not listed or len(value) > MAX_CHOICES:
        raise ValidationError({name: _("Trop de choix, ou un choix inconnu.")})
    return list(dict.fromkeys(plain_line(item) for item in value))


def too_long(length: int, limit: int) -> str:
    """What is said of a text that is too long."""
    return _(
        "Ce texte fait %(length)s caractères, la limite est %(limit)s. "
        "Il reste dans cette page : raccourcissez-le pour qu’il soit enregistré."
    ) % {"length": length, "limit": limit}


def apply_answer(sheet: Sheet, question: str, fields: Fields) -> None:
    """Put cleaned fields on the sheet and save it; the title follows while nobody wrote one."""
    changed = [name for name in (*TEXTS.get(question, ()), *LISTS.get(question, ())) if name in fields]
    if not fields.get("evidence"):
        changed = [name for name in changed if name != "evidence"]
    for name in changed:
        setattr(sheet, name, fields[name])
    match question:
        case "photo":
            _describe_cover(sheet, str(fields.get("alternative", "")))
        case "did":
            put_cards(sheet, _cards(fields))
        case "ethics":
            sheet.ethics = {slug: fields[slug] for slug in ETHICS if fields.get(slug)}
            changed.append("ethics")
        case "names":
            sheet.shows_institution = bool(fields.get("shows_institution"))
            changed.append("shows_institution")
            put_contributors(sheet, _people(fields))
    if question in _IN_TITLE:
        changed += _titled(sheet, typed=question == "check")
    sheet.save(update_fields=[*dict.fromkeys(changed), "changed_at"])


def _titled(sheet: Sheet, *, typed: bool) -> list[str]:
    if typed:
        sheet.title_is_proposed = not sheet.title or sheet.title == proposed_title(sheet)
    if sheet.title_is_proposed:
        sheet.title = proposed_title(sheet)
    return ["title", "title_is_proposed"]


def _describe_cover(sheet: Sheet, alternative: str) -> None:
    cover = cover_of(sheet)
    if cover is not None and cover.alternative != alternative:
        cover.alternative = alternative
        cover.save(update_fields=["alternative"])


def _cards(fields: Fields) -> list[tuple[UUID | None, str]]:
    cards = []
    for place in range(1, MAX_CARDS + 1):
        text = str(fields.get(f"text_{place}", ""))
        if text:
            cards.append((_uuid(str(fields.get(f"card_{place}", ""))), text))
    return cards


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _people(fields: Fields) -> list[tuple[str, str]]:
    people = []
    for place in range(1, MAX_CONTRIBUTORS + 1):
        name = str(fields.get(f"name_{place}", ""))
        if name:
            people.append((name, str(fields.get(f"contribution_{place}") or "ecriture")))
    return people

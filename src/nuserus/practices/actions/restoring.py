"""Putting an earlier version back: as a new one, through the usual rules."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.actions.publish import apply_pending, record_change
from nuserus.practices.actions.writing import require_writing
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import MAX_CARDS, MAX_CONTRIBUTORS
from nuserus.practices.models import Card, Sheet, SheetVersion
from nuserus.practices.queries.drafts import LISTS, TEXTS, answers_of, fields_of, pending_answers
from nuserus.practices.queries.versions import content_of

Fields = dict[str, Any]

# The photo is not among them: one that was taken off the sheet is gone with its files.
_RESTORED = ("check", "device", "public", "intention", "did", "happened", "watch_for", "simple", "facets", "ethics",
             "more", "names")  # fmt: skip


@transaction.atomic
def restore_version(*, actor: Asking, sheet: Sheet, version: SheetVersion) -> int:
    """Publish again what an earlier version said, as the next version; returns its number.

    Each question goes through the door of the telling, so that what is replaced stays in the history
    of who typed it, and a peer reads it again. Raises Unreadable or PermissionDenied for who does not
    write the sheet, ValidationError when changes wait, when nothing differs or when it was closed.
    """
    require_writing(actor, sheet)
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    content = content_of(version)
    if sheet.status != SheetStatus.PUBLISHED or version.sheet_id != sheet.pk or content is None:
        raise ValidationError(_("Cette version ne peut plus être lue. Rien n’a changé."))
    if pending_answers(sheet):
        raise ValidationError(
            _("Des changements attendent d’être publiés. Publiez-les d’abord, puis rétablissez cette version.")
        )
    for question in _RESTORED:
        _type_again(actor, sheet, question, content)
    pending = pending_answers(sheet)
    if not pending:
        raise ValidationError(_("La fiche dit déjà la même chose. Rien n’a changé."))
    apply_pending(sheet, pending)
    _tell_changes_again(sheet, content)
    what = _("Rétablit la version %(number)d") % {"number": version.number}
    return record_change(sheet, actor=actor, what=what, restores=version.number)


def _type_again(actor: Asking, sheet: Sheet, question: str, content: Fields) -> None:
    fields = fields_in(content, question, sheet)
    held = answers_of(sheet).get(question)
    if fields == fields_of(sheet, question):
        return
    revision = held.revision if held is not None else 0
    outcome = save_answer(actor=actor, sheet_id=sheet.pk, typed=Typed(question, fields, revision))
    if isinstance(outcome, Conflict):
        raise ValidationError(_("Quelqu’un écrit en ce moment. Rien n’a changé : recommencez dans une minute."))


def fields_in(content: Fields, question: str, sheet: Sheet) -> Fields:
    """What a version says to one question, in the shape of its form."""
    fields: Fields = {name: content.get(name) or "" for name in TEXTS.get(question, ())}
    fields |= {name: list(content.get(name) or []) for name in LISTS.get(question, ())}
    match question:
        case "did":
            there = {str(pk) for pk in sheet.cards.values_list("pk", flat=True)}
            cards = content.get("cards") or []
            for place in range(1, MAX_CARDS + 1):
                card = cards[place - 1] if place <= len(cards) else {}
                fields[f"text_{place}"] = card.get("text", "")
                fields[f"card_{place}"] = card["id"] if card.get("id") in there else ""
        case "ethics":
            fields |= dict(content.get("ethics") or {})
        case "names":
            people = (content.get("credits") or [])[:MAX_CONTRIBUTORS]
            fields["shows_institution"] = ["on"] if content.get("shows_institution") else []
            for place in range(1, MAX_CONTRIBUTORS + 1):
                person = people[place - 1] if place <= len(people) else {}
                fields[f"name_{place}"] = person.get("name", "")
                fields[f"contribution_{place}"] = person.get("contribution", "")
    return fields


def _tell_changes_again(sheet: Sheet, content: Fields) -> None:
    """What an adaptation said of each step, and why it was made."""
    said = {card["text"]: card for card in content.get("cards") or []}
    for card in Card.objects.filter(sheet=sheet):
        before = said.get(card.text, {})
        told = (before.get("what_changed", ""), before.get("why_changed", ""))
        if (card.what_changed, card.why_changed) != told:
            card.what_changed, card.why_changed = told
            card.save(update_fields=["what_changed", "why_changed"])
    if sheet.why_changed != content.get("why_changed", ""):
        sheet.why_changed = content.get("why_changed", "")
        sheet.save(update_fields=["why_changed", "changed_at"])

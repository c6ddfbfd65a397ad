"""The words of a person on their card: written, agreed to, taken back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.consent.actions.record import Asked, Said, record_consent
from nuserus.consent.enums import How, NoticeFormat, Step, Voice
from nuserus.consent.models import Consent
from nuserus.consent.queries.notices import current_notice
from nuserus.facilitation.enums import MAX_WORDS, Speaker
from nuserus.facilitation.models import PersonWords
from nuserus.facilitation.queries.tellings import WORDS_MATTER
from nuserus.facilitation.rules import can_change_words
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.queries.writers import is_writer

WORDS_REMOVED = "facilitation.words_removed"

NOTICE = "etre-cite"
TEXT_LIMIT = 1000
_OPEN = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


@transaction.atomic
def put_words(  # noqa: PLR0913
    *,
    actor: Asking,
    sheet: Sheet,
    text: str,
    said_by: str,
    speaker: Speaker,
    known: PersonWords | None = None,
    own: bool = False,
) -> PersonWords:
    """Write a card of words; `known` is the one it takes the place of, `own` that the actor says them.

    Words that somebody answered about are never reworded: the new ones are another card, to be agreed
    to again. Who belongs to no place adds none to what was sent. Raises PermissionDenied unless the sheet is the
    actor's to write, ValidationError.
    """
    if not is_writer(actor, sheet):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    if sheet.status not in _OPEN and not actor.institutions:
        raise ValidationError(
            _("Un établissement doit répondre de ces paroles, et une ou un collègue les lire. Rien n’est ajouté.")
        )
    text, said_by = plain_text(text), plain_line(said_by)[:80]
    if not text or len(text) > TEXT_LIMIT:
        raise ValidationError({"text": _("Écrivez les mots de la personne, en 1 000 caractères au plus.")})
    if not said_by:
        raise ValidationError({"said_by": _("Dites qui parle : un nom inventé, ou « une résidente », « un père ».")})
    if known is not None and (known.text, known.said_by) == (text, said_by):
        return known
    if known is None and PersonWords.objects.filter(sheet=sheet, erased_at=None).count() >= MAX_WORDS:
        raise ValidationError(_("Une fiche porte cinq paroles au plus. Enlevez-en une, puis recommencez."))
    if known is not None:
        remove_words(actor=actor, words=known)
    words = PersonWords(
        sheet=sheet,
        text=text,
        said_by=said_by,
        speaker=speaker,
        scope_author=sheet.scope_author,
        scope_mission=sheet.scope_mission,
    )
    if own and actor.user_id is not None:
        words.subject = actor.user_id
    words.save(force_insert=True)
    record("write words of a person", actor=actor.user_id, object_id=words.pk, content=text)
    return words


def remove_words(*, actor: Asking, words: PersonWords) -> None:
    """Take a card away. What was answered about it stays written, without a word of it."""
    can_change_words.require(actor, words)
    if not is_writer(actor, words.sheet):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    record("remove words of a person", actor=actor.user_id, object_id=words.pk)
    note_withdrawal(WORDS_REMOVED, object_id=words.pk)
    words.delete()


def answer_quotation(  # noqa: PLR0913
    *,
    actor: Asking,
    words: PersonWords,
    agrees: bool,
    how: How,
    form: NoticeFormat = NoticeFormat.ORAL,
    voice: Voice = Voice.PERSON,
    witness: str = "",
) -> Consent:
    """Record whether somebody agrees to be quoted, or what their representative says.

    Raises as `record_consent`; ValidationError for an answer on screen by somebody who has no account.
    """
    can_change_words.require(actor, words)
    if how == How.ON_SCREEN and words.subject != actor.user_id:
        raise ValidationError(
            {"how": _("Sans compte, l’accord se donne sur papier, ou à voix haute devant un témoin.")}
        )
    if words.scope_author is None:
        raise PermissionDenied
    asked = Asked(
        subject=words.subject,
        object_kind=WORDS_MATTER,
        object_id=words.pk,
        author=words.scope_author,
        mission=words.sheet_id,
        voice=voice,
    )
    said = Said(current_notice(NOTICE, form), how, plain_line(witness))
    return record_consent(actor=actor, step=Step.GIVEN if agrees else Step.REFUSED, asked=asked, said=said)

"""Cards of people without an account: made by who answers for what they said, used by them alone."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nuserus.consent.actions.record import WITHDRAWN
from nuserus.consent.enums import How
from nuserus.consent.models import Consent, ConsentCard
from nuserus.consent.queries.cards import ShownByCard, still_named
from nuserus.consent.registry import matter_of
from nuserus.consent.rules import can_make_card
from nuserus.foundation.asking import Asking, acting_as
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account

# no I, L, O, U: what is read aloud or copied by hand is read once
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("ILO", "110")
# 60 bits: nobody finds one by trying, and so nothing has to be refused to who types theirs wrong
LENGTH = 12


def as_written(code: str) -> str:
    """A code as it is printed: twelve signs, four by four."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def digest_of(code: str) -> str:
    """What the database knows of a code, however it was typed; empty when it can't be one."""
    plain = "".join(letter for letter in code.upper().translate(_ALIKE) if letter in LETTERS)
    if len(plain) != LENGTH:
        return ""
    return salted_hmac("nuserus.consent.card", plain, algorithm="sha256").hexdigest()


@transaction.atomic
def make_card(*, actor: Asking, consent: Consent) -> tuple[ConsentCard, str]:
    """Give the person of this consent a card; one they had before opens nothing any more.

    Returns the card and its code, which is kept nowhere. Raises PermissionDenied for who does not
    record what this person says, Unreadable for who left the place where a participant is,
    ValidationError when they have an account.
    """
    if Account.objects.filter(pk=consent.subject).exists():
        raise ValidationError(_("Cette personne a un compte : « Mes accords » lui montre tout."))
    if not still_named(actor, consent):
        raise Unreadable
    code = "".join(secrets.choice(LETTERS) for _sign in range(LENGTH))
    card = ConsentCard(
        subject=consent.subject,
        digest=digest_of(code),
        scope_level=Level.RESTRICTED,
        scope_author=consent.scope_author,
        scope_mission=consent.scope_mission,
    )
    can_make_card.require(actor, card)
    ConsentCard.objects.filter(subject=consent.subject, scope_mission=consent.scope_mission, ended_at=None).update(
        ended_at=timezone.now()
    )
    card.save(force_insert=True)
    record("make consent card", actor=actor.user_id, object_id=card.pk)
    return card, as_written(code)


@transaction.atomic
def withdraw_by_card(*, digest: str, shown: ShownByCard) -> None:
    """Take back what was agreed, in the person's own name; what depends on it leaves in the same transaction.

    What follows is done with the rights of who answers for the object, as when the person tells them.
    Raises ValidationError when it does not stand any more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent_withdraw_by_card(%s, %s, %s)", [digest, shown.id, new_id()])
        (done,) = cursor.fetchone()
    if not done:
        raise ValidationError(_("Cet accord ne tient déjà plus. Rien n’a changé."))
    record(f"consent withdrawn {shown.purpose} by card", actor=None, object_id=shown.object_id)
    note_withdrawal(WITHDRAWN, object_id=shown.id, details={"how": How.CARD})
    matter = matter_of(shown.object_kind)
    if matter is not None:
        with acting_as(shown.answers) as asking:
            matter.ended(asking, _consent(shown.id))


def _consent(consent_id: UUID) -> Consent:
    return Consent.objects.select_related("notice_version__notice").get(pk=consent_id)

"""Writing down what somebody said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from nuserus.consent.enums import How, Purpose, Step, Voice
from nuserus.consent.models import Consent, ConsentEvent, ConsentSignature, NoticeVersion
from nuserus.consent.models.signatures import LONGEST
from nuserus.consent.registry import matter_of
from nuserus.consent.rules import can_record_consent, can_sign, can_withdraw_consent
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id

WITHDRAWN = "consent.withdrawn"
_ENDING = frozenset({Step.WITHDRAWN, Step.REFUSED})
_DRAWING = re.compile(r"(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked: who, about what, who may read the answer.

    `author` is the account that reads it with those on `mission`: the subject's own when they have
    one, else who answers for the object.
    """

    subject: UUID
    object_kind: str
    object_id: UUID
    author: UUID
    mission: UUID | None = None
    voice: Voice = Voice.PERSON


@dataclass(frozen=True, slots=True)
class Mark:
    """How it was confirmed on the screen: a drawing (see `ConsentSignature`), or « je confirme » without one."""

    strokes: str = ""
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """How it was said, on which text; `witness` says what they are, never a name.

    `said_on` is the day on the paper, when that is not today.
    """

    version: NoticeVersion
    how: How = How.ON_SCREEN
    witness: str = ""
    expires_at: datetime | None = None
    said_on: date | None = None
    mark: Mark | None = None


@transaction.atomic
def record_consent(*, actor: Asking, step: Step, asked: Asked, said: Said) -> Consent:
    """Write one step of a consent, for the purpose of the notice shown. Returns where it now stands.

    Raises PermissionDenied for who may not speak here (nobody speaks for somebody with an account),
    ValidationError when the step can't follow the last one or a witness lacks.
    """
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour donner votre accord."))
    if said.how == How.ORAL and not said.witness.strip():
        raise ValidationError({"witness": _("Dites qui était là : sa fonction, pas son nom.")})
    purpose = Purpose(said.version.notice.purpose)
    event = ConsentEvent(
        consent=new_id(),
        kind=step,
        subject=asked.subject,
        purpose=purpose,
        object_kind=asked.object_kind,
        object_id=asked.object_id,
        voice=asked.voice,
        how=said.how,
        witness=said.witness.strip()[:80],
        notice_version=said.version,
        expires_at=said.expires_at,
        said_on=said.said_on,
        recorded_by=actor.user_id,
        scope_level=Level.RESTRICTED,
        scope_author=asked.author,
        scope_mission=asked.mission,
    )
    can_record_consent.require(actor, event)
    _insert(event)
    if said.mark is not None:
        _sign(actor, event, said.mark)
    record(f"consent {step.value} {purpose.value}", actor=actor.user_id, object_id=asked.object_id)
    consent = Consent.objects.select_related("notice_version__notice").get(
        subject=asked.subject, purpose=purpose, object_id=asked.object_id, voice=asked.voice
    )
    matter = matter_of(asked.object_kind)
    if step == Step.WITHDRAWN:
        note_withdrawal(WITHDRAWN, object_id=consent.pk, details={"how": said.how, "by": str(actor.user_id)})
    if step in _ENDING and matter is not None:
        matter.ended(actor, consent)
    return consent


def _sign(actor: Asking, event: ConsentEvent, mark: Mark) -> None:
    if mark.strokes and (len(mark.strokes) > LONGEST or not _DRAWING.fullmatch(mark.strokes)):
        raise ValidationError({"strokes": _("Ce dessin ne peut pas être gardé. Effacez-le, puis recommencez.")})
    if not mark.strokes and not mark.is_typed:
        raise ValidationError({"typed": _("Dessinez une croix, ou confirmez sans dessiner.")})
    signature = ConsentSignature(
        event=event,
        strokes=mark.strokes,
        is_typed=mark.is_typed and not mark.strokes,
        scope_level=event.scope_level,
        scope_author=event.scope_author,
        scope_mission=event.scope_mission,
    )
    can_sign.require(actor, signature)
    signature.save(force_insert=True)


def _insert(event: ConsentEvent) -> None:
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except DatabaseError as refused:
        code = getattr(refused.__cause__, "sqlstate", "")
        if code == "NC001":
            raise ValidationError(_("Cette réponse est déjà notée. Rien n’a changé."), code="order") from refused
        if code == "42501":
            raise PermissionDenied(_("Cette personne a un compte : elle seule peut répondre, avec lui.")) from refused
        raise


def withdraw_consent(*, actor: Asking, consent: Consent, how: How = How.ON_SCREEN, witness: str = "") -> Consent:
    """Withdraw what was agreed; what depends on it leaves in the same transaction.

    Raises as `record_consent`; ValidationError when it does not stand any more.
    """
    can_withdraw_consent.require(actor, consent)
    asked = Asked(
        subject=consent.subject,
        object_kind=consent.object_kind,
        object_id=consent.object_id,
        author=_author(consent),
        mission=consent.scope_mission,
        voice=Voice(consent.voice),
    )
    return record_consent(
        actor=actor, step=Step.WITHDRAWN, asked=asked, said=Said(consent.notice_version, how, witness)
    )


def _author(consent: Consent) -> UUID:
    return consent.scope_author or consent.subject

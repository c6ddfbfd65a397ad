"""What a writer decides of a detail: it stays for a reason, it is replaced, or it is to decide again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.screening.enums import FlagState, KeepReason
from nuserus.screening.models import Flag
from nuserus.screening.rules import can_decide_flag


@transaction.atomic
def keep_detail(*, actor: Asking, flag: Flag, reason: str) -> int:
    """Keep these words, for one of the reasons, wherever they stand in the object; how many places.

    Raises ValidationError for an unknown reason, Unreadable or PermissionDenied for who may not decide.
    """
    can_decide_flag.require(actor, flag)
    if reason not in KeepReason.values:
        raise ValidationError(_("Choisissez une raison. Rien n’a changé."))
    kept = same_words(flag).filter(state__in=[FlagState.OPEN, FlagState.KEPT])
    done = kept.update(state=FlagState.KEPT, reason=reason, decided_by=actor.user_id, decided_at=timezone.now())
    record("keep detail", actor=actor.user_id, object_id=flag.screened.object_id, content=f"{flag.kind} {reason}")
    return done


@transaction.atomic
def reopen_detail(*, actor: Asking, flag: Flag) -> None:
    """Take back the decision to keep these words."""
    can_decide_flag.require(actor, flag)
    same_words(flag).filter(state=FlagState.STALE).delete()
    same_words(flag).filter(state=FlagState.KEPT).update(
        state=FlagState.OPEN, reason="", decided_by=None, decided_at=None
    )
    record("reopen detail", actor=actor.user_id, object_id=flag.screened.object_id, content=flag.kind)


@transaction.atomic
def mark_replaced(*, actor: Asking, flag: Flag) -> None:
    """Note that the words were replaced by a neutral wording; the caller changes the text."""
    can_decide_flag.require(actor, flag)
    same_words(flag).filter(state__in=[FlagState.OPEN, FlagState.KEPT]).update(
        state=FlagState.REPLACED, reason="", decided_by=actor.user_id, decided_at=timezone.now()
    )
    record("replace detail", actor=actor.user_id, object_id=flag.screened.object_id, content=flag.kind)


def same_words(flag: Flag) -> QuerySet[Flag]:
    """The flags of the same words, of the same kind, in the whole object."""
    return Flag.objects.filter(
        screened__kind=flag.screened.kind,
        screened__object_id=flag.screened.object_id,
        kind=flag.kind,
        words_digest=flag.words_digest,
    )

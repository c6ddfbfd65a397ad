"""Beginning to tell, letting somebody write, and ending it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.facilitation.actions.meeting import name_of, user_of
from nuserus.facilitation.actions.notices import tell
from nuserus.facilitation.enums import CODE_LASTS, Teller, TellingState
from nuserus.facilitation.models import Booking, Telling
from nuserus.facilitation.rules import can_end_telling, can_read_telling, can_start_telling
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.foundation.plain import plain_line
from nuserus.people.enums import Role
from nuserus.practices.actions.start import start_sheet
from nuserus.practices.enums import Contribution, SheetStatus
from nuserus.practices.models import Contributor, Sheet

MAX_TRIES = 12
TRIES_LAST = timedelta(minutes=15)
_OPEN = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


@transaction.atomic
def start_telling(
    *, actor: Asking, sheet: Sheet | None = None, in_plain_words: bool = False, booking: Booking | None = None
) -> Telling:
    """Make a draft of one's own, or one that is open, ready for somebody to write; twice is once.

    `booking` is the meeting it is begun from. Raises PermissionDenied for a visitor or somebody else's
    sheet, ValidationError for a sheet that left.
    """
    user = user_of(actor)
    if sheet is None:
        sheet = start_sheet(actor=actor)
    elif sheet.author_id != user:
        raise PermissionDenied(_("Cette fiche est celle de quelqu’un d’autre."))
    elif sheet.status not in _OPEN:
        raise ValidationError(_("Cette fiche est envoyée. Reprenez-la d’abord ; rien n’est perdu."))
    known = Telling.objects.filter(sheet=sheet).first()
    if known is not None:
        return known
    telling = Telling(
        sheet=sheet,
        teller_id=user,
        subject=user,
        booking=booking,
        who=_who(actor),
        in_plain_words=in_plain_words,
        scope_level=Level.RESTRICTED,
        scope_author=user,
        scope_mission=sheet.pk,
    )
    can_start_telling.require(actor, telling)
    telling.save(force_insert=True)
    record("start telling", actor=user, object_id=telling.pk)
    return telling


def _who(actor: Asking) -> Teller:
    if Role.ACCOMPANIED in actor.roles:
        return Teller.ACCOMPANIED
    return Teller.RELATIVE if Role.RELATIVE in actor.roles else Teller.PROFESSIONAL


@transaction.atomic
def start_without_account(*, actor: Asking, name: str, who: Teller) -> Telling:
    """Begin for somebody who is there and has no account: the facilitator holds the draft for them.

    The person is credited by the name they choose, as witness. Raises PermissionDenied unless the
    actor is a facilitator, ValidationError without a name.
    """
    user = user_of(actor)
    if Role.FACILITATOR not in actor.roles:
        raise PermissionDenied(_("Les animateurs et animatrices écrivent pour les autres."))
    name = plain_line(name)[:80]
    if not name:
        raise ValidationError({"name": _("Écrivez le nom que la personne veut montrer. Un nom inventé va très bien.")})
    sheet = start_sheet(actor=actor)
    telling = Telling(
        sheet=sheet,
        subject=new_id(),
        who=who,
        name=name,
        scope_level=Level.RESTRICTED,
        scope_author=user,
        scope_mission=sheet.pk,
    )
    telling.save(force_insert=True)
    Contributor.objects.create(sheet=sheet, name=name, contribution=Contribution.WITNESS)
    record("start telling without account", actor=user, object_id=telling.pk)
    return telling


def show_code(*, actor: Asking, telling: Telling) -> Telling:
    """Give the teller a code of six figures for fifteen minutes: who types it is there with them."""
    can_read_telling.require(actor, telling)
    if telling.scope_author != actor.user_id or telling.teller_id is None:
        raise PermissionDenied(_("Ce code est montré à la personne qui raconte."))
    if telling.state == TellingState.TOGETHER:
        raise ValidationError(_("Quelqu’un écrit déjà avec vous. Terminez d’abord, puis montrez un nouveau code."))
    for _attempt in range(20):
        telling.code = f"{secrets.randbelow(1_000_000):06d}"
        telling.code_until = timezone.now() + CODE_LASTS
        try:
            with transaction.atomic():
                telling.save(update_fields=["code", "code_until"])
        except IntegrityError:
            continue
        return telling
    raise ValidationError(_("Aucun code n’est libre pour le moment. Réessayez dans une minute."))


def join_telling(*, actor: Asking, code: str) -> UUID:
    """Begin to write for the person who shows this code. Returns the id of the telling.

    What the actor stands on was said at the opening of the transaction: the sheet opens with the next.
    Raises PermissionDenied unless the actor is a facilitator, ValidationError for a code that is not
    shown now, or after too many tries.
    """
    user = user_of(actor)
    if Role.FACILITATOR not in actor.roles:
        raise PermissionDenied(_("Les animateurs et animatrices écrivent pour les autres."))
    tries = caches["throttle"]
    key = f"facilitation-code-{user}"
    count = tries.get(key, 0)
    if count >= MAX_TRIES:
        raise ValidationError({"code": _("Trop d’essais. Attendez un quart d’heure, ou prenez un créneau ensemble.")})
    tries.set(key, count + 1, TRIES_LAST.total_seconds())
    with connection.cursor() as cursor:
        cursor.execute("SELECT facilitation_join(%s, %s)", ["".join(filter(str.isdigit, code))[:6], new_id()])
        (sheet_id,) = cursor.fetchone()
    if sheet_id is None:
        raise ValidationError(
            {"code": _("Ce code n’est pas affiché en ce moment. Demandez-en un nouveau à la personne.")}
        )
    tries.delete(key)
    telling = Telling.objects.get(sheet_id=sheet_id)
    _joined(telling, actor)
    return telling.pk


@transaction.atomic
def begin_booked(*, actor: Asking, booking: Booking) -> Telling:
    """The teller begins what was booked: a draft in their name, open to the facilitator; twice is once.

    Raises PermissionDenied unless the booking is the actor's, ValidationError when it can't be now.
    """
    if booking.teller_id != actor.user_id:
        raise PermissionDenied(_("La personne qui raconte commence."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(booking.pk)])
    telling = Telling.objects.filter(booking=booking).first() or start_telling(actor=actor, booking=booking)
    if telling.state == TellingState.TOGETHER and telling.facilitator_id == booking.facilitator_id:
        return telling
    with connection.cursor() as cursor:
        cursor.execute("SELECT facilitation_invite(%s, %s, %s)", [telling.pk, booking.pk, new_id()])
        (sheet_id,) = cursor.fetchone()
    if sheet_id is None:
        raise ValidationError(_("Ce rendez-vous n’est plus là, ou cette personne n’écrit plus pour les autres."))
    telling.refresh_from_db()
    _joined(telling, actor)
    return telling


def _joined(telling: Telling, actor: Asking) -> None:
    record("join telling", actor=actor.user_id, object_id=telling.pk)
    if telling.facilitator_id is None or telling.teller_id is None:
        return
    writer = telling.facilitator_id == actor.user_id
    other = telling.teller_id if writer else telling.facilitator_id
    tell(
        "joined",
        [other],
        address=reverse("facilitation:telling", args=[telling.pk]),
        actor=actor.user_id,
        name=name_of(user_of(actor)),
    )


def leave_telling(*, actor: Asking, telling: Telling) -> None:
    """End the writing for two: the facilitator reads nothing of it any more, and nothing is lost.

    What they typed for the teller goes to the teller. Raises ValidationError when it is over already.
    """
    can_end_telling.require(actor, telling)
    others = [one for one in (telling.teller_id, telling.facilitator_id) if one is not None]
    name = name_of(user_of(actor))
    with connection.cursor() as cursor:
        cursor.execute("SELECT facilitation_leave(%s)", [telling.pk])
        (left,) = cursor.fetchone()
    if not left:
        raise ValidationError(_("C’est déjà terminé. Rien n’a changé."))
    record("end telling", actor=actor.user_id, object_id=telling.pk)
    if telling.state == TellingState.TOGETHER:
        tell("ended", others, address=reverse("telling:start"), actor=actor.user_id, name=name)


def sign_writing(*, actor: Asking, telling: Telling, wanted: bool) -> None:
    """Say whether the facilitator is credited for the writing: only when both wish it."""
    can_read_telling.require(actor, telling)
    if telling.facilitator_id == actor.user_id:
        telling.facilitator_signs = wanted
        telling.save(update_fields=["facilitator_signs"])
    elif telling.scope_author == actor.user_id:
        telling.teller_credits = wanted
        telling.save(update_fields=["teller_credits"])
    put_credits(telling)


def put_credits(telling: Telling) -> None:
    """Make the credit of the facilitator what both said."""
    if telling.facilitator is None:
        return
    theirs = Contributor.objects.filter(sheet=telling.sheet_id, account=telling.facilitator_id)
    if not (telling.teller_credits and telling.facilitator_signs):
        theirs.delete()
    elif not theirs.exists():
        Contributor.objects.create(
            sheet_id=telling.sheet_id,
            account=telling.facilitator,
            name=telling.facilitator.shown_name,
            contribution=Contribution.WRITING,
        )

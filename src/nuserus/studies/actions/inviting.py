"""Inviting institutions and people, and answering."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.directory.models import Institution
from nuserus.directory.queries.notices import referents_of
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account
from nuserus.people.queries.accounts import account_with_address
from nuserus.studies.actions.notices import leads_of, tell
from nuserus.studies.actions.opening import user_of
from nuserus.studies.enums import PARTS_OF, GroupKind, Part, SeatState
from nuserus.studies.models import Participation, Study, StudyGroup, StudyPlace
from nuserus.studies.queries.circles import Invitation, PlaceInvitation, hashed
from nuserus.studies.rules import can_change_circle, can_change_place, can_change_seat, can_invite_place, can_name_seat

MAX_PLACES = 60
MAX_SEATS = 40


def invite_place(
    *, actor: Asking, study: Study, institution: Institution, is_partner: bool, is_observed: bool
) -> StudyPlace:
    """Invite an institution; its referents hear of it. It has its working group at once.

    Raises ValidationError when it is there already, or when it is neither partner nor observed.
    """
    place = StudyPlace(study=study, institution=institution, is_partner=is_partner, is_observed=is_observed)
    can_invite_place.require(actor, place)
    _refuse_neither(is_partner=is_partner, is_observed=is_observed)
    if StudyPlace.objects.filter(study=study).count() >= MAX_PLACES:
        raise ValidationError(_("Une étude a soixante établissements au plus."))
    try:
        with transaction.atomic():
            place.save(force_insert=True)
    except IntegrityError as twice:
        raise ValidationError(_("Cet établissement est déjà dans l’étude.")) from twice
    circle = StudyGroup(study=study, kind=GroupKind.WORKING, place=place)
    can_change_circle.require(actor, circle)
    circle.save(force_insert=True)
    record("invite place", actor=actor.user_id, object_id=place.pk)
    tell(
        "place",
        referents_of(institution.pk),
        about=place.pk,
        address=reverse("studies:list"),
        actor=actor.user_id,
        title=study.title,
        place=institution.name,
    )
    return place


def change_place(*, actor: Asking, place: StudyPlace, is_partner: bool, is_observed: bool) -> None:
    """Say again whether a place is a partner, observed, or both. Raises ValidationError for neither."""
    can_change_place.require(actor, place)
    _refuse_neither(is_partner=is_partner, is_observed=is_observed)
    place.is_partner, place.is_observed = is_partner, is_observed
    place.save()


def _refuse_neither(*, is_partner: bool, is_observed: bool) -> None:
    if not (is_partner or is_observed):
        raise ValidationError({"parts": _("Dites si l’établissement est partenaire, observé, ou les deux.")})


def answer_place(*, actor: Asking, invitation: PlaceInvitation, yes: bool) -> None:
    """The referent of a place answers for it. Raises Unreadable when nothing waits any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT studies_place_answer(%s, %s)", [invitation.place, yes])
        (study_id,) = cursor.fetchone()
    if study_id is None:
        raise Unreadable
    record("answer for place" if yes else "decline for place", actor=actor.user_id, object_id=invitation.place)
    _tell_leads(actor, invitation.study, invitation.title, invitation.institution, yes=yes)


def name_seat(
    *, actor: Asking, circle: StudyGroup, part: Part, trade: str, email: str = ""
) -> tuple[Participation, str]:
    """A seat in a circle, and the secret of its link when nobody with an account was named.

    With the address of an account, that person is invited and hears of it. Raises ValidationError for a part
    that does not sit in this circle, or a person who sits there already.
    """
    account = account_with_address(email) if email.strip() else None
    secret = "" if account else secrets.token_urlsafe(24)
    seat = Participation(
        study_id=circle.study_id,
        group=circle,
        account=account,
        part=part,
        trade=plain_line(trade)[:120],
        state=SeatState.INVITED if account else SeatState.OPEN,
        code_hash=hashed(secret) if secret else "",
    )
    can_name_seat.require(actor, seat)
    if part not in PARTS_OF[GroupKind(circle.kind)]:
        raise ValidationError({"part": _("Ce rôle ne va pas dans ce groupe.")})
    if Participation.objects.filter(group=circle).count() >= MAX_SEATS:
        raise ValidationError(_("Un groupe a quarante places au plus."))
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError as twice:
        raise ValidationError({"email": _("Cette personne est déjà dans ce groupe, ou déjà invitée.")}) from twice
    record("name seat", actor=actor.user_id, object_id=seat.pk)
    if account is not None:
        tell(
            "invited",
            [account.pk],
            about=seat.pk,
            address=reverse("studies:list"),
            actor=actor.user_id,
            title=circle.study.title,
        )
    return seat, secret


def renew_link(*, actor: Asking, seat: Participation) -> str:
    """Another secret for the link of an open seat: the one before opens nothing any more.

    Raises ValidationError when somebody holds the seat.
    """
    can_change_seat.require(actor, seat)
    if seat.state != SeatState.OPEN:
        raise ValidationError(_("Quelqu’un est déjà à cette place. Rien n’a changé."))
    secret = secrets.token_urlsafe(24)
    seat.code_hash = hashed(secret)
    seat.save()
    return secret


def remove_seat(*, actor: Asking, seat: Participation) -> None:
    """Take a seat away: who held it reads nothing of the study through it any more.

    Raises ValidationError for one's own seat: one leaves, which keeps a lead.
    """
    can_change_seat.require(actor, seat)
    if seat.account_id == actor.user_id:
        raise ValidationError(_("C’est votre place. Pour partir, touchez « Quitter »."))
    if seat.account_id is None:
        seat.delete()
    else:
        seat.state = SeatState.LEFT
        seat.save()
    record("remove seat", actor=actor.user_id, object_id=seat.pk)


def answer_invitation(*, actor: Asking, invitation: Invitation, yes: bool) -> None:
    """Say yes or no to an invitation. Raises Unreadable when nothing waits any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT studies_answer(%s, %s)", [invitation.seat, yes])
        (study_id,) = cursor.fetchone()
    if study_id is None:
        raise Unreadable
    record("accept seat" if yes else "decline seat", actor=actor.user_id, object_id=invitation.seat)
    _tell_leads(actor, invitation.study, invitation.title, _name_of(user_of(actor)), yes=yes)


def take_seat(*, actor: Asking, secret: str, invitation: Invitation) -> None:
    """Sit down where a link leads. Raises Unreadable when it leads nowhere any more, ValidationError when the
    person sits in that circle already.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT studies_take(%s)", [hashed(secret)])
            (study_id,) = cursor.fetchone()
    except IntegrityError as twice:
        raise ValidationError(_("Vous êtes déjà dans ce groupe. Gardez ce lien pour quelqu’un d’autre.")) from twice
    if study_id is None:
        raise Unreadable
    record("take seat", actor=actor.user_id, object_id=invitation.seat)
    _tell_leads(actor, invitation.study, invitation.title, _name_of(user_of(actor)), yes=True)


def leave_seat(*, actor: Asking, seat: Participation) -> None:
    """Leave a circle. Raises ValidationError for the last lead of a study."""
    if seat.account_id != actor.user_id:
        raise Unreadable
    with connection.cursor() as cursor:
        cursor.execute("SELECT studies_leave(%s)", [seat.pk])
        (done,) = cursor.fetchone()
    if not done:
        raise ValidationError(
            _("Vous êtes la dernière personne responsable de cette étude. Nommez-en une autre, puis quittez-la.")
        )
    record("leave seat", actor=actor.user_id, object_id=seat.pk)


def _tell_leads(actor: Asking, study: UUID, title: str, name: str, *, yes: bool) -> None:
    tell(
        "answered",
        leads_of(study),
        about=study,
        address=reverse("studies:detail", args=[study]),
        actor=actor.user_id,
        title=title,
        name=name,
        yes="1" if yes else "",
    )


def _name_of(account_id: UUID) -> str:
    return Account.objects.get(pk=account_id).shown_name

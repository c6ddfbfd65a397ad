"""Asking to be the referent of an institution; the code that its own address receives; handing over."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from nuserus.directory.actions.ask_membership import new_request, tell_moderators, wait_for_own_turn
from nuserus.directory.actions.decide_membership import name_referent
from nuserus.directory.enums import CODE_DAYS, MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.directory.queries import own_membership_in
from nuserus.directory.queries.claims import is_last_referent
from nuserus.directory.queries.notices import CLAIMED, moderators, referents_of
from nuserus.foundation.asking import Asking, acting_as
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line
from nuserus.notifications.actions import notify
from nuserus.people.models import Account, Trade

SEND_CODE = "nuserus.directory.tasks.send_code"
REFUSED_FOR = timedelta(days=30)
# neither 0 and O nor 1, I and L: it is read aloud and typed from paper
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 8
# what makes a link or an address of words
_LINKS = str.maketrans(dict.fromkeys(":/\\@#?&=<>", " "))

# What the functions of the database answer (statements.CODES), in words.
_IN_THE_WAY: dict[str, str | Promise] = {
    "no-claim": gettext_lazy("Vous n’avez pas demandé à être référent ou référente de ce lieu, ou vous l’êtes déjà."),
    "closed": gettext_lazy("Ce lieu est fermé. Rien n’a changé."),
    "has-referent": gettext_lazy("Ce lieu a maintenant une personne référente : c’est elle qui vous répondra."),
    "no-address": gettext_lazy("Le répertoire ne donne pas d’adresse à ce lieu. La modération vous répondra."),
    "too-many": gettext_lazy(
        "Plusieurs codes sont déjà partis vers ce lieu. Cherchez le dernier reçu, ou attendez la modération."
    ),
    "wrong": gettext_lazy("Ce n’est pas le bon code. Relisez le message : seul le dernier code reçu compte."),
    "expired": gettext_lazy("Aucun code ne vaut plus pour votre demande. Demandez-en un nouveau."),
    "spent": gettext_lazy("Ce code a été essayé trop de fois. Il ne vaut plus : demandez-en un nouveau."),
}


def claim_institution(
    *, actor: Asking, institution: Institution, trade: Trade | None = None, message: str = ""
) -> Membership:
    """Ask to be the referent of a place, where one works or says so by the same request.

    Its referents answer; where it has none, a moderator or a code from the place itself. Raises
    ValidationError when the person asked already, was refused lately, or when a limit or the
    closing of the place is against it; PermissionDenied to a visitor.
    """
    wait_for_own_turn(actor)
    membership = own_membership_in(actor, institution)
    if membership is None:
        membership = new_request(actor, institution, trade=trade, message=message)
        membership.claimed_at = timezone.now()
        membership.save(force_insert=True)
    else:
        _refuse_again(membership)
        membership.claimed_at = timezone.now()
        membership.message = message or membership.message
        membership.save(update_fields=["claimed_at", "message"])
    record("claim institution", actor=actor.user_id, object_id=membership.pk)
    notify(
        kind=CLAIMED,
        recipients=referents_of(institution.pk) or moderators(),
        about=membership.pk,
        address=reverse("directory:requests"),
        details={"place": str(institution)},
        actor=actor.user_id,
    )
    return membership


def ask_code(*, actor: Asking, institution: Institution) -> None:
    """Have a code sent to the address that the register gives of the place, by a job.

    Raises ValidationError, in words, where it can't be.
    """
    _answer("SELECT directory_ask_code(%s)", [institution.pk])
    record("ask claim code", actor=actor.user_id, object_id=institution.pk)
    app.configure_task(SEND_CODE).defer(place_id=str(institution.pk), account_id=str(actor.user_id))


def send_code(*, place_id: UUID, account_id: UUID) -> None:
    """Make a code, keep what recognises it, send it. Run again, it sends another, which alone is good."""
    code = "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
    with acting_as(account_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT directory_keep_code(%s, %s)", [place_id, _mark(place_id, account_id, code)])
            (address,) = cursor.fetchone()
        institution = Institution.objects.get(pk=place_id)
        account = Account.objects.get(pk=account_id)
    if not address:  # answered, taken back or closed since
        return
    words = {
        "institution": institution,
        "person": _without_links(account.shown_name),
        "code": f"{code[:4]} {code[4:]}",
        "days": CODE_DAYS,
        "site": settings.NUSERUS_ADDRESS,
        "page": settings.NUSERUS_ADDRESS + reverse("directory:institution", args=[place_id]),
    }
    EmailMessage(
        subject=_("nuserus : une personne demande à parler pour votre établissement"),
        body=render_to_string("directory/mail/claim_code.txt", words).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def use_code(*, actor: Asking, institution: Institution, code: str) -> None:
    """Become the first referent with the code that the place received.

    Raises ValidationError, in words, when the code is not the one, too old or tried too often: the
    caller must let the transaction go through, or the try is not counted.
    """
    if actor.user_id is None:
        raise PermissionDenied
    typed = "".join(sign for sign in code.upper() if sign in _SIGNS)
    _answer("SELECT directory_use_code(%s, %s)", [institution.pk, _mark(institution.pk, actor.user_id, typed)])
    record("claim with code", actor=actor.user_id, object_id=institution.pk)


def step_down(
    *, actor: Asking, membership: Membership, successor: Membership | None = None, knows_what_follows: bool = False
) -> None:
    """Be a plain member again, once the successor, if any, is referent.

    Raises ValidationError when one is no referent, when the successor is no other member of the
    place, or when the last referent names nobody and did not say that they know what follows.
    """
    if membership.account_id != actor.user_id:
        raise PermissionDenied(_("Cette appartenance n’est pas la vôtre."))
    if not membership.is_referent:
        raise ValidationError(_("Vous n’êtes plus référent ou référente de ce lieu. Rien n’a changé."))
    if successor is not None:
        if successor.institution_id != membership.institution_id or successor.status != MembershipStatus.CONFIRMED:
            raise ValidationError(_("Cette personne n’est pas membre de ce lieu. Rien n’a changé : choisissez encore."))
        if not successor.is_referent:
            name_referent(actor=actor, membership=successor)
    last = is_last_referent(membership)
    if last and not knows_what_follows:
        raise ValidationError(
            _("Vous êtes la seule personne référente de ce lieu. Rien n’a changé : lisez ce qui suivra, puis cochez.")
        )
    membership.is_referent = False
    membership.checked_by = membership.how_checked = ""
    membership.decided_at = timezone.now()
    membership.decided_by_id = actor.user_id
    membership.save(update_fields=["is_referent", "checked_by", "how_checked", "decided_at", "decided_by"])
    record("step down as referent", actor=actor.user_id, object_id=membership.pk)
    if last:
        tell_moderators(membership, actor)


def _refuse_again(membership: Membership) -> None:
    if membership.institution.is_closed:
        raise ValidationError(str(_IN_THE_WAY["closed"]))
    if membership.is_referent:
        raise ValidationError(_("Vous êtes déjà référent ou référente de ce lieu."))
    if membership.claimed_at is not None:
        raise ValidationError(_("Vous l’avez déjà demandé. Votre demande attend une réponse."))
    refused = membership.claim_refused_at
    if refused is not None and refused > timezone.now() - REFUSED_FOR:
        raise ValidationError(
            _("On vous a répondu non il y a moins d’un mois. Parlez-en d’abord avec la personne référente du lieu.")
        )


def _mark(place_id: UUID, account_id: UUID, code: str) -> str:
    """What recognises the code of one person for one place, and does not tell it."""
    return salted_hmac("nuserus.directory.claim", f"{account_id}:{place_id}:{code}", algorithm="sha256").hexdigest()


def _without_links(name: str) -> str:
    """A name in a mail to people who did not ask for it: nothing that a program of mail makes a link of.

    >>> _without_links("J.-P. Durand, https://mal.exemple/x"), _without_links("Zoé L’Her-Petit")
    ('J. -P. Durand, https mal. exemple x', 'Zoé L’Her-Petit')
    """
    return " ".join(plain_line(name).translate(_LINKS).replace(".", ". ").split())


def _answer(question: str, about: list[UUID | str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        (in_the_way,) = cursor.fetchone()
    if in_the_way:
        raise ValidationError(str(_IN_THE_WAY[in_the_way]), code=in_the_way)

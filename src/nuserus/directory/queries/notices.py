"""What memberships tell people: kinds of notice, and their lines of the weekly digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nuserus.directory.models import Correction, Membership
from nuserus.directory.queries.duplicates import duplicates_waiting_for
from nuserus.directory.queries.memberships import requests_waiting_for
from nuserus.directory.rules import can_read_correction, can_read_membership
from nuserus.foundation.asking import current_asking
from nuserus.notifications.enums import Frequency
from nuserus.notifications.registry import DigestLine, register_digest_section, register_notice_kind

ASKED = "directory.asked"
CONFIRMED = "directory.confirmed"
REFUSED = "directory.refused"
CLAIMED = "directory.claimed"
REFERENT = "directory.referent"
CLAIM_REFUSED = "directory.claim-refused"
WITHOUT_REFERENT = "directory.without-referent"
TAKEN_BACK = "directory.taken-back"


def referents_of(institution_id: UUID) -> list[UUID]:
    """The referents of a place, to be told something: who asks may not read who they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nuserus_referents(%s)", [institution_id])
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def moderators() -> list[UUID]:
    """The moderators, to be told something: who asks may not read who they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_moderators()")
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def _readable(ids: Collection[UUID]) -> set[UUID]:
    asking = current_asking()
    if asking is None:
        return set()
    rows = can_read_membership.filter(Membership.objects.filter(pk__in=ids), asking)
    corrections = can_read_correction.filter(Correction.objects.filter(pk__in=ids), asking)
    return set(rows.values_list("pk", flat=True)) | set(corrections.values_list("pk", flat=True))


def _asked(details: Mapping[str, str]) -> str:
    return _("Une personne demande à rejoindre %(place)s") % {"place": details["place"]}


def _confirmed(details: Mapping[str, str]) -> str:
    return _("Bienvenue : vous êtes membre de %(place)s. Vous pouvez envoyer vos fiches.") % {"place": details["place"]}


def _refused(details: Mapping[str, str]) -> str:
    return _("Votre demande pour rejoindre %(place)s n’a pas été acceptée") % {"place": details["place"]}


def _claimed(details: Mapping[str, str]) -> str:
    return _("Une personne demande à être référente de %(place)s") % {"place": details["place"]}


def _referent(details: Mapping[str, str]) -> str:
    return _("Vous êtes maintenant référent ou référente de %(place)s") % {"place": details["place"]}


def _claim_refused(details: Mapping[str, str]) -> str:
    return _("Vous êtes membre de %(place)s, sans en être référent ou référente") % {"place": details["place"]}


def _without_referent(details: Mapping[str, str]) -> str:
    return _("%(place)s n’a plus de personne référente") % {"place": details["place"]}


def _taken_back(details: Mapping[str, str]) -> str:
    return _("La modération a annulé une correction de la page de %(place)s") % {"place": details["place"]}


def _lines(account: UUID) -> list[DigestLine]:
    """Requests that wait for this account; asked acting as it."""
    asking = current_asking()
    if asking is None or asking.user_id != account:
        return []
    lines = []
    twice = duplicates_waiting_for(asking).count() if "moderator" in asking.roles else 0
    if twice:
        told = ngettext(
            "%(count)d doublon de l’annuaire attend votre décision",
            "%(count)d doublons de l’annuaire attendent votre décision",
            twice,
        )
        lines.append(DigestLine(told % {"count": twice}, reverse("directory:duplicates")))
    count = requests_waiting_for(asking).count()
    if not count:
        return lines
    words = ngettext(
        "%(count)d demande pour rejoindre votre établissement attend votre réponse",
        "%(count)d demandes pour rejoindre votre établissement attendent votre réponse",
        count,
    )
    return [DigestLine(words % {"count": count}, reverse("directory:requests")), *lines]


def register_notices() -> None:
    """Declare the kinds and the lines of the digest. Called once, when the app is ready."""
    referent, moderator = "referent", "moderator"
    for key, label, sentence, roles in (
        (ASKED, gettext_lazy("Une demande pour rejoindre mon établissement"), _asked, (referent,)),
        (CONFIRMED, gettext_lazy("Ma demande est confirmée"), _confirmed, ()),
        (REFUSED, gettext_lazy("Ma demande n’est pas acceptée"), _refused, ()),
        (CLAIMED, gettext_lazy("Une demande pour être référent ou référente"), _claimed, (referent, moderator)),
        (REFERENT, gettext_lazy("Je deviens référent ou référente d’un lieu"), _referent, ()),
        (CLAIM_REFUSED, gettext_lazy("Je ne deviens pas référent ou référente"), _claim_refused, ()),
        (WITHOUT_REFERENT, gettext_lazy("Un lieu n’a plus de personne référente"), _without_referent, (moderator,)),
        (TAKEN_BACK, gettext_lazy("La modération annule une correction de mon lieu"), _taken_back, (referent,)),
    ):
        register_notice_kind(
            key, label=label, sentence=sentence, default=Frequency.IMMEDIATE, readable=_readable, roles=roles
        )
    register_digest_section("directory.requests", 20, _lines, heading=gettext_lazy("Dans votre établissement"))

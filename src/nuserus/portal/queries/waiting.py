"""What waits for the person who asks, whichever app it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.devices.queries import proposals_to_answer, to_confirm_by_place
from nuserus.directory.queries import requests_waiting_for
from nuserus.directory.queries.duplicates import duplicates_waiting_for
from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.queries.drafts import sheets_waiting_for
from nuserus.practices.queries.reviews import reviews_owned_by
from nuserus.voice.queries.recordings import taken_by, waiting_to_be_written


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what, where, and the kind of tag it carries (a key of the ui status tags)."""

    what: str
    url: str
    state: str
    tag: str


def waiting_for(asking: Asking, limit: int = 5) -> list[Waiting]:
    """The first things that wait for this person; none for a visitor."""
    if asking.is_anonymous:
        return []
    found: list[Waiting] = []
    for source in (_reviews, _sheets, _voices, _requests, _duplicates, _proposals, _inventories):
        found += source(asking)
    return found[:limit]


def _sheets(asking: Asking) -> Iterator[Waiting]:
    for sheet in sheets_waiting_for(asking)[:5]:
        rework = sheet.status == SheetStatus.TO_REWORK
        url = reverse("telling:sheet", args=[sheet.pk])
        yield Waiting(str(sheet), url, _("à reprendre") if rework else _("brouillon"), "care" if rework else "waits")


def _reviews(asking: Asking) -> Iterator[Waiting]:
    for review in reviews_owned_by(asking)[:5]:
        url = reverse("reviewing:review", args=[review.pk])
        yield Waiting(str(review.sheet), url, _("à relire"), "waits")


def _voices(asking: Asking) -> Iterator[Waiting]:
    count = len(waiting_to_be_written()) + taken_by(asking).count() if "facilitator" in asking.roles else 0
    if count:
        what = ngettext(
            "%(count)d enregistrement confié à écrire", "%(count)d enregistrements confiés à écrire", count
        ) % {"count": count}
        yield Waiting(what, reverse("voice:queue"), _("à écrire"), "waits")


def _requests(asking: Asking) -> Iterator[Waiting]:
    count = requests_waiting_for(asking).count()
    if count:
        what = ngettext(
            "%(count)d demande pour rejoindre votre établissement",
            "%(count)d demandes pour rejoindre votre établissement",
            count,
        ) % {"count": count}
        yield Waiting(what, reverse("directory:requests"), _("à confirmer"), "waits")


def _duplicates(asking: Asking) -> Iterator[Waiting]:
    count = duplicates_waiting_for(asking).count() if "moderator" in asking.roles else 0
    if count:
        what = ngettext(
            "%(count)d doublon proposé dans l’annuaire", "%(count)d doublons proposés dans l’annuaire", count
        ) % {"count": count}
        yield Waiting(what, reverse("directory:duplicates"), _("à décider"), "waits")


def _proposals(asking: Asking) -> Iterator[Waiting]:
    count = proposals_to_answer(asking).count()
    if count:
        what = ngettext(
            "%(count)d matériel proposé pour le catalogue",
            "%(count)d matériels proposés pour le catalogue",
            count,
        ) % {"count": count}
        yield Waiting(what, reverse("devices:proposals"), _("à répondre"), "waits")


def _inventories(asking: Asking) -> Iterator[Waiting]:
    for place, count in to_confirm_by_place(asking):
        what = ngettext("%(count)d ligne dans %(place)s", "%(count)d lignes dans %(place)s", count) % {
            "count": count,
            "place": place,
        }
        yield Waiting(what, reverse("devices:inventory", args=[place.pk]), _("toujours exact ?"), "waits")

"""What the life of a sheet tells people: kinds of notice, and what waits, for the weekly digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nuserus.foundation.asking import current_asking
from nuserus.notifications.enums import Frequency
from nuserus.notifications.registry import DigestLine, register_digest_section, register_notice_kind
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.queries.drafts import sheets_waiting_for
from nuserus.practices.queries.reviews import reviews_owned_by, unowned_reviews
from nuserus.practices.rules import can_read_sheet

TO_REVIEW = "practices.to_review"
RETURNED = "practices.returned"
PUBLISHED = "practices.published"
ADAPTED = "practices.adapted"
TRIED = "practices.tried"

MOST = 3


def _readable(ids: Collection[UUID]) -> set[UUID]:
    asking = current_asking()
    if asking is None:
        return set()
    return set(can_read_sheet.filter(Sheet.objects.filter(pk__in=ids), asking).values_list("pk", flat=True))


def _to_review(details: Mapping[str, str]) -> str:
    return _("Une fiche vous est confiée à relire : « %(title)s »") % {"title": details["title"]}


def _returned(details: Mapping[str, str]) -> str:
    return _("Votre fiche « %(title)s » vous revient avec des remarques") % {"title": details["title"]}


def _published(details: Mapping[str, str]) -> str:
    return _("Votre fiche « %(title)s » est publiée. Merci de l’avoir racontée.") % {"title": details["title"]}


def _adapted(details: Mapping[str, str]) -> str:
    return _("Merci : votre fiche « %(origin)s » a été adaptée ailleurs, « %(title)s »") % {
        "origin": details["origin"],
        "title": details["title"],
    }


def _tried(details: Mapping[str, str]) -> str:
    return _("Merci : votre fiche « %(title)s » a été essayée ailleurs") % {"title": details["title"]}


def register_notices() -> None:
    """Declare the kinds and the lines of the digest. Called once, when the app is ready."""
    now, weekly = Frequency.IMMEDIATE, Frequency.WEEKLY
    for key, label, sentence, default in (
        # a reviewer has 72 hours: the digest would come too late
        (TO_REVIEW, gettext_lazy("Une fiche à relire"), _to_review, now),
        (RETURNED, gettext_lazy("Ma fiche revient avec des remarques"), _returned, now),
        (PUBLISHED, gettext_lazy("Ma fiche est publiée"), _published, now),
        (ADAPTED, gettext_lazy("Ma fiche est adaptée ailleurs"), _adapted, weekly),
        (TRIED, gettext_lazy("Ma fiche est essayée ailleurs"), _tried, weekly),
    ):
        register_notice_kind(
            key,
            label=label,
            sentence=sentence,
            default=default,
            readable=_readable,
            roles=("reviewer",) if key == TO_REVIEW else (),
        )
    register_digest_section("practices.waiting", 10, _lines, heading=gettext_lazy("Ce qui vous attend"))


def _lines(account: UUID) -> list[DigestLine]:
    """What waits for this account: reviews first, then its own sheets; asked acting as it."""
    asking = current_asking()
    if asking is None or asking.user_id != account:
        return []
    to_review = _("À relire : « %(title)s »")
    rework, draft = _("À reprendre : « %(title)s »"), _("Brouillon : « %(title)s »")
    lines = [
        DigestLine(to_review % {"title": review.sheet}, reverse("reviewing:review", args=[review.pk]))
        for review in reviews_owned_by(asking)[:MOST]
    ]
    if unowned := len(unowned_reviews()):
        words = ngettext(
            "%(count)d fiche attend quelqu’un pour la relire",
            "%(count)d fiches attendent quelqu’un pour les relire",
            unowned,
        )
        lines.append(DigestLine(words % {"count": unowned}, reverse("reviewing:queue")))
    for sheet in sheets_waiting_for(asking)[:MOST]:
        words = rework if sheet.status == SheetStatus.TO_REWORK else draft
        lines.append(DigestLine(words % {"title": sheet}, reverse("telling:sheet", args=[sheet.pk])))
    return lines

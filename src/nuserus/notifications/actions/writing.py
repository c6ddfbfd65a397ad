"""The mail of one notice, and of one digest, as text and as simple HTML."""

from __future__ import annotations

from collections.abc import Mapping
from email.mime.text import MIMEText
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuserus.notifications.actions.stopping import Stop, stop_address
from nuserus.notifications.enums import DIGEST, EVERYTHING
from nuserus.notifications.queries.digest import Digest
from nuserus.notifications.queries.told import Told
from nuserus.notifications.registry import Dates


def message_id_of(sending_id: UUID) -> str:
    """The Message-ID of a mail: the same at every try, so that a server or a reader may tell a copy."""
    return f"<{sending_id}@{urlsplit(settings.NUSERUS_ADDRESS).hostname or 'localhost'}>"


def notice_mail(
    told: Told, *, account_id: UUID, sending_id: UUID, to: str, dates: Dates | None = None
) -> EmailMultiAlternatives:
    """The mail of one notice: its sentence, a link, and how to stop; and the dates, for a calendar."""
    stop = Stop(account_id, told.kind)
    context = {"told": told, "site": settings.NUSERUS_ADDRESS, "stopped": told.label}
    # no title in the subject: it is read on locked screens, over shoulders
    subject = _("nuserus : %(what)s") % {"what": told.label}
    message = _mail("notice", subject, context, stop=stop, sending_id=sending_id, to=to)
    if dates is not None:
        message.attach(_calendar(dates))
    return message


def _calendar(dates: Dates) -> MIMEText:
    part = MIMEText(dates.content.decode(), "calendar", "utf-8")
    part.set_param("method", "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename=dates.name)
    return part


def digest_mail(digest: Digest, *, account_id: UUID, sending_id: UUID, to: str) -> EmailMultiAlternatives:
    """The mail of a digest."""
    stop = Stop(account_id, DIGEST)
    context = {"digest": digest, "site": settings.NUSERUS_ADDRESS, "stopped": _("le récapitulatif")}
    return _mail("digest", _("nuserus : votre semaine"), context, stop=stop, sending_id=sending_id, to=to)


def _mail(  # noqa: PLR0913 - what differs between the two
    name: str, subject: str, context: Mapping[str, Any], *, stop: Stop, sending_id: UUID, to: str
) -> EmailMultiAlternatives:
    site = settings.NUSERUS_ADDRESS
    stopping = site + stop_address(stop)
    shown = {
        **context,
        "subject": subject,
        "language": get_language() or settings.LANGUAGE_CODE,
        "stopping": stopping,
        "stopping_all": site + stop_address(Stop(stop.account_id, EVERYTHING)),
        "choosing": site + reverse("notices:preferences"),
        "all_notices": site + reverse("notices:list"),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"notifications/mail/{name}.txt", shown).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={
            "Message-ID": message_id_of(sending_id),
            "List-Unsubscribe": f"<{stopping}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"notifications/mail/{name}.html", shown), "text/html")
    return message

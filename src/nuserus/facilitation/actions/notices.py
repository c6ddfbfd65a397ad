"""Telling the other one what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.notifications.actions import notify
from nuserus.notifications.enums import Frequency
from nuserus.notifications.registry import register_notice_kind
from nuserus.ui.dates import date_format

LABELS: dict[str, str | Promise] = {
    "facilitation.booked": gettext_lazy("quelqu’un a réservé votre créneau"),
    "facilitation.cancelled": gettext_lazy("un rendez-vous est annulé"),
    "facilitation.asked": gettext_lazy("quelqu’un demande à être rappelé"),
    "facilitation.answered": gettext_lazy("une réponse à votre demande de rappel"),
    "facilitation.joined": gettext_lazy("quelqu’un écrit avec vous"),
    "facilitation.ended": gettext_lazy("l’écriture à deux est terminée"),
    "facilitation.sent": gettext_lazy("votre récit est envoyé en relecture"),
}


def register_kinds() -> None:
    """Declare the kinds of notice. Called from `AppConfig.ready`."""
    for key, label in LABELS.items():
        register_notice_kind(key, label=label, sentence=_SENTENCES[key], default=Frequency.IMMEDIATE)


def tell(kind: str, recipients: Iterable[UUID], *, address: str, actor: UUID | None, **details: str) -> None:
    """Leave a notice of one of our kinds; `details` are names and hours, never words of a sheet."""
    notify(
        kind=f"facilitation.{kind}", recipients=recipients, about=None, address=address, details=details, actor=actor
    )


def facilitators() -> list[UUID]:
    """Everybody who may write for others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM facilitation_facilitators()")
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def said_hour(details: Mapping[str, str]) -> str:
    """The day and hour that a notice keeps as text, in words."""
    moment = parse_datetime(details.get("at", ""))
    return date_format(timezone.localtime(moment), "l j F, G \\h i") if moment else ""


def _booked(details: Mapping[str, str]) -> str:
    return _("%(name)s a réservé votre créneau : %(hour)s.") % {
        "name": details.get("name", ""),
        "hour": said_hour(details),
    }


def _cancelled(details: Mapping[str, str]) -> str:
    said = _("%(name)s annule votre rendez-vous : %(hour)s.") % {
        "name": details.get("name", ""),
        "hour": said_hour(details),
    }
    return f"{said} {_('Son mot : « %(words)s »') % {'words': details['words']}}" if details.get("words") else said


def _asked(details: Mapping[str, str]) -> str:
    return _("%(name)s aimerait raconter une pratique et n’a pas trouvé de créneau.") % {
        "name": details.get("name", "")
    }


def _answered(details: Mapping[str, str]) -> str:
    return _("%(name)s a répondu à votre demande de rappel.") % {"name": details.get("name", "")}


def _joined(details: Mapping[str, str]) -> str:
    return _("%(name)s écrit avec vous. Rien ne part sans que vous l’ayez lu et approuvé.") % {
        "name": details.get("name", "")
    }


def _ended(details: Mapping[str, str]) -> str:
    return _("%(name)s a terminé l’écriture à deux. Ce qui est écrit est gardé.") % {"name": details.get("name", "")}


def _sent(details: Mapping[str, str]) -> str:
    return _("%(name)s a envoyé votre récit. Une ou un collègue le relira sous 72 heures.") % {
        "name": details.get("name", "")
    }


_SENTENCES = {
    "facilitation.booked": _booked,
    "facilitation.cancelled": _cancelled,
    "facilitation.asked": _asked,
    "facilitation.answered": _answered,
    "facilitation.joined": _joined,
    "facilitation.ended": _ended,
    "facilitation.sent": _sent,
}

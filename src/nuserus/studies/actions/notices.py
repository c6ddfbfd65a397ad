"""What studies tell people, and what those who are told may still read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, router
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nuserus.notifications.actions import notify
from nuserus.notifications.enums import Frequency
from nuserus.notifications.registry import Dates, register_notice_kind
from nuserus.studies.models import CalendarEvent, Participation, Study, StudyPlace
from nuserus.studies.queries.calendar import as_calendar

Details = Mapping[str, str]


def leads_of(study_id: UUID) -> list[UUID]:
    """Who leads a study, to be told something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_leads(%s)", [study_id])
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def holders_of(place_id: UUID) -> list[UUID]:
    """Who holds the mission of a place, to be told something of what is collected there."""
    with connections[router.db_for_read(StudyPlace)].cursor() as cursor:
        cursor.execute("SELECT * FROM studies_holders(%s)", [place_id])
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def tell(
    kind: str, recipients: Iterable[UUID], *, about: UUID, address: str, actor: UUID | None, **details: str
) -> None:
    """Leave a notice of one of our kinds; `details` are titles, names and days."""
    notify(kind=f"studies.{kind}", recipients=recipients, about=about, address=address, details=details, actor=actor)


def _studies(ids: Collection[UUID]) -> set[UUID]:
    return set(Study.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _seats(ids: Collection[UUID]) -> set[UUID]:
    return set(Participation.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _places(ids: Collection[UUID]) -> set[UUID]:
    return set(StudyPlace.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _events(ids: Collection[UUID]) -> set[UUID]:
    return set(CalendarEvent.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _dates(event_id: UUID) -> Dates | None:
    """The date of a study, for the calendar of who is told of it."""
    event = CalendarEvent.objects.select_related("study", "at_place__institution").filter(pk=event_id).first()
    if event is None:
        return None
    return Dates("date.ics", as_calendar([event], name=event.title, site=settings.NUSERUS_ADDRESS))


def _invited(details: Details) -> str:
    return _("On vous invite à prendre part à l’étude « %(title)s »") % details


def _place_invited(details: Details) -> str:
    return _("L’étude « %(title)s » invite %(place)s") % details


def _answered(details: Details) -> str:
    if details.get("yes"):
        return _("%(name)s prend part à l’étude « %(title)s »") % details
    return _("%(name)s ne prendra pas part à l’étude « %(title)s »") % details


def _dated(details: Details) -> str:
    return _("« %(title)s » : %(event)s, le %(day)s") % details


def _cancelled(details: Details) -> str:
    return _("Annulé : %(event)s, le %(day)s (« %(title)s »)") % details


def _decided(details: Details) -> str:
    return _("Une décision est notée dans l’étude « %(title)s »") % details


def _certified(details: Details) -> str:
    return _("Votre attestation de formation est prête (« %(title)s »)") % details


def _ending(details: Details) -> str:
    count = int(details["count"])
    return ngettext(
        "%(count)d accord finit dans moins d’un mois : %(place)s (« %(title)s »)",
        "%(count)d accords finissent dans moins d’un mois : %(place)s (« %(title)s »)",
        count,
    ) % {**details, "count": count}


def _taken_back(details: Details) -> str:
    return _("Une personne a repris un accord : %(place)s (« %(title)s »)") % details


_KINDS: tuple[
    tuple[str, str | Promise, Callable[[Details], str], Callable[[Collection[UUID]], Collection[UUID]], Frequency], ...
] = (
    ("invited", gettext_lazy("Une invitation à une étude"), _invited, _seats, Frequency.IMMEDIATE),
    ("place", gettext_lazy("Mon établissement est invité à une étude"), _place_invited, _places, Frequency.IMMEDIATE),
    ("answered", gettext_lazy("Une réponse à mon invitation"), _answered, _studies, Frequency.IMMEDIATE),
    ("date", gettext_lazy("Une date d’une de mes études"), _dated, _events, Frequency.IMMEDIATE),
    ("cancelled", gettext_lazy("Une date annulée"), _cancelled, _events, Frequency.IMMEDIATE),
    ("decision", gettext_lazy("Une décision d’une de mes études"), _decided, _studies, Frequency.WEEKLY),
    ("ending", gettext_lazy("Des accords de participants qui vont finir"), _ending, _places, Frequency.IMMEDIATE),
    ("taken_back", gettext_lazy("Un accord repris par une personne"), _taken_back, _places, Frequency.IMMEDIATE),
    ("certificate", gettext_lazy("Mon attestation de formation"), _certified, _studies, Frequency.IMMEDIATE),
)


def register_kinds() -> None:
    """Declare the kinds of notice. Called from `AppConfig.ready`."""
    for key, label, sentence, readable, default in _KINDS:
        dates = _dates if key in {"date", "cancelled"} else None
        register_notice_kind(
            f"studies.{key}", label=label, sentence=sentence, default=default, readable=readable, dates=dates
        )

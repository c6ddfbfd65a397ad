"""The places of studies where the person collects, and who is known there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.consent.enums import Purpose, State
from nuserus.consent.models import Consent
from nuserus.consent.rules import can_read_consent
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, PlaceState, SeatState
from nuserus.studies.models import Participant, Participation, StudyPlace
from nuserus.studies.rules import can_read_participant, can_read_place, can_read_seat
from nuserus.ui.dates import date_format


@dataclass(frozen=True, slots=True)
class Known:
    """A participant of a place, and whether they agree today to take part in the study."""

    participant: Participant
    agrees: bool
    state: str
    since: datetime | None

    @property
    def ended_on(self) -> date | None:
        """The day from which nothing of them is collected any more, if there is one."""
        if self.participant.left_at is not None:
            return timezone.localdate(self.participant.left_at)
        return timezone.localdate(self.since) if self.since and self.state == State.WITHDRAWN else None

    @property
    def said(self) -> str:
        """Where their agreement stands, in words."""
        if self.agrees:
            day = date_format(timezone.localtime(self.since), "j F Y") if self.since else ""
            return _("d’accord depuis le %(day)s") % {"day": day}
        if self.ended_on is not None:
            return _("a retiré son accord le %(day)s") % {"day": date_format(self.ended_on, "j F Y")}
        if self.state == State.REFUSED:
            return _("n’est pas d’accord")
        if self.state == State.EXPIRED:
            return _("son accord est arrivé à son terme")
        return _("son accord n’est pas encore recueilli, ou pas en entier")


def own_places(asking: Asking) -> QuerySet[StudyPlace]:
    """The places whose mission the person holds, by study and name."""
    rows = StudyPlace.objects.select_related("study", "institution").filter(pk__in=asking.missions)
    rows = rows.exclude(state=PlaceState.DECLINED)
    return can_read_place.filter(rows, asking).order_by("-study__opened_at", "institution__name", "pk")


def own_place(asking: Asking, place_id: UUID) -> StudyPlace:
    """One of them. Raises Unreadable."""
    found = own_places(asking).filter(pk=place_id).first()
    if found is None:
        raise Unreadable
    return found


def team_of(asking: Asking, place: StudyPlace) -> list[Account]:
    """The people of the team of the study, as far as the person may know, by name."""
    seats = Participation.objects.filter(
        study=place.study_id, group__kind=GroupKind.TEAM, state=SeatState.ACCEPTED, account__isnull=False
    )
    found = {seat.account for seat in can_read_seat.filter(seats.select_related("account"), asking) if seat.account}
    return sorted(found, key=lambda one: (one.shown_name, str(one.pk)))


def participants_of(asking: Asking, *places: UUID) -> list[Known]:
    """Those of some places, by pseudonym, with where their agreement stands: two queries."""
    agrees = Func(
        F("id"),
        Value(Purpose.TAKE_PART.value),
        F("place_id"),
        function="nuserus_consent_holds",
        output_field=BooleanField(),
    )
    rows = Participant.objects.filter(place__in=places).select_related("place__institution").annotate(agrees=agrees)
    found = list(can_read_participant.filter(rows, asking).order_by("pseudonym", "pk"))
    said: dict[UUID, Consent] = {}
    consents = Consent.objects.filter(object_id__in=[one.pk for one in found], purpose=Purpose.TAKE_PART)
    for consent in can_read_consent.filter(consents, asking).order_by("since"):
        # of several voices, the one that says no is told
        if consent.object_id not in said or consent.state != State.GIVEN:
            said[consent.object_id] = consent
    return [_known(one, said.get(one.pk)) for one in found]


def _known(one: Participant, consent: Consent | None) -> Known:
    holds = bool(getattr(one, "agrees", False)) and one.left_at is None
    return Known(one, holds, consent.state if consent else "", consent.since if consent else None)

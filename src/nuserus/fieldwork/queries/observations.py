"""Observations as the person may know them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from nuserus.fieldwork.enums import ObservationState
from nuserus.fieldwork.models import Observation, Presence, Saying, Visit
from nuserus.fieldwork.rules import can_change_observation, can_read_observation, can_read_presence, can_read_saying
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Participant
from nuserus.studies.rules import can_read_participant


def observations_visible_to(asking: Asking) -> QuerySet[Observation]:
    """What the person writes, and what is finished in their places; put aside, for those named for the place alone."""
    rows = Observation.objects.select_related("study", "place__institution", "visit")
    return can_read_observation.filter(rows, asking).filter(Q(withheld_at=None) | Q(place__in=asking.missions))


def observation_for(asking: Asking, observation_id: UUID) -> Observation:
    """One, with who was there and what they said. Raises Unreadable."""
    people = can_read_participant.filter(Participant.objects.all(), asking)
    shown = Q(withheld_at=None) | Q(observation__place__in=asking.missions)
    sayings = can_read_saying.filter(Saying.objects.filter(shown).order_by("position"), asking)
    presences = can_read_presence.filter(Presence.objects.all(), asking)
    found = (
        observations_visible_to(asking)
        .filter(pk=observation_id)
        .prefetch_related(
            Prefetch("sayings", queryset=sayings.prefetch_related(Prefetch("participant", queryset=people))),
            Prefetch("presences", queryset=presences.prefetch_related(Prefetch("participant", queryset=people))),
        )
        .first()
    )
    if found is None:
        raise Unreadable
    return found


def own_observation(asking: Asking, observation_id: UUID) -> Observation:
    """One that the person may write. Raises Unreadable, PermissionDenied."""
    found = observation_for(asking, observation_id)
    can_change_observation.require(asking, found)
    return found


def observations_of(asking: Asking, visit: Visit) -> QuerySet[Observation]:
    """Those of a visit that the person may read, in order."""
    return observations_visible_to(asking).filter(visit=visit).order_by("day", "begun_at", "pk")


def own_drafts(asking: Asking) -> QuerySet[Observation]:
    """What the person has begun and not finished, the last one first."""
    rows = observations_visible_to(asking).filter(scope_author=asking.user_id, state=ObservationState.DRAFT)
    return rows.order_by("-saved_at")


def own_to_reread(asking: Asking) -> QuerySet[Observation]:
    """What the person wrote and must read over, because somebody withdrew."""
    rows = observations_visible_to(asking).filter(scope_author=asking.user_id, flagged_at__isnull=False)
    return rows.order_by("flagged_at")

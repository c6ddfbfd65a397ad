"""Missions: naming people on something restricted, through the functions of the database."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from nuserus.foundation.models.base import new_id
from nuserus.foundation.models.missions import MissionHolder


def open_mission(mission_id: UUID) -> None:
    """Open a mission and hold it. Raises ProgrammingError when somebody holds it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_open_mission(%s, %s)", [mission_id, new_id()])


def grant_mission(mission_id: UUID, holder_id: UUID) -> None:
    """Name a person on a mission that the person who asks holds; twice is once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_grant_mission(%s, %s, %s)", [mission_id, holder_id, new_id()])


def revoke_mission(mission_id: UUID, holder_id: UUID) -> None:
    """Take a person off a mission that the person who asks holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_revoke_mission(%s, %s)", [mission_id, holder_id])


def holders(mission_id: UUID) -> set[UUID]:
    """Who is named on a mission, as far as the person who asks may know."""
    rows = MissionHolder.objects.filter(mission_id=mission_id).values_list("holder_id", flat=True)
    return set(rows)

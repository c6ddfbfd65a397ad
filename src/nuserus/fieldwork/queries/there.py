"""Who was there, of a fiche that was taken up as an observation."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from nuserus.instruments.registry import PersonThere


def people_of_fiche(submission: UUID) -> set[PersonThere]:
    """Those of its observation, whoever asks: for the line that a download leaves, never to be shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, place FROM fieldwork_people(%s)", [submission])
        return {PersonThere(*found) for found in cursor.fetchall()}

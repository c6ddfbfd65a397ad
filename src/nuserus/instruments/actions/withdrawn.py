"""Fiches about people who withdrew while the fiche was on its way."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from nuserus.instruments.actions.emptying import OF_A_PERSON
from nuserus.instruments.registry import Candidate, Hold
from nuserus.instruments.standard.people import named_in

# What a person may count again after reading it; a fiche that names somebody who withdrew is not.
OF_THE_PLACE = "withdrawn_place"
MOST_NAMES = 200


def hold_withdrawn(candidate: Candidate) -> Hold | None:
    """Put aside a fiche that names somebody who withdrew, or an old one of a place where somebody was erased.

    The grid names people in questions called `participant` or `participants`, by pseudonym or number.
    """
    names = sorted(set(named_in(candidate.content)))[:MOST_NAMES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT instruments_withdrawn(%s, %s::text[], %s::text[], %s)",
            [candidate.instrument_id, names, [name.lower() for name in names], candidate.filled_at],
        )
        (found,) = cursor.fetchone()
    if found == "person":
        words = _("Une personne nommée dans cette fiche s’est retirée. Personne ne s’en sert.")
        return Hold(OF_A_PERSON, words)
    if found == "place":
        words = _(
            "Quelqu’un de ce lieu a tout fait effacer après le jour de cette fiche, qui ne nomme personne. "
            "Il faut la relire et en enlever ce qui vient de cette personne."
        )
        return Hold(OF_THE_PLACE, words)
    return None


def forgotten_people() -> list[UUID]:
    """Numbers of the people who withdrew in the studies and places of who asks: a device forgets what names them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM instruments_forgotten()")
        return [row[0] for row in cursor.fetchall()]

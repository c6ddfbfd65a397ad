"""Fiches about people who withdrew while the fiche was on its way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from nuserus.instruments.registry import Candidate, Hold

# What a person may count again after reading it; a fiche that names somebody who withdrew is not.
OF_THE_PLACE = "withdrawn_place"
OF_A_PERSON = "withdrawn_person"
_FIELDS = frozenset({"participant", "participants"})
_APART = re.compile(r"[,;\n]")
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


def named_in(content: Any) -> Iterator[str]:
    """Everything that may be a name in the questions that name people, as it was written.

    >>> list(named_in({"qui": {"participants": "Nour, Lou"}, "participant": ["P1"]}))
    ['Nour', 'Lou', 'P1']
    """
    if isinstance(content, list):
        for one in content:
            yield from named_in(one)
    elif isinstance(content, dict):
        for key, value in content.items():
            if key in _FIELDS and not isinstance(value, dict):
                yield from _names(value)
            else:
                yield from named_in(value)


def parts_named_in(content: Any) -> list[str]:
    """The names alone, as they were put apart by commas, not the words that they are made of."""
    names = list(named_in(content))
    return [name for name in names if not any(name != other and name in other.split() for other in names)]


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        parts = [part.strip() for part in _APART.split(str(one))]
        words = [word for part in parts for word in part.split() if word != part]
        yield from (name for name in (*parts, *words) if name)

"""Notices in words, and only in those that the recipient may still read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nuserus.notifications.models import Notice
from nuserus.notifications.registry import notice_kind


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as it is shown: a sentence, and where it leads ("" where the object is out of reach)."""

    id: UUID
    kind: str
    label: str
    sentence: str
    address: str
    happened_at: datetime
    unread: bool


def told(notices: Iterable[Notice]) -> list[Told]:
    """The notices in words, in their order, acting as their recipient; one query per kind at most.

    A notice about an object that the recipient may not read now says its kind and nothing more, without
    a link. One of a kind that can't tell is as short, but leads there: the page decides.
    """
    rows = list(notices)
    reach = _within_reach(rows)
    return [_one(row, reach.get(row.kind)) for row in rows]


def _within_reach(rows: list[Notice]) -> dict[str, frozenset[UUID]]:
    """For each kind that can tell, the objects that may be read."""
    about: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.about is not None:
            about[row.kind].add(row.about)
    reach = {}
    for key, objects in about.items():
        kind = notice_kind(key)
        if kind is not None and kind.readable is not None:
            reach[key] = frozenset(kind.readable(objects))
    return reach


def _one(row: Notice, within_reach: frozenset[UUID] | None) -> Told:
    kind = notice_kind(row.kind)
    label = capfirst(str(kind.label)) if kind else _("Un avis")
    if kind is None or (row.about is not None and within_reach is not None and row.about not in within_reach):
        sentence, address = _("%(label)s (ce n’est plus ouvert pour vous)") % {"label": label}, ""
    elif row.about is not None and within_reach is None:
        sentence, address = label, row.address
    else:
        sentence, address = kind.sentence(row.details), row.address
    return Told(row.pk, row.kind, label, sentence, address, row.happened_at, row.read_at is None)

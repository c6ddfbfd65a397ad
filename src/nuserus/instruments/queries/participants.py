"""The list of people that a form asks of: who of a study agrees to take part, by pseudonym, for one asker."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value

from nuserus.consent.enums import Purpose
from nuserus.foundation.asking import Asking
from nuserus.foundation.files.cells import cell
from nuserus.instruments.models import Instrument, InstrumentVersion
from nuserus.instruments.registry import PersonThere
from nuserus.instruments.standard.people import PEOPLE_FILE, is_number, named_in
from nuserus.studies.models import Participant
from nuserus.studies.rules import can_read_participant

MOST_LISTED: Final = 2000


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The file beside a form: its name, its bytes, who is on it."""

    name: str
    content: bytes
    people: frozenset[PersonThere]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def people_list_for(asking: Asking, instrument: Instrument) -> PeopleList:
    """Who may be said to have been there: pseudonyms that this person may read today, of people who agree.

    Empty without a study, and for who is on the mission of none of its places. Numbers and pseudonyms, nothing else.
    """
    rows = _listed(asking, [instrument.study_id] if instrument.study_id else [])
    return _written(rows)


def people_lists_for(asking: Asking, versions: Iterable[InstrumentVersion]) -> dict[UUID, PeopleList]:
    """The same for several versions, by their id, in one query; those that ask for no list are not in it."""
    asked = [version for version in versions if version.lists_people]
    studies = {version.instrument.study_id for version in asked if version.instrument.study_id}
    rows = list(_listed(asking, studies))
    return {
        version.pk: _written(row for row in rows if row.study_id == version.instrument.study_id) for version in asked
    }


def pseudonyms_named(asking: Asking, content: Any) -> dict[str, str]:
    """The people that an answer names by number, by that number: their pseudonym when the asker may read it."""
    numbers = {name.lower() for name in named_in(content) if is_number(name)}
    rows = can_read_participant.filter(Participant.objects.filter(pk__in=numbers), asking) if numbers else ()
    return {str(row.pk): str(row) for row in rows}


def _listed(asking: Asking, studies: Iterable[UUID]) -> QuerySet[Participant]:
    agrees = Func(
        F("id"),
        Value(Purpose.TAKE_PART.value),
        F("place_id"),
        function="nuserus_consent_holds",
        output_field=BooleanField(),
    )
    # who wrote them down and left the place makes no list of its people any more
    rows = Participant.objects.filter(study__in=list(studies), place__in=asking.missions, left_at=None)
    rows = rows.alias(agrees=agrees).filter(agrees=True)
    return can_read_participant.filter(rows, asking).order_by("pseudonym", "pk")[:MOST_LISTED]


def _written(found: Iterable[Participant]) -> PeopleList:
    rows = list(found)
    target = io.StringIO()
    lines = csv.writer(target, lineterminator="\n")
    lines.writerow(["name", "label"])
    lines.writerows([str(row.pk), cell(row)] for row in rows)
    people = frozenset(PersonThere(row.pk, row.place_id) for row in rows)
    return PeopleList(PEOPLE_FILE, target.getvalue().encode(), people)

"""The tables of names and who keeps them, as the person who asks may know them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from nuserus.corpus.enums import DetailKind
from nuserus.corpus.models import KeyEntry, KeyHolder
from nuserus.corpus.queries.sealing import NoKey, WrongKey, unseal
from nuserus.corpus.rules import can_open_key, can_read_key_holder
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account
from nuserus.studies.enums import READING_MATERIALS, SeatState
from nuserus.studies.models import Participation, Study, StudyPlace
from nuserus.studies.queries.circles import places_of
from nuserus.studies.queries.materials import scope_of_material


@dataclass(frozen=True, slots=True)
class Line:
    """A pseudonym and the real words; None where this server's key is not the one that sealed them."""

    pseudonym: str
    kind: str
    words: str | None
    participant: bool


def place_of_materials(asking: Asking, place_id: UUID) -> StudyPlace:
    """A place whose materials the person reads. Raises Unreadable."""
    place = StudyPlace.objects.select_related("study", "institution").filter(pk=place_id).first()
    if place is None or place.pk not in asking.missions:
        raise Unreadable
    return place


def may_open(asking: Asking, place: StudyPlace) -> bool:
    """Whether the person may open the table of names of a place."""
    scope = scope_of_material(place, author=asking.user_id)
    return can_open_key.allows(asking, KeyEntry(study_id=place.study_id, **scope))


def lines_of(asking: Asking, place: StudyPlace) -> list[Line]:
    """The table of names of a place. Raises nothing for what this server can't open: the line says it."""
    rows = can_open_key.filter(KeyEntry.objects.filter(scope_mission=place.pk, study=place.study_id), asking)
    return [
        Line(row.pseudonym, str(DetailKind(row.kind).label), _words(row), row.participant_id is not None)
        for row in rows.order_by("pseudonym", "id")
    ]


def _words(row: KeyEntry) -> str | None:
    try:
        return unseal(row.sealed, row.pk)
    except (NoKey, WrongKey):
        return None


def places_to_keep(asking: Asking, study: Study) -> list[StudyPlace]:
    """The places of a study whose materials the person reads."""
    return [place for place in places_of(asking, study) if place.pk in asking.missions]


def holders_of(asking: Asking, study: Study) -> list[tuple[KeyHolder, str]]:
    """Who is named, with their name."""
    rows = list(can_read_key_holder.filter(KeyHolder.objects.filter(study=study, ended_at=None), asking))
    names = {one.pk: one.shown_name for one in Account.objects.filter(pk__in=[row.account_id for row in rows])}
    return sorted(((row, names.get(row.account_id, "")) for row in rows), key=lambda found: found[1].casefold())


def people_who_may_keep(asking: Asking, study: Study) -> list[Account]:
    """The people of the team who read materials, in the order of their names."""
    seats = Participation.objects.filter(study=study, part__in=READING_MATERIALS, state=SeatState.ACCEPTED)
    accounts = Account.objects.filter(pk__in=seats.exclude(account=None).values("account")).distinct()
    return sorted(accounts, key=lambda one: one.shown_name.casefold())


def readable_holder(asking: Asking, holder_id: UUID) -> KeyHolder:
    """Somebody who is named. Raises Unreadable."""
    found = KeyHolder.objects.select_related("study").filter(pk=holder_id).first()
    if found is None:
        raise Unreadable
    can_read_key_holder.require(asking, found)
    return found

"""The floor and the terms are asked the same question of every kind of row and person."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from nuserus.foundation.asking import ANONYMOUS, Asking
from nuserus.foundation.asking.scope import acting_as
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import readable
from tests.foundation.probe import Probe, probe_table

pytestmark = pytest.mark.usefixtures("database")

PEOPLE = [uuid.UUID(int=n) for n in (1, 2)]
PLACES = [uuid.UUID(int=n) for n in (11, 12)]
GROUPS = [uuid.UUID(int=n) for n in (21, 22)]
MISSIONS = [uuid.UUID(int=n) for n in (31, 32)]


@pytest.fixture(scope="module")
def rows(migrated: object, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Probe]]:
    """Every combination of level and scope, in a table under the common policies."""
    combinations = itertools.product(
        Level.values, [None, PLACES[0]], [None, GROUPS[0]], [None, PEOPLE[0]], [None, MISSIONS[0]]
    )
    with django_db_blocker.unblock(), probe_table():
        made = [
            Probe(
                scope_level=level,
                scope_institution=place,
                scope_group=group,
                scope_author=person,
                scope_mission=mission,
            )
            for level, place, group, person, mission in combinations
        ]
        Probe.objects.using("owner").bulk_create(made)
        yield made


def _say(asking: Asking) -> None:
    """Tell the open transaction an invented standing."""
    values = {
        "asked": "yes",
        "user": str(asking.user_id or ""),
        "institutions": _array(asking.institutions),
        "managed": _array(asking.managed),
        "groups": _array(asking.groups),
        "missions": _array(asking.missions),
        "verified": "yes" if asking.verified else "",
    }
    with connections["default"].cursor() as cursor:
        for name, value in values.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"nuserus.{name}", value])


def _array(ids: frozenset[uuid.UUID]) -> str:
    return "{" + ",".join(str(each) for each in ids) + "}" if ids else ""


def _some(values: list[uuid.UUID]) -> st.SearchStrategy[frozenset[uuid.UUID]]:
    return st.frozensets(st.sampled_from(values))


askings = st.one_of(
    st.just(ANONYMOUS),
    st.builds(
        Asking,
        user_id=st.sampled_from(PEOPLE),
        institutions=_some(PLACES),
        managed=_some(PLACES),
        groups=_some(GROUPS),
        missions=_some(MISSIONS),
        verified=st.booleans(),
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asking=askings)
def test_floor_query_and_predicate_read_the_same_rows(rows: list[Probe], asking: Asking) -> None:
    by_predicate = {row.pk for row in rows if readable.allows(asking, row)}
    by_query = set(Probe.objects.using("owner").filter(readable.as_q(asking)).values_list("pk", flat=True))
    with transaction.atomic():
        _say(asking)
        by_floor = set(Probe.objects.values_list("pk", flat=True))
    assert by_floor == by_predicate == by_query


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asking=askings, position=st.integers(0, 79))
def test_floor_writes_only_what_one_answers_for(rows: list[Probe], asking: Asking, position: int) -> None:
    row = rows[position]
    answers_for = asking.user_id is not None and (
        row.scope_author == asking.user_id
        or row.scope_mission in asking.missions
        or row.scope_institution in asking.managed
        or (row.scope_level == Level.GROUP and row.scope_group in asking.groups)
    )
    may_read = readable.allows(asking, row)
    assert _changes(asking, row) == (answers_for and may_read)
    assert _inserts(asking, row) == answers_for


def _changes(asking: Asking, row: Probe) -> bool:
    with transaction.atomic():
        _say(asking)
        changed = Probe.objects.filter(pk=row.pk).update(scope_level=row.scope_level)
        deleted, _details = Probe.objects.filter(pk=row.pk).delete()
        transaction.set_rollback(True)
    assert changed == deleted
    return changed == 1


def _inserts(asking: Asking, row: Probe) -> bool:
    copy = Probe(
        scope_level=row.scope_level,
        scope_institution=row.scope_institution,
        scope_group=row.scope_group,
        scope_author=row.scope_author,
        scope_mission=row.scope_mission,
    )
    try:
        with transaction.atomic():
            _say(asking)
            copy.save(force_insert=True)
            transaction.set_rollback(True)
    except ProgrammingError as refused:
        assert "row-level security" in str(refused)
        return False
    return True


def test_nobody_said_who_asks_reads_nothing(rows: list[Probe]) -> None:
    assert Probe.objects.count() == 0
    with transaction.atomic():
        assert Probe.objects.count() == 0


def test_said_standing_does_not_outlive_its_transaction(rows: list[Probe]) -> None:
    with acting_as(PEOPLE[0]):
        assert Probe.objects.exists()
    assert not Probe.objects.exists()


def test_nested_asking_restores_what_was_before(rows: list[Probe]) -> None:
    with acting_as(PEOPLE[0]):
        own = Probe.objects.count()
        with acting_as(None):
            public = Probe.objects.count()
        assert Probe.objects.count() == own
        with pytest.raises(RuntimeError), acting_as(None):
            raise RuntimeError
        assert Probe.objects.count() == own
    assert own > public > 0


def test_app_role_cannot_become_another(rows: list[Probe]) -> None:
    for role in ("nuserus_owner", "nuserus_system", "nuserus_superuser"):
        with pytest.raises(ProgrammingError), connections["default"].cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")


@pytest.mark.parametrize(
    "statement", ["ALTER TABLE probe DISABLE ROW LEVEL SECURITY", "DROP POLICY floor_read ON probe"]
)
def test_app_role_cannot_lift_the_floor(rows: list[Probe], statement: str) -> None:
    with pytest.raises(ProgrammingError), connections["default"].cursor() as cursor:
        cursor.execute(statement)


def test_planted_table_without_floor_shows_everything(migrated: object) -> None:
    """The guard can fail: the same question, asked of a table nobody put under the floor."""
    try:
        with connections["owner"].cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id uuid PRIMARY KEY, scope_level varchar(12) NOT NULL)")
            cursor.execute("INSERT INTO bare VALUES (gen_random_uuid(), 'restricted')")
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM bare")
            assert cursor.fetchone() == (1,)
        from tests.foundation.test_floor_is_complete import tables_without_floor

        assert tables_without_floor() == ["bare"]
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP TABLE bare")


def test_same_mission_is_opened_once(database: None) -> None:
    from nuserus.foundation.missions import grant_mission, holders, open_mission, revoke_mission

    mission = uuid.uuid4()
    with acting_as(PEOPLE[0]):
        open_mission(mission)
        grant_mission(mission, PEOPLE[1])
        grant_mission(mission, PEOPLE[1])
        assert holders(mission) == set(PEOPLE)
    stranger = uuid.uuid4()
    for attempt in (open_mission, lambda m: grant_mission(m, stranger), lambda m: revoke_mission(m, PEOPLE[0])):
        with pytest.raises(ProgrammingError), acting_as(stranger):
            attempt(mission)
    with acting_as(PEOPLE[1]) as asking:
        assert mission in asking.missions
        revoke_mission(mission, PEOPLE[0])
    with acting_as(PEOPLE[0]) as asking:
        assert mission not in asking.missions
        assert holders(mission) == set()


def test_mission_table_is_written_by_its_functions_only(database: None) -> None:
    from nuserus.foundation.models import MissionHolder

    with pytest.raises((ProgrammingError, IntegrityError)), acting_as(PEOPLE[0]):
        MissionHolder.objects.create(mission_id=uuid.uuid4(), holder_id=PEOPLE[0])

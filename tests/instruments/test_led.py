"""The second wall of grids: what the rules refuse, the database refuses."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import ProgrammingError

from nuserus.foundation.asking import acting_as
from nuserus.instruments.actions.instruments import Belonging, start_instrument
from nuserus.instruments.actions.remarks import add_remark
from nuserus.instruments.enums import InstrumentKind, RemarkState
from nuserus.instruments.models import Instrument, InstrumentVersion, Remark
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from tests.factories.instruments import workbook_of
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study, seat_in

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def grid() -> InstrumentVersion:
    """A grid of a study, not published."""
    study = make_study()
    with acting_as(lead_of(study).pk) as asking:
        return start_instrument(
            actor=asking,
            where=Belonging(study=study),
            kind=InstrumentKind.GRID,
            title="La grille",
            workbook=workbook_of(),
        )


@pytest.fixture
def member(grid: InstrumentVersion) -> Account:
    """Somebody of the steering committee: reads the grid and speaks of it."""
    account = make_account(name="Du comité")
    assert grid.instrument.study is not None
    seat_in(circle_of(grid.instrument.study, GroupKind.COMMITTEE), account, Part.COMMITTEE)
    return account


def _title(who: UUID, pk: UUID, title: str) -> int:
    with acting_as(who):
        return Instrument.objects.filter(pk=pk).update(title=title)


def test_groups_of_a_study_read_its_grids_and_who_conducts_it_writes_them(
    grid: InstrumentVersion, member: Account
) -> None:
    with acting_as(member.pk):
        assert Instrument.objects.filter(pk=grid.instrument_id).exists()
    assert _title(member.pk, grid.instrument_id, "Une autre") == 0
    assert grid.instrument.study is not None
    assert _title(lead_of(grid.instrument.study).pk, grid.instrument_id, "Une autre") == 1
    for row in (grid.instrument, grid):
        row.pk = UUID(int=7)
        with pytest.raises(ProgrammingError, match="row-level security"), acting_as(member.pk):
            row.save(force_insert=True)


def test_a_member_makes_a_remark_and_does_not_decide_it(grid: InstrumentVersion, member: Account) -> None:
    with acting_as(member.pk) as asking:
        remark = add_remark(actor=asking, version=grid, question="lieu", comment="Dire où.", wording="Où ?")
    with acting_as(member.pk):
        assert Remark.objects.filter(pk=remark.pk).update(state=RemarkState.TAKEN) == 0
    assert grid.instrument.study is not None
    with acting_as(lead_of(grid.instrument.study).pk):
        assert Remark.objects.filter(pk=remark.pk).update(state=RemarkState.TAKEN) == 1

"""The registers of the demonstration: read as real ones, a report, doubles to decide, and everything invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.directory.actions.imports.undoing import undo_import
from nuserus.directory.enums import DuplicateKind, ImportState
from nuserus.directory.models import DuplicateProposal, Import, Institution, Place
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from nuserus.portal.demonstration.registers import load_registers

pytestmark = pytest.mark.usefixtures("demonstration")
ClientAs = Callable[[Account | None], Client]


def _account(name: str) -> Account:
    with as_system("read test data", recorded=False):
        return Account.objects.get(email__startswith=f"{name}@")


def test_every_kind_of_reading_has_its_report(client_as: ClientAs) -> None:
    with as_system("read test data", recorded=False):
        runs = list(Import.objects.order_by("asked_at"))
    assert sorted(run.state for run in runs) == ["applied", "applied", "applied", "refused", "tried"]
    november = next(run for run in runs if run.state == ImportState.APPLIED and run.problem_count and run.register_date)
    assert november.counts["institution"].keys() >= {"created", "updated", "closed"}, november.counts
    client = client_as(_account("sophie.k"))
    assert "Lire un fichier" in client.get(reverse("directory:imports")).content.decode()
    page = client.get(reverse("directory:import", args=[november.pk])).content.decode()
    assert "Lignes signalées" in page and "CORDERIE" in page.upper()
    assert "xemple fictif" in page


def test_two_doubles_wait_and_compare(client_as: ClientAs) -> None:
    with as_system("read test data", recorded=False):
        waiting = list(DuplicateProposal.objects.filter(status="waiting"))
    assert {one.kind for one in waiting} == {DuplicateKind.INSTITUTIONS, DuplicateKind.PLACE_OF_INSTITUTION}
    client = client_as(_account("rosa.p"))
    assert "Cadran" in client.get(reverse("directory:duplicates")).content.decode()
    for one in waiting:
        assert "Est-ce le même lieu" in client.get(reverse("directory:duplicate", args=[one.pk])).content.decode()


def test_what_the_registers_bring_says_that_it_is_invented(client_as: ClientAs) -> None:
    with as_system("read test data", recorded=False):
        read = list(Institution.objects.exclude(finess=None))
        places = list(Place.objects.filter(source="mediation-numerique"))
    assert len(read) == 7 and len(places) >= 3 and all(one.is_fictitious for one in [*read, *places])
    home = next(one for one in read if one.is_private_home)
    assert (home.street, home.phone) == ("", "")
    page = client_as(None).get(read[0].get_absolute_url()).content.decode()
    assert "xemple fictif" in page


def test_read_again_nothing_changes_and_the_last_one_can_be_undone() -> None:
    with as_system("read test data", recorded=False):
        before = Import.objects.count()
    load_registers()
    with as_system("read test data", recorded=False):
        assert Import.objects.count() == before
        last = Import.objects.filter(state=ImportState.APPLIED, source="finess-classic").latest("asked_at")
    undone = undo_import(last.pk, rest=0)
    assert undone is not None and undone.state == ImportState.UNDONE and undone.left == []

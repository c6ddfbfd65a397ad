"""Each register in its exact format, from the file to the directory."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nuserus.directory.actions.imports.asking import Options, note_run
from nuserus.directory.actions.imports.running import run_import
from nuserus.directory.enums import PRIVATE_HOMES, ImportSource, ImportState, OnProblem, Precision
from nuserus.directory.models import Import, Institution, Place, Service

pytestmark = pytest.mark.usefixtures("database")
FILES = Path(__file__).parent / "files"


def read(name: str, source: ImportSource, **options: Any) -> Import:
    run = note_run(source=source, path=FILES / name, options=Options(on_problem=OnProblem.KEEP_VALID, **options))
    done = run_import(run.pk, path=FILES / name, rest=0)
    assert done is not None
    assert (done.state, done.refusal) == (ImportState.APPLIED, "")
    return done


def test_the_new_file_of_finess_fills_the_directory() -> None:
    run = read("finess-structures.json", ImportSource.FINESS_JSON)
    places = {place.finess: place for place in Institution.objects.using("system").select_related("category")}
    assert run.counts["institution"]["created"] == len(places) == 14
    assert places["010000024"].register_date == date(2026, 9, 5)
    homes = [place for place in places.values() if place.category and place.category.code in PRIVATE_HOMES]
    assert len(homes) == 2
    for home in homes:
        assert home.is_private_home
        assert (home.street, home.phone, home.contact_email) == ("", "", "")
        assert home.precision in {"", Precision.TOWN}
    again = read("finess-structures.json", ImportSource.FINESS_JSON)
    assert again.counts["institution"]["unchanged"] == 14


def test_data_inclusion_fills_places_and_their_services() -> None:
    read("data-inclusion-structures.csv", ImportSource.DATA_INCLUSION)
    read("data-inclusion-services.csv", ImportSource.DATA_INCLUSION)
    places = {place.source_id: place for place in Place.objects.using("system")}
    assert set(places) == {f"exemple--{number}" for number in (1, 2, 3, 4)}
    assert {service.place_id for service in Service.objects.using("system")} == {places["exemple--1"].pk}
    # the same in JSON changes nothing
    again = read("data-inclusion-structures.json", ImportSource.DATA_INCLUSION)
    assert again.counts["place"]["unchanged"] == 4


def test_digital_mediation_fills_places() -> None:
    read("mediation-numerique.csv", ImportSource.DIGITAL_MEDIATION)
    places = {place.source_id: place for place in Place.objects.using("system")}
    assert set(places) == {f"exemple_{number}" for number in (1, 2, 3, 4)}
    assert all(place.is_digital for place in places.values())
    again = read("mediation-numerique.json", ImportSource.DIGITAL_MEDIATION)
    assert again.counts["place"]["unchanged"] == 4

"""Places of digital mediation: the national schema, as CSV and JSON."""

from __future__ import annotations

from datetime import date

import pytest

from nuserus.directory.enums import Precision
from nuserus.directory.readers.mediation import NEEDED, read
from nuserus.directory.readers.records import PlaceRecord, Point
from tests.directory.readers.reading import read_bytes, read_file


@pytest.mark.parametrize(("suffix", "first"), [("csv", 2), ("json", 1)])
def test_places_are_read(suffix: str, first: int) -> None:
    places, problems = read_file(read, f"mediation-numerique.{suffix}")
    assert places[0] == PlaceRecord(
        line=first,
        source_id="exemple_1",
        name="Médiathèque des Genêts",
        town_name="Gap",
        commune="05061",
        department="05",
        description="Une médiathèque. Des ordinateurs en libre accès.",
        siret="12345678900011",
        street="2 rue des Genêts",
        post_code="05000",
        point=Point(latitude=44.559, longitude=6.0793, precision=Precision.STREET),
        phone="04 92 00 00 01",
        email="contact@genets.example",
        website="https://genets.example",
        opening_hours="Tu-Fr 10:00-18:00; Sa 10:00-17:00; PH off",
        access_note="Surdité",
        kind="BIB",
        networks=("Conseillers numériques", "France Services", "Aidants Connect"),
        needs=("Utilisation sécurisée du numérique", "Aide aux démarches administratives"),
        is_digital=True,
        updated_on=date(2026, 2, 1),
    )
    quarter, swapped, at_sea = places[1:]
    assert (quarter.siret, quarter.department, quarter.phone) == ("", "974", "02 62 00 00 02")
    assert quarter.point == Point(latitude=-21.2766, longitude=55.5174, precision=Precision.STREET)
    assert swapped.point == places[0].point
    assert swapped.updated_on == date(2026, 2, 1)
    assert at_sea.point is None
    told = {(problem.line - first + 1, problem.key): problem.sentence for problem in problems}
    assert "OpenStreetMap" in told[2, "exemple_2"]
    assert "hors du département 05" in told[4, "exemple_4"]
    assert "nom, pivot" in told[5, "exemple_5"]
    assert "date" in told[6, "exemple_6"]
    assert len(told) == len(problems) == 4


def test_columns_that_are_needed_are_asked_for() -> None:
    places, problems = read_bytes(read, b"id,nom,commune\n1,2,3\n")
    assert places == []
    assert problems[0].fatal
    for name in set(NEEDED) - {"id", "nom", "commune"}:
        assert name in problems[0].sentence


@pytest.mark.parametrize(("code", "department"), [("05000", "05"), ("97400", "974"), ("20000", ""), ("97150", "971")])
def test_without_the_code_of_the_town_the_post_code_tells_the_department(code: str, department: str) -> None:
    header = ",".join([*NEEDED, "latitude", "longitude"])
    row = f"1,Un lieu,12345678900011,Une ville,{code},1 rue Basse,2026-01-01,45.0,6.0"
    places, problems = read_bytes(read, f"{header}\n{row}\n".encode())
    assert (places[0].department, places[0].commune) == (department, "")
    # a post code may be that of the next department: it refuses no point
    assert places[0].point is not None
    assert problems == []


def test_addresses_on_the_web_that_could_harm_are_left() -> None:
    header = ",".join([*NEEDED, "site_web", "presentation_resume"])
    row = '1,<b>Un lieu</b>,12345678900011,Gap,05000,1 rue Basse,2026-01-01,javascript:alert(1)|//x,"<script>a</script> b"'
    places, _problems = read_bytes(read, f"{header}\n{row}\n".encode())
    assert places[0].website in {"", "https:////x"}
    assert places[0].description == "a b"

"""data·inclusion: structures and services, as CSV and JSON, held to the published models."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.enums import Precision
from nuserus.directory.readers.data_inclusion import read_services, read_structures
from nuserus.directory.readers.records import PlaceRecord, Point, ServiceRecord
from tests.directory.readers.reading import FILES, read_bytes, read_file


@pytest.mark.parametrize(("suffix", "first"), [("json", 1), ("csv", 2)])
def test_structures_become_places(suffix: str, first: int) -> None:
    places, problems = read_file(read_structures, f"data-inclusion-structures.{suffix}")
    assert [place.source_id for place in places] == [f"exemple--{number}" for number in (1, 2, 3, 4)]
    assert places[0] == PlaceRecord(
        line=first,
        source_id="exemple--1",
        name="Centre social Le Tournesol",
        town_name="Bourg-en-Bresse",
        commune="01053",
        department="01",
        description="Accueil, café et coup de main pour les papiers.",
        siret="12345678900011",
        street="3 rue des Lilas, Bâtiment B",
        post_code="01000",
        point=Point(latitude=46.2052, longitude=5.2251, precision=Precision.STREET),
        phone="04 74 00 00 01",
        email="accueil@tournesol.example",
        website="https://tournesol.example/",
        opening_hours="Mo-Fr 09:00-12:00,14:00-17:00; PH off",
        access_note="https://acceslibre.beta.gouv.fr/app/01-bourg/a/tournesol/erp/tournesol/",
        networks=("ccas-cias", "espaces-publics-numeriques"),
        is_digital=True,
        updated_on=date(2026, 3, 14),
    )
    told = {(problem.line - first + 1, problem.key): problem.sentence for problem in problems}
    assert not any(problem.fatal for problem in problems)
    # swapped degrees are put right, hours that are no hours are left, the place stays
    assert places[1].point == Point(latitude=45.7595, longitude=5.6881, precision=Precision.STREET)
    assert places[1].opening_hours == ""
    assert "OpenStreetMap" in told[2, "exemple--2"]
    assert places[2].point is None
    assert "hors du département 01" in told[3, "exemple--3"]
    assert (places[3].siret, places[3].email, places[3].networks) == ("", "", ("mission-locale",))
    assert "siret, courriel, reseaux_porteurs" in told[4, "exemple--4"]
    # what is needed is missing: the row is not kept
    assert "nom" in told[5, "exemple--5"]
    assert "date_maj" in told[6, "exemple--6"]
    assert "pas de ville" in told[7, "exemple--7"]


@pytest.mark.parametrize(("suffix", "first"), [("json", 1), ("csv", 2)])
def test_services_know_their_structure(suffix: str, first: int) -> None:
    services, problems = read_file(read_services, f"data-inclusion-services.{suffix}")
    assert services[0] == ServiceRecord(
        line=first,
        source_id="exemple--s1",
        place_id="exemple--1",
        name="Atelier numérique",
        description="Apprendre à envoyer un courriel et à protéger ses mots de passe.",
        kind="atelier",
        themes=(
            "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
            "numerique--acceder-a-une-connexion-internet",
        ),
        publics=("tous-publics",),
        conditions="Sur inscription",
        fees="Gratuit : Adhésion de 5 € par an",
        reception=("en-presentiel",),
        how_to_come="Se présenter, Téléphoner. Demander Claude à l’accueil.",
        opening_hours="Tu 14:00-16:00",
        phone="04 74 00 00 01",
        email="accueil@tournesol.example",
        link="https://tournesol.example/atelier",
        updated_on=date(2026, 3, 14),
    )
    assert (services[1].source_id, services[1].publics) == ("exemple--s2", ())
    assert [(problem.line - first + 1, problem.key) for problem in problems] == [(2, "exemple--s2"), (3, "exemple--s3")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "written", ['"[""ccas-cias"", ""caf""]"', "ccas-cias|caf", '"{ccas-cias,caf}"', '"ccas-cias,caf"']
)
def test_separators_and_lists_are_read_however_they_are_written(separator: str, written: str) -> None:
    header = separator.join(["id", "source", "nom", "date_maj", "commune", "reseaux_porteurs"])
    row = separator.join(["a--1", "a", "Un lieu", "2026-01-01", "Gap", written])
    places, problems = read_bytes(read_structures, f"{header}\n{row}\n".encode())
    assert problems == []
    assert places[0].networks == ("caf", "ccas-cias")


@pytest.mark.parametrize(
    ("content", "line", "told", "fatal"),
    [
        (b"id|source\n1|2\n", 1, "nom, date_maj", True),
        (b"un titre\n\n", 1, "ne se d", True),
        (b"id,source,nom,date_maj,commune\na,b,Nom juste,2026-01-01\n", 2, "4 cases", False),
        (b'id,source,nom,date_maj,commune\na,b,"' + b"x" * 140_000, 2, "guillemet", True),
        (b'{"structures": {"id": "1"}}', 1, "un seul objet", True),
        (b'[{"id": "1"', 1, "avant sa fin", True),
        (b'["texte"]', 1, "pas un objet", False),
    ],
)
def test_bad_files_are_told(content: bytes, line: int, told: str, fatal: bool) -> None:
    places, problems = read_bytes(read_structures, content)
    assert places == []
    assert (problems[0].line, problems[0].fatal) == (line, fatal)
    assert told in problems[0].sentence


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    content = (
        "id,source,nom,date_maj,commune,description\n"
        'a--1,a,Un lieu,2026-01-01,Gap,"deux\nlignes"\n'
        "a--2,a,Un autre,2026-01-01,Gap\n"
        "a--3,a,Un troisième,2026-01-01,Gap,fin de la liste\n"
    )
    places, problems = read_bytes(read_structures, content.encode("cp1252"))
    assert [(place.line, place.description) for place in places] == [(2, "deux\nlignes"), (5, "fin de la liste")]
    assert [problem.line for problem in problems] == [4]


FIELDS = json.loads((FILES / "data-inclusion-structures.json").read_text(encoding="utf-8"))[0]


@given(
    st.dictionaries(
        st.sampled_from(sorted(FIELDS)),
        st.none() | st.text(max_size=20) | st.floats() | st.lists(st.text(max_size=5) | st.integers(), max_size=3),
        max_size=5,
    )
)
def test_no_value_breaks_the_reading(changed: dict[str, object]) -> None:
    content = json.dumps([{**FIELDS, **changed}], allow_nan=False, default=str) if _finite(changed) else "[1]"
    places, problems = read_bytes(read_structures, content.encode())
    assert places or problems
    for place in places:
        assert len(place.name) <= 250
        assert len(place.description) <= 10_000
        assert place.source_id
        dataclasses.asdict(place)


def _finite(values: dict[str, object]) -> bool:
    try:
        json.dumps(values, allow_nan=False)
    except ValueError:
        return False
    return True

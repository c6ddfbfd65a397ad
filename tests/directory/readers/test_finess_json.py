"""The new file of FINESS: each of its traps is a place of `files/finess-structures.json`."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.enums import PRIVATE_HOMES, LegalStatus, Precision
from nuserus.directory.readers.finess_json import generated_on, legal_status, read
from nuserus.directory.readers.opening import opened
from nuserus.directory.readers.records import InstitutionRecord, Problem
from tests.directory.readers.reading import FILES, read_bytes, read_file

WHOLE = (FILES / "finess-structures.json").read_bytes()


@pytest.fixture(scope="module")
def places() -> dict[str, InstitutionRecord]:
    return {record.finess: record for record in read_file(read, "finess-structures.json")[0]}


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return read_file(read, "finess-structures.json")[1]


def test_a_place_is_read_whole(places: dict[str, InstitutionRecord]) -> None:
    ime = places["010000024"]
    assert (ime.line, ime.name, ime.long_name) == (1, "IME DES LILAS", "INSTITUT MEDICO-EDUCATIF DES LILAS")
    assert (ime.category, ime.department, ime.commune, ime.town_name) == ("183", "01", "01053", "BOURG EN BRESSE")
    assert (ime.operator_finess, ime.operator_name) == ("010000115", "ASSOCIATION DES LILAS")
    assert ime.operator_status is LegalStatus.ASSOCIATION
    assert (ime.street, ime.post_code) == ("62 AVENUE DES LILAS", "01000")
    assert (ime.siret, ime.phone, ime.email) == ("12345678900011", "04 74 00 00 01", "accueil@lilas.example")
    assert (ime.opened_on, ime.closed_on) == (date(1979, 2, 13), None)
    assert ime.point is not None
    assert (ime.point.latitude, ime.point.longitude) == (46.222286, 5.209181)
    assert ime.point.precision == Precision.DOOR


def test_pairs_in_the_other_order_give_the_same_point(places: dict[str, InstitutionRecord]) -> None:
    assert places["010000032"].point == places["010000024"].point
    assert places["010000131"].point == places["010000024"].point  # with commas, alone


def test_the_address_is_where_the_place_is_not_the_first(places: dict[str, InstitutionRecord]) -> None:
    ehpad = places["010000040"]
    assert (ehpad.commune, ehpad.town_name, ehpad.street) == ("01053", "BOURG EN BRESSE", "1 PLACE DE LA MAIRIE")
    assert ehpad.point is not None
    assert ehpad.point.precision == Precision.STREET


def test_what_is_closed_or_inactive_is_not_given(places: dict[str, InstitutionRecord], problems: list[Problem]) -> None:
    closed = {"010000057", "010000065"}
    assert not closed & set(places)
    assert not closed & {problem.key for problem in problems}


def test_a_key_that_stops_at_the_town_says_so(places: dict[str, InstitutionRecord]) -> None:
    point = places["010000073"].point
    assert point is not None
    assert point.precision == Precision.TOWN
    assert places["010000081"].point is None


def test_a_private_home_comes_without_street_nor_telephone_nor_close_point(
    places: dict[str, InstitutionRecord],
) -> None:
    for finess in ("010000099", "010000107"):
        home = places[finess]
        assert home.category in PRIVATE_HOMES
        assert (home.street, home.phone, home.email) == ("", "", "")
    assert places["010000099"].point is None
    town = places["010000107"].point
    assert town is not None
    assert town.precision == Precision.TOWN


def test_codes_are_text_or_objects_and_keys_those_of_the_file_or_of_the_schema(
    places: dict[str, InstitutionRecord],
) -> None:
    residence = places["970400029"]
    assert (residence.category, residence.department, residence.operator_status) == ("202", "974", LegalStatus.PUBLIC)
    assert (residence.operator_finess, residence.operator_name) == ("970400011", "CCAS")
    assert places["2A0000014"].category == "255"
    assert places["970400037"].category == "183"


def test_overseas_metres_and_a_swapped_pair_of_degrees(places: dict[str, InstitutionRecord]) -> None:
    reunion, mayotte, ajaccio = (places[one].point for one in ("970400029", "980500011", "2A0000014"))
    assert reunion is not None and (reunion.latitude, reunion.longitude) == (-20.975711, 55.298207)
    assert mayotte is not None and (mayotte.latitude, mayotte.longitude) == (-12.779886, 45.228678)
    assert ajaccio is not None and (ajaccio.latitude, ajaccio.longitude) == (41.92, 8.74)


def test_each_bad_place_is_told_with_its_rank(places: dict[str, InstitutionRecord], problems: list[Problem]) -> None:
    told = {(problem.line, problem.key): problem.sentence for problem in problems if not problem.fatal}
    assert "hors du département 01" in told[10, "010000123"]
    assert "seul objet" in told[16, "010000214"]
    assert "Le numéro FINESS" in told[16, ""]
    assert "pas d’adresse géographique" in told[17, "010000230"]
    assert "seul objet" in told[18, "010000248"]
    assert "commune" in told[19, "010000255"]
    assert "pas de nom" in told[20, "010000263"]
    assert "catégorie manque" in told[21, "010000271"]
    assert "à zéro" in told[22, "010000289"]
    assert "n’est pas un objet" in told[23, ""]
    assert not [problem for problem in problems if problem.fatal]
    # a point that can't be leaves the place
    assert places["010000123"].point is None
    assert places["010000123"].siret == ""
    assert places["010000289"].phone == "04 74 00 00 09"
    assert places["010000289"].email == ""


def test_compressed_and_western_give_the_same(places: dict[str, InstitutionRecord]) -> None:
    western = WHOLE.decode().encode("cp1252", "xmlcharrefreplace")
    for content in (gzip.compress(WHOLE), b"\xef\xbb\xbf" + WHOLE, western):
        records, _problems = read_bytes(read, content)
        assert {record.finess: record for record in records} == places


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"pmej": {"informationsGeneralesPMEJ": {}}}', "un seul objet"),
        (b'{"pmej": []}', "est vide"),
        (b'{"etablissements": [1]}', "un autre fichier"),
        (b'{"pmej": [{"ege": [', "avant sa fin"),
        (b'{"pmej": [{"ege": nimporte}]}', "abîmé"),
        (b"finess;etalab;98;2026-05-12\n", "pas du JSON"),
    ],
)
def test_another_json_ends_with_one_fatal_sentence(content: bytes, told: str) -> None:
    records, problems = read_bytes(read, content)
    assert records == []
    assert [problem.fatal for problem in problems] == [True]
    assert told in problems[0].sentence


@given(st.integers(200, len(WHOLE) - 10))
def test_a_truncated_file_gives_what_comes_before_and_one_fatal_problem(length: int) -> None:
    records, problems = read_bytes(read, WHOLE[:length])
    assert problems[-1].fatal
    assert sum(problem.fatal for problem in problems) == 1
    known = {record.finess for record in read_bytes(read, WHOLE)[0]}
    assert {record.finess for record in records} <= known


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "ege",
                    "adresse",
                    "contact",
                    "telecom",
                    "informationsGeneralesEGE",
                    "numFinessEge",
                    "etatObjet",
                    "code",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4))
def test_no_shape_of_json_breaks_the_reading(items: list[object]) -> None:
    records, problems = read_bytes(read, json.dumps({"pmej": items}).encode())
    assert all(isinstance(record, InstitutionRecord) for record in records)
    assert all(problem.sentence for problem in problems)


def test_memory_stays_flat() -> None:
    body = json.loads(WHOLE)["pmej"][0]
    one = json.dumps(body).encode()
    content = gzip.compress(b'{"pmej": [' + b",".join([one] * 100) + b"]}", 1)
    tracemalloc.start()
    try:
        read_count = _count(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read_count == 100 * 9
    assert peak < 6_000_000


def _count(content: bytes) -> int:
    with opened(io.BytesIO(content)) as source:
        given_records: Iterator[object] = (one for one in read(source) if isinstance(one, InstitutionRecord))
        return sum(1 for _one in given_records)


def test_the_file_says_when_it_was_made() -> None:
    with opened(FILES / "finess-structures.json") as source:
        assert generated_on(source) == date(2026, 9, 5)
        assert sum(1 for _one in read(source)) > 10  # nothing was lost by looking
    with opened(io.BytesIO(b'{"pmej": []}')) as source:
        assert generated_on(source) is None


def test_who_a_legal_body_belongs_to() -> None:
    told = {code: legal_status(code) for code in ("17", "60", "62", "63", "47", "72", "95", "90", "", "x")}
    assert told == {
        "17": LegalStatus.PUBLIC,
        "60": LegalStatus.ASSOCIATION,
        "62": LegalStatus.ASSOCIATION,
        "63": None,
        "47": None,
        "72": LegalStatus.PRIVATE,
        "95": LegalStatus.PRIVATE,
        "90": None,
        "": None,
        "x": None,
    }

"""Points: what is in degrees, what is in metres, which number comes first, and what is impossible."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from nuserus.directory.enums import Precision
from nuserus.directory.readers.coordinates import (
    Given,
    ImpossiblePoint,
    Position,
    chosen,
    number,
    position,
    positions,
    precision_named,
    system_named,
)
from nuserus.directory.readers.territory import (
    BOXES,
    commune_code,
    commune_from_parts,
    department_code,
    department_of,
    holds,
)

SYSTEMS = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "975": 4467, "976": 4471}
TO_METRES = {system: Transformer.from_crs(4326, system, always_xy=True) for system in {2154, *SYSTEMS.values()}}
OF_THE_DIRECTORY = sorted(code for code in BOXES if not code.startswith("98"))


@st.composite
def places(draw: st.DrawFn) -> tuple[str, float, float]:
    """A department and a point in it."""
    department = draw(st.sampled_from(OF_THE_DIRECTORY))
    box = BOXES[department]
    latitude = draw(st.floats(box.south, box.north))
    longitude = draw(st.floats(box.west, box.east))
    return department, latitude, longitude


def near(found: object, latitude: float, longitude: float) -> bool:
    return (
        isinstance(found, Position)
        and abs(found.latitude - latitude) < 2e-6
        and abs(found.longitude - longitude) < 2e-6
    )


@given(places(), st.booleans(), st.booleans())
def test_metres_come_back_to_degrees(place: tuple[str, float, float], named: bool, swapped: bool) -> None:
    department, latitude, longitude = place
    system = SYSTEMS.get(department, 2154)
    x, y = TO_METRES[system].transform(longitude, latitude)
    # in Guyane both numbers have the same range: metres swapped there cannot be told
    pair = (f"{y:.3f}", f"{x:.3f}") if swapped and department != "973" else (f"{x:.3f}", f"{y:.3f}")
    assert near(position(Given(*pair, system if named else None, department)), latitude, longitude)


@given(places(), st.booleans(), st.booleans())
def test_degrees_are_read_in_either_order(place: tuple[str, float, float], swapped: bool, comma: bool) -> None:
    department, latitude, longitude = place
    pair = [f"{longitude:.7f}", f"{latitude:.7f}"]
    if swapped:
        pair.reverse()
    if comma:
        pair = [one.replace(".", ",") for one in pair]
    assert near(position(Given(pair[0], pair[1], None, department)), latitude, longitude)


@given(places(), st.permutations([0, 1]), st.booleans())
def test_of_two_pairs_in_any_order_the_point_is_the_same(
    place: tuple[str, float, float], order: list[int], spoilt: bool
) -> None:
    department, latitude, longitude = place
    x, y = TO_METRES[SYSTEMS.get(department, 2154)].transform(longitude, latitude)
    degrees = Given(f"{longitude:.7f}", f"{latitude:.7f}", None, department)
    metres = Given(f"{x:.3f}", f"{y:.3f}", None, department)
    # degrees that can't be leave the metres to tell
    pairs = [Given("179", "-60", None, department) if spoilt else degrees, metres]
    assert near(chosen([pairs[rank] for rank in order]), latitude, longitude)


@given(st.lists(places(), max_size=20))
@settings(max_examples=30)
def test_many_at_once_are_as_one_by_one(found: list[tuple[str, float, float]]) -> None:
    rows = []
    for department, latitude, longitude in found:
        x, y = TO_METRES[SYSTEMS.get(department, 2154)].transform(longitude, latitude)
        rows += [
            Given(f"{x:.2f}", f"{y:.2f}", None, department),
            Given(f"{y:.2f}", f"{x:.2f}", None, department),
            Given(str(longitude), str(latitude), None, department),
            Given("", "", None, department),
            Given("1", "2", 2154, department),
            Given("x", "2", None, department),
        ]
    for given_row, together in zip(rows, positions(rows), strict=True):
        try:
            alone: Position | None = position(given_row)
        except ImpossiblePoint as error:
            assert isinstance(together, ImpossiblePoint)
            assert together.sentence == error.sentence
        else:
            assert together == alone


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(), st.sampled_from(["", *OF_THE_DIRECTORY]))
def test_whatever_is_given_is_in_the_department_or_refused(x: float, y: float, department: str) -> None:
    try:
        found = position(Given(str(x), str(y), None, department))
    except ImpossiblePoint:
        return
    assert found is not None
    assert holds(department, found.latitude, found.longitude)


@pytest.mark.parametrize(
    ("source", "system", "precision"),
    [
        ("1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93", 2154, Precision.DOOR),
        ("1,ATLASANTE,96,BAN,L93_METROPOLE", 2154, Precision.DOOR),
        ("1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)", 2154, Precision.DOOR),
        ("2,ATLASANTE,96,BAN,EPSG:5490 RGAF09/UTM Zone 20N (Antilles)", 5490, Precision.STREET),
        ("1,ATLASANTE,90,BAN,EPSG:2972 RGFG95/UTM zone 22N (Guyane)", 2972, Precision.DOOR),
        ("1,ATLASANTE,90,BAN,UTM_S40", 2975, Precision.DOOR),
        ("1,ATLASANTE,90,BAN,UTM_N20", 5490, Precision.DOOR),
        ("2,ATLASANTE,100,BDADRESSE,EPSG:4471 RGM04/UTM zone 38S (Mayotte)", 4471, Precision.STREET),
        ("2,ATLASANTE,90,BAN,WGS84/UTM zone 21N (St-Pierre-et-Miquelon)", 4467, Precision.STREET),
        ("4,ATLASANTE,.,MAPS 06-11-2024,WGS84/UTM zone 1S (Wallis-et-Futuna)", 32701, Precision.TOWN),
        ("1,ATLASANTE,.,ADMIN-EXPRESS-2023,EPSG:2154 RGF93 / Lambert-93", 2154, Precision.TOWN),
        ("1,ATLASANTE,90,ADMIN-EXPRESS-2023,EPSG:2154", 2154, Precision.TOWN),
        ("1,ATLASANTE,90,BAN,EPSG:9999", None, Precision.DOOR),
        ("", None, Precision.TOWN),
    ],
)
def test_the_source_names_the_system_and_the_precision(source: str, system: int | None, precision: Precision) -> None:
    assert system_named(source) == system
    assert precision_named(source) == precision


@pytest.mark.parametrize(
    ("pair", "department", "told"),
    [
        (("0", "0"), "01", "à zéro"),
        (("5.2", ""), "01", "manque une"),
        (("12 RUE", "46.2"), "01", "ne sont pas des nombres"),
        (("inf", "46.2"), "01", "ne sont pas des nombres"),
        (("1" * 400, "46.2"), "01", "ne sont pas des nombres"),
        (("2.35", "48.85"), "01", "hors du département 01"),
        (("652000", "6862000"), "01", "hors du département 01"),
        (("10", "10"), "", "hors du pays"),
    ],
)
def test_what_is_impossible_is_told(pair: tuple[str, str], department: str, told: str) -> None:
    with pytest.raises(ImpossiblePoint) as refused:
        position(Given(*pair, None, department))
    assert told in refused.value.sentence


def test_nothing_is_no_problem() -> None:
    assert position(Given(" ", "", None, "01")) is None
    assert chosen([Given("", "", None, "01"), Given("", "", None, "01")]) is None
    assert number("\u202f1\u00a0234,5") == 1234.5


def test_a_hundred_thousand_points_take_little() -> None:
    rows = [Given("870262.2", "6571540.8", 2154, "01")] * 100_000
    before = time.process_time()
    assert all(isinstance(one, Position) for one in positions(rows))
    assert time.process_time() - before < 4


@pytest.mark.parametrize(
    ("given_code", "code"),
    [
        ("9A", "971"),
        ("9D", "974"),
        ("9F", "976"),
        ("9f", "976"),
        ("1", "01"),
        ("2A", "2A"),
        ("75", "75"),
        ("974", "974"),
    ],
)
def test_codes_of_departments(given_code: str, code: str) -> None:
    assert department_code(given_code) == code


def test_what_is_no_department_is_nothing() -> None:
    assert [department_code(one) for one in ("", "00", "20", "96", "9Z", "AIN", "979")] == [""] * 7


def test_towns_know_their_department() -> None:
    assert commune_from_parts("9D", "411") == "97411"
    assert commune_from_parts("9D", "11") == ""
    assert commune_from_parts("01", "53") == "01053"
    assert commune_from_parts("2A", "004") == "2A004"
    assert commune_from_parts("01", "Bourg") == ""
    assert [department_of(one) for one in ("97411", "2A004", "01053", "97801", "99138", "")] == [
        "974",
        "2A",
        "01",
        "971",
        "",
        "",
    ]
    assert [commune_code(one) for one in ("1053", "99138", "20000", "2a004")] == ["", "", "", "2A004"]


# one town known by everybody in some departments, far from each other
@pytest.mark.parametrize(
    ("department", "latitude", "longitude"),
    [
        ("01", 46.2052, 5.2255),
        ("06", 43.7034, 7.2663),
        ("13", 43.2965, 5.3698),
        ("29", 48.3904, -4.4861),
        ("2A", 41.9192, 8.7386),
        ("2B", 42.7028, 9.4500),
        ("33", 44.8378, -0.5792),
        ("59", 50.6292, 3.0573),
        ("64", 43.2951, -0.3708),
        ("67", 48.5734, 7.7521),
        ("75", 48.8566, 2.3522),
        ("85", 46.6705, -1.4264),
        ("971", 16.2411, -61.5331),
        ("972", 14.6161, -61.0588),
        ("973", 4.9227, -52.3269),
        ("974", -20.8823, 55.4504),
        ("976", -12.7809, 45.2278),
    ],
)
def test_boxes_hold_their_towns(department: str, latitude: float, longitude: float) -> None:
    assert holds(department, latitude, longitude)
    assert holds("", latitude, longitude)


def test_every_department_of_the_directory_has_a_box() -> None:
    assert len(OF_THE_DIRECTORY) == 102
    assert all(box.south < box.north and box.west < box.east for box in BOXES.values())

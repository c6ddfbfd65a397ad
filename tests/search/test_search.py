"""Searching as the application role, on the real index."""

from __future__ import annotations

from uuid import UUID

import pytest

from nuserus.foundation.asking import ANONYMOUS, acting_as
from nuserus.search.queries.results import Results
from nuserus.search.queries.search import search
from tests.factories.search import make_entry

pytestmark = pytest.mark.usefixtures("database")

HOSTILE = [
    "'",
    '"',
    "''''; DROP TABLE search_entry; --",
    "a" * 10_000,
    "é' " * 4_000,
    "\x00",
    "tab\x00lette",
    "\ud800",
    "\u202etablette",
    "((((",
    "!!!",
    "a & b | !c:*",
    "':*'",
    "\\",
    "%s %(x)s",
    "{}",
    "$1",
    "<->",
    "-- /*",
    "*",
    "le la les",
    "🙂" * 500,
]


def anonymous_search(q: str = "", **options: object) -> Results:
    with acting_as(None):
        return search(ANONYMOUS, q, **options)  # type: ignore[arg-type]


def test_inflected_query_finds_the_sheet() -> None:
    sheet = make_entry(
        "Montrer plutôt que dire",
        cards="Dans l’unité, une éducatrice spécialisée laisse sa tablette à portée des jeunes autistes.",
    )
    make_entry("Une tablette à l’EHPAD", cards="Deux aides-soignantes et une tablette.")
    results = anonymous_search("éducatrices spécialisées tablettes autisme")
    assert results.ids == (sheet,)
    assert (results.total, results.relaxed) == (1, False)


def test_synonym_of_the_moderators_is_looked_for_and_said() -> None:
    sheet = make_entry("Un iPad pour deux")
    results = anonymous_search("tablette tactile")
    assert results.ids == (sheet,)
    assert "iPad" in results.interpretation[0].also


@pytest.mark.parametrize("q", HOSTILE)
def test_hostile_query_is_just_a_search(q: str) -> None:
    make_entry("Une tablette", facets=["famille:tablette"])
    results = anonymous_search(q, facets={q: [q], "famille": [q]})
    assert results.total in {0, 1}
    assert "\x00" not in results.query


def test_stop_words_alone_list_everything_newest_first() -> None:
    old, new = make_entry("Ancienne"), make_entry("Nouvelle")
    assert anonymous_search("le la les").ids == (new, old)


def test_empty_query_lists_newest_first_by_page() -> None:
    made = [make_entry(f"Fiche {number}") for number in range(5)]
    assert anonymous_search(size=2).ids == (made[4], made[3])
    second = anonymous_search(page=2, size=2)
    assert (second.ids, second.total, second.pages) == ((made[2], made[1]), 5, 3)
    assert anonymous_search(page=99**9, size=2).ids == ()
    assert anonymous_search(page=-4, size=2).page == 1


def test_word_in_the_title_comes_before_word_in_the_cards() -> None:
    in_cards = make_entry("Un atelier", cards="Le minuteur est posé sur la table.")
    in_title = make_entry("Le minuteur", cards="Posé sur la table.")
    make_entry("Autre chose", cards="Rien de tel.")
    assert anonymous_search("minuteur").ids == (in_title, in_cards)


def test_sheet_tried_elsewhere_comes_before_its_equal() -> None:
    tried = make_entry("Le minuteur visuel", step=2, trials=5)
    plain = make_entry("Le minuteur visuel")
    stale = make_entry("Le minuteur visuel", stale=True)
    assert anonymous_search("minuteur").ids == (tried, plain, stale)


def test_nothing_has_every_word_so_most_words_are_asked_for_and_it_is_said() -> None:
    two = make_entry("Tablette et musique au foyer")
    one = make_entry("Musique douce")
    results = anonymous_search("tablette musique hélicoptère")
    assert (results.relaxed, results.ids) == (True, (two,))
    assert anonymous_search("musique hélicoptère").ids == (one, two)


def test_misspelled_word_brings_a_near_one() -> None:
    make_entry("Une tablette pour la musique")
    results = anonymous_search("tabelte musiqe")
    assert (results.total, results.suggestion) == (0, "tablette musique")
    assert anonymous_search("tablette").suggestion == ""


def test_facets_narrow_and_count_with_the_choices_of_the_other_groups() -> None:
    make_entry("A", facets=["famille:tablette", "public:enfants"])
    make_entry("B", facets=["famille:tablette", "public:adultes"])
    make_entry("C", facets=["famille:robot", "public:enfants", "public:adultes"])
    results = anonymous_search(facets={"famille": ["tablette"], "public": ["enfants"]})
    counts = {group: {found.value: found.count for found in values} for group, values in results.facet_counts.items()}
    assert results.total == 1
    # the families of what is for children; the publics of what has a tablet
    assert counts == {"famille": {"tablette": 1, "robot": 1}, "public": {"enfants": 1, "adultes": 1}}
    assert [found.value for found in results.facet_counts["public"] if found.chosen] == ["enfants"]


def test_values_of_one_facet_widen_each_other() -> None:
    for value in ("tablette", "robot", "montre"):
        make_entry(value, facets=[f"famille:{value}"])
    assert anonymous_search(facets={"famille": ["tablette", "robot"]}).total == 2


def test_chosen_facet_that_finds_nothing_stays_with_zero() -> None:
    make_entry("A", facets=["famille:tablette"])
    results = anonymous_search(facets={"famille": ["drone"]})
    assert results.total == 0
    assert {(found.value, found.count) for found in results.facet_counts["famille"]} == {("drone", 0), ("tablette", 1)}


def test_counts_are_of_the_words_asked_for() -> None:
    make_entry("Une tablette", facets=["famille:tablette"])
    make_entry("Un robot", facets=["famille:robot"])
    assert set(anonymous_search("robot").facet_counts) == {"famille"}
    assert [found.value for found in anonymous_search("robot").facet_counts["famille"]] == ["robot"]


def test_only_the_kinds_asked_for_are_found() -> None:
    make_entry("Un robot", kind="device")
    sheet: UUID = make_entry("Un robot")
    assert anonymous_search("robot").ids == (sheet,)
    assert anonymous_search("robot", kinds=("sheet", "device")).total == 2

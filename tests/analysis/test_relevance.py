"""Recall of the analyser on wordings of the field, inflected and synonymous."""

import csv
from pathlib import Path

import pytest
import yaml

from nuserus_analysis.text import (
    acronym_synonyms,
    build_synonyms,
    merge_synonyms,
    tokens_for_index,
    tokens_for_query,
)

DATA = Path(__file__).parent / "data"
# The wordings given to the moderators of a new instance.
GIVEN = yaml.safe_load(
    (Path(__file__).parents[2] / "src/nuserus/search/data/synonyms.yaml").read_text(encoding="utf-8")
)
FIELD = merge_synonyms(
    acronym_synonyms(), build_synonyms(GIVEN["groups"], [(broader, found) for broader, *found in GIVEN["narrower"]])
)


def pairs(name: str) -> list[tuple[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["document"]) for row in csv.DictReader(file, delimiter=";")]


def found(query: str, document: str) -> bool:
    return tokens_for_query(query, synonyms=FIELD).matches(tokens_for_index(document))


@pytest.mark.parametrize(("name", "least"), [("inflected.csv", 120), ("synonymous.csv", 60)])
def test_recall_of_wordings_is_at_least_95_percent(name: str, least: int) -> None:
    wordings = pairs(name)
    missed = [pair for pair in wordings if not found(*pair)]
    assert len(wordings) >= least
    assert 1 - len(missed) / len(wordings) >= 0.95, missed


@pytest.mark.parametrize("name", ["inflected.csv", "synonymous.csv"])
def test_queries_do_not_find_the_documents_of_others(name: str) -> None:
    """Recall alone would reward an analyser that finds everything."""
    wordings = pairs(name)
    crossed = [
        (query, document)
        for query, _ in wordings
        for _, document in wordings
        if (query, document) not in wordings and found(query, document)
    ]
    assert len(crossed) / (len(wordings) * (len(wordings) - 1)) < 0.03


def test_inflected_query_of_the_reference_example_finds_its_sheet() -> None:
    query = "éducatrices spécialisées tablettes autisme"
    sheet = (
        "Pour une éducatrice spécialisée, sa tablette ouvre la parole : trois jeunes autistes y montrent leurs choix."
    )
    assert tokens_for_query(query).matches(tokens_for_index(sheet))

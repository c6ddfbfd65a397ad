from __future__ import annotations

import csv
from pathlib import Path

import pytest

import nuserus.directory
from nuserus.practices.queries.places import of_department, with_article

DEPARTMENTS = Path(nuserus.directory.__file__).parent / "data" / "departments.csv"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("EHPAD", "un EHPAD"),
        ("MAS", "une MAS"),
        ("MECS", "une MECS"),
        ("Foyer de vie", "un foyer de vie"),
        ("Résidence autonomie", "une résidence autonomie"),
        ("centre médico-éducatif", "un centre médico-éducatif"),
    ],
)
def test_with_article(kind: str, expected: str) -> None:
    assert with_article(kind) == expected


@pytest.mark.parametrize(
    ("code", "label", "expected"),
    [
        ("13", "Bouches-du-Rhône", "des Bouches-du-Rhône"),
        ("24", "Dordogne", "de la Dordogne"),
        ("34", "Hérault", "de l’Hérault"),
        ("35", "Ille-et-Vilaine", "d’Ille-et-Vilaine"),
        ("30", "Gard", "du Gard"),
        ("75", "Paris", "de Paris"),
    ],
)
def test_of_department(code: str, label: str, expected: str) -> None:
    assert of_department(code, label) == expected


def test_no_department_meets_its_own_vowel() -> None:
    with DEPARTMENTS.open(encoding="utf-8") as lines:
        said = [of_department(line["code"], line["label"]) for line in csv.DictReader(lines)]
    assert len(said) == 102
    wrong = [
        words for words in said if words.startswith(("de la ", "du ", "de ")) and words.split()[-1][0] in "AEIOUYÉ"
    ]
    assert wrong == []

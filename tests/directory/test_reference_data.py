"""The lists that migrations load."""

from __future__ import annotations

import pytest

from nuserus.directory.enums import PRIVATE_HOMES
from nuserus.directory.models import Category, Department, Public, Town
from nuserus.foundation.asking import acting_as

pytestmark = pytest.mark.usefixtures("database")


def test_lists_are_loaded() -> None:
    with acting_as(None):
        assert Category.objects.count() == 182
        assert Category.objects.get(code="183").short == "IME"
        assert Department.objects.get(code="05").label == "Hautes-Alpes"
        assert Public.objects.get(slug="enfants-autistes").label == "Enfants autistes"
        assert Town.objects.count() > 15_000


# named where the work is described: each must be there by the name that teams use
FREQUENT = {
    "500": "EHPAD",
    "183": "IME",
    "182": "SESSAD",
    "186": "ITEP",
    "255": "MAS",
    "437": "FAM",
    "448": "EAM",
    "449": "EANM",
    "214": "CHRS",
    "246": "ESAT",
    "354": "SSIAD",
    "446": "SAVS",
    "445": "SAMSAH",
    "462": "LVA",
    "238": "CAFS",
    "236": "CPFSE",
    "177": "MECS",
    "197": "CSAPA",
    "178": "CAARUD",
    "180": "LHSS",
    "202": "Résidence autonomie",
    "382": "Foyer de vie",
    "609": "MDPH",
    "242": "SAJ",
}


def test_categories_have_the_name_that_teams_use_and_the_version_of_their_list() -> None:
    with acting_as(None):
        known = {category.code: category for category in Category.objects.all()}
    assert {code: known[code].short for code in FREQUENT} == FREQUENT
    assert set(PRIVATE_HOMES) <= set(known)
    assert {category.list_version for category in known.values()} == {"2021", "2026"}
    assert (known["460"].label, known["460"].list_version) == ("Service autonomie aide (SAA)", "2026")
    assert known["183"].list_version == "2021"


def test_towns_know_their_region_and_the_department_only_where_it_is_sure() -> None:
    with acting_as(None):
        vence = Town.objects.get(name="Vence", region="Provence-Alpes-Côte d'Azur")
        saint_denis = Town.objects.get(folded="saint-denis", region="La Réunion")
        assert vence.department is None
        assert saint_denis.department is not None
        assert saint_denis.department.code == "974"

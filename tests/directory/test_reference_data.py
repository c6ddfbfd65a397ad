"""The lists that migrations load."""

from __future__ import annotations

import pytest

from nuserus.directory.models import Category, Department, Public, Town
from nuserus.foundation.asking import acting_as

pytestmark = pytest.mark.usefixtures("database")


def test_lists_are_loaded() -> None:
    with acting_as(None):
        assert Category.objects.count() == 160
        assert Category.objects.get(code="183").short == "IME"
        assert Department.objects.get(code="05").label == "Hautes-Alpes"
        assert Public.objects.get(slug="enfants-autistes").label == "Enfants autistes"
        assert Town.objects.count() > 15_000


def test_towns_know_their_region_and_the_department_only_where_it_is_sure() -> None:
    with acting_as(None):
        vence = Town.objects.get(name="Vence", region="Provence-Alpes-Côte d'Azur")
        saint_denis = Town.objects.get(folded="saint-denis", region="La Réunion")
        assert vence.department is None
        assert saint_denis.department is not None
        assert saint_denis.department.code == "974"

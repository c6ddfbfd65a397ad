"""Writing the whole index again gives what writing it object by object gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from nuserus.devices.models import Deployment
from nuserus.devices.rules import can_read_deployment
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.search.actions.index_object import index_object
from nuserus.search.actions.rebuild_index import rebuild_index
from nuserus.search.models import Entry, VocabularyWord
from nuserus.search.registry import Document, forget_kind, register_kind
from tests.factories.devices import make_deployment
from tests.factories.directory import make_institution

pytestmark = pytest.mark.usefixtures("database")

KIND = "test-deployment"


def document(row: Deployment) -> Document | None:
    return Document(scope=row, title=row.remarks, facets=["categorie:183"])


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    register_kind(KIND, rows=Deployment.objects.all, document=document, rule=can_read_deployment)
    yield
    forget_kind(KIND)


def written() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    with as_system("look at the index"):
        entries = [dict(row, id=None) for row in Entry.objects.order_by("object_id").values()]
        words = [dict(row) for row in VocabularyWord.objects.order_by("folded").values()]
    return entries, words


def test_rebuilt_entries_and_vocabulary_are_those_of_single_writes() -> None:
    place = make_institution()
    told = [
        ("Des tablettes pour les éducatrices", Level.PUBLIC),
        ("La tablette du DUI", Level.PUBLIC),
        ("Une tablette partagée", Level.NETWORK),
        ("Le pupitre secret", Level.INSTITUTION),
    ]
    rows = [make_deployment(place, remarks=text, level=level) for text, level in told]
    with as_system("index one by one"):
        for row in rows:
            index_object(kind=KIND, object_id=row.pk)
    one_by_one = written()
    rebuild_index()
    assert written() == one_by_one
    assert len(one_by_one[0]) == len(told)
    assert {"tablette", "tablettes", "partagee", "dui"} <= {word["folded"] for word in one_by_one[1]}
    assert "pupitre" not in {word["folded"] for word in one_by_one[1]}

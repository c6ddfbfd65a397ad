"""The index follows the objects: real rows of an inventory, registered as a kind of their own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from nuserus.devices.models import Deployment
from nuserus.devices.rules import can_read_deployment
from nuserus.directory.models import Institution
from nuserus.foundation.asking import ANONYMOUS, acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.search.actions.index_object import index_object, put_document, remove_object
from nuserus.search.actions.rebuild_index import rebuild_index
from nuserus.search.models import Entry, VocabularyWord
from nuserus.search.queries.hits import hits_readable_by
from nuserus.search.queries.search import search
from nuserus.search.registry import Document, forget_kind, register_kind
from nuserus.search.tasks import index
from tests.factories.devices import make_deployment
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.search import FakeScope, make_entry

pytestmark = pytest.mark.usefixtures("database")

KIND = "test-deployment"


def document(row: Deployment) -> Document | None:
    if row.remarks == "brouillon":
        return None
    return Document(scope=row, title=row.remarks, published_at=timezone.now())


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    register_kind(KIND, rows=Deployment.objects.all, document=document, rule=can_read_deployment)
    yield
    forget_kind(KIND)


@pytest.fixture
def place() -> Institution:
    return make_institution()


@pytest.fixture
def referent(place: Institution) -> Account:
    account = make_account()
    make_membership(account, place, is_referent=True)
    return account


@pytest.fixture
def colleague(place: Institution) -> Account:
    account = make_account()
    make_membership(account, place)
    return account


def ids(account: Account | None, q: str) -> set[UUID]:
    with acting_as(account.pk if account else None) as asking:
        return set(search(asking, q, kinds=(KIND,)).ids)


def test_index_is_written_by_who_may_write_the_object(place: Institution, referent: Account) -> None:
    row = make_deployment(place, remarks="Trois pupitres")
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
    assert ids(referent, "pupitre") == {row.pk}
    assert ids(None, "pupitre") == set()


def test_index_again_replaces_what_was_there(place: Institution, referent: Account) -> None:
    row = make_deployment(place, remarks="Trois pupitres", level=Level.PUBLIC)
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
    with as_system("test data"):
        Deployment.objects.filter(pk=row.pk).update(remarks="Deux lutrins")
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
    assert ids(None, "pupitre") == set()
    assert ids(None, "lutrin") == {row.pk}
    with as_system("look at the words"):
        assert dict(VocabularyWord.objects.values_list("folded", "public_count")) == {"deux": 1, "lutrins": 1}


def test_object_without_document_is_taken_out(place: Institution, referent: Account) -> None:
    row = make_deployment(place, remarks="Pupitre", level=Level.PUBLIC)
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
    with as_system("test data"):
        Deployment.objects.filter(pk=row.pk).update(remarks="brouillon")
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
    assert ids(None, "") == set()


def test_who_may_not_write_leaves_it_to_a_job_that_writes_what_is_true(
    place: Institution, colleague: Account, referent: Account
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    row = make_deployment(place, remarks="Un pupitre")
    with acting_as(colleague.pk):
        index_object(kind=KIND, object_id=row.pk)
        assert search(ANONYMOUS, "pupitre", kinds=(KIND,)).ids == ()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("nuserus.search.tasks.index", {"kind": KIND, "object_id": str(row.pk)})
    index(**job.args)
    assert ids(colleague, "pupitre") == {row.pk}


def test_entry_of_somebody_else_cannot_be_taken_over(colleague: Account) -> None:
    theirs = make_entry("Pupitre", kind=KIND, author=make_account().pk)
    with acting_as(colleague.pk):
        stolen = Document(scope=FakeScope(Level.PUBLIC, author=colleague.pk), title="Autre chose")
        assert not put_document(kind=KIND, object_id=theirs, document=stolen)
        foreign = Document(scope=FakeScope(Level.PUBLIC, author=make_account().pk), title="Autre chose")
        assert not put_document(kind=KIND, object_id=colleague.pk, document=foreign)
    assert ids(None, "pupitre") == {theirs}
    assert ids(None, "autre chose") == set()


def test_visitor_writes_nothing() -> None:
    with acting_as(None):
        assert not put_document(kind=KIND, object_id=make_account().pk, document=Document(scope=FakeScope(), title="A"))


def test_removed_object_is_found_no_more(place: Institution, referent: Account) -> None:
    row = make_deployment(place, remarks="Pupitre", level=Level.PUBLIC)
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
        remove_object(kind=KIND, object_id=row.pk)
        remove_object(kind=KIND, object_id=row.pk)
    assert ids(None, "") == set()
    with as_system("look at the words"):
        assert not VocabularyWord.objects.exists()


def test_rollback_takes_the_entry_back(place: Institution, referent: Account) -> None:
    row = make_deployment(place, remarks="Pupitre", level=Level.PUBLIC)
    with acting_as(referent.pk):
        index_object(kind=KIND, object_id=row.pk)
        transaction.set_rollback(True)
    assert ids(None, "pupitre") == set()


def test_rebuild_writes_what_is_and_forgets_what_is_gone(place: Institution) -> None:
    gone = make_entry("Fantôme", kind=KIND)
    row = make_deployment(place, remarks="Pupitre", level=Level.PUBLIC)
    make_deployment(place, remarks="brouillon", level=Level.PUBLIC)
    counts = rebuild_index()
    assert counts[KIND] == 1
    assert ids(None, "") == {row.pk}
    assert gone not in ids(None, "fantôme")


def test_rebuild_command_says_how_many(place: Institution, capsys: pytest.CaptureFixture[str]) -> None:
    make_deployment(place, remarks="Pupitre", level=Level.PUBLIC)
    call_command("rebuild_search")
    assert f"{KIND} : 1" in capsys.readouterr().out


def test_hits_pass_the_rule_again(place: Institution, referent: Account) -> None:
    """An entry more open than its object (a job is late) shows nothing."""
    first = make_deployment(place, remarks="Un", level=Level.PUBLIC)
    closed = make_deployment(place, remarks="Deux", level=Level.INSTITUTION)
    for row in (first, closed):
        make_entry("Pupitre", kind=KIND, object_id=row.pk)
    make_entry("Pupitre", kind=KIND)  # no object at all
    with acting_as(None) as asking:
        results = search(asking, "pupitre", kinds=(KIND,))
        assert len(results.hits) == 3
        assert hits_readable_by(asking, results.hits) == [first]
    with acting_as(referent.pk) as asking:
        assert hits_readable_by(asking, results.hits) == [closed, first]


def test_text_that_postgresql_refuses_is_cleaned() -> None:
    found = make_entry("Pu\x00pitre \ud800", cards="mot " * 70_000, facets=["famille:a\x00b", "x" * 10])
    with acting_as(None) as asking:
        assert search(asking, "mot").ids == (found,)
    with as_system("look at the index"):
        assert Entry.objects.get().facets == ["famille:a b", "x" * 10]


def test_word_without_end_stops_nothing(place: Institution) -> None:
    with as_system("test data"):
        row = make_deployment(place, level=Level.PUBLIC, remarks="tablette " + "m" * 300)
        index_object(kind=KIND, object_id=row.pk)
    assert Entry.objects.using("system").filter(object_id=row.pk).exists()

"""Nobody finds what they may not read, by any of the doors of the index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.missions import grant_mission, open_mission
from nuserus.foundation.models.base import new_id
from nuserus.people.enums import Role
from nuserus.search.models import Entry, VocabularyWord
from nuserus.search.queries.related import related_to
from nuserus.search.queries.search import search
from nuserus.search.queries.spelling import near_query
from nuserus.search.queries.suggestions import suggest
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.search import make_entry

pytestmark = pytest.mark.usefixtures("database")

CANARY = "zanzibarette"


def found_by(user_id: UUID | None, q: str = CANARY) -> set[UUID]:
    with acting_as(user_id) as asking:
        results = search(asking, q)
        assert results.total == len(results.ids)
        listed = search(asking)
        assert set(results.ids) <= set(listed.ids)
        counted = {found.count for values in results.facet_counts.values() for found in values}
        assert counted <= {results.total}
        return set(results.ids)


@contextmanager
def in_group(user_id: UUID, group: UUID) -> Iterator[None]:
    """As long as no app gives groups, the transaction is told about one by hand."""
    with acting_as(user_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('nuserus.groups', %s, true)", [f"{{{group}}}"])
        yield


def test_public_entry_is_found_by_anybody() -> None:
    entry = make_entry(CANARY, facets=["famille:tablette"])
    assert found_by(None) == {entry}
    assert found_by(make_account().pk) == {entry}


def test_network_entry_is_found_by_verified_professionals_only() -> None:
    entry = make_entry(CANARY, level=Level.NETWORK, facets=["famille:tablette"])
    assert found_by(None) == set()
    assert found_by(make_account().pk) == set()
    assert found_by(make_account(Role.MEMBER).pk) == {entry}


def test_institution_entry_is_found_by_its_members_only() -> None:
    ours, theirs = make_institution(), make_institution()
    us, them = make_account(Role.MEMBER), make_account(Role.MEMBER)
    make_membership(us, ours)
    make_membership(them, theirs)
    entry = make_entry(CANARY, level=Level.INSTITUTION, institution=ours.pk, facets=["famille:tablette"])
    assert found_by(us.pk) == {entry}
    assert found_by(them.pk) == set()
    assert found_by(None) == set()


def test_group_entry_is_found_by_the_group_only() -> None:
    account, group = make_account(Role.MEMBER), new_id()
    entry = make_entry(CANARY, level=Level.GROUP, group=group)
    assert found_by(account.pk) == set()
    with in_group(account.pk, group), connection.cursor() as cursor:
        cursor.execute("SELECT ids FROM nuserus_search('', '{}', '{sheet}', '[]', 20, 0)")
        assert cursor.fetchone() == ([entry],)


def test_restricted_entry_is_found_by_author_and_named_people_only() -> None:
    author, named, other = make_account(), make_account(Role.MEMBER), make_account(Role.MODERATOR)
    mission = new_id()
    with acting_as(author.pk):
        open_mission(mission)
        grant_mission(mission, named.pk)
    entry = make_entry(CANARY, level=Level.RESTRICTED, author=author.pk, mission=mission, facets=["famille:robot"])
    assert found_by(author.pk) == {entry}
    assert found_by(named.pk) == {entry}
    assert found_by(other.pk) == set()
    assert found_by(None) == set()


def test_nobody_said_who_asks_so_nothing_is_found() -> None:
    entry = make_entry(CANARY, facets=["famille:tablette"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ids, total FROM nuserus_search('', '{}', '{sheet}', '[]', 20, 0)")
        assert cursor.fetchone() == (None, 0)
        cursor.execute("SELECT * FROM nuserus_search_facets('', '{sheet}', '[]')")
        assert cursor.fetchall() == []
        cursor.execute("SELECT * FROM nuserus_suggest('zanz', 5)")
        assert cursor.fetchall() == []
        cursor.execute("SELECT * FROM nuserus_near_words('z', 1, 60)")
        assert cursor.fetchall() == []
        cursor.execute("SELECT * FROM nuserus_related('sheet', %s, '{famille}', 5)", [entry])
        assert cursor.fetchall() == []


@pytest.mark.parametrize("table", ["search_entry", "search_vocabularyword"])
@pytest.mark.parametrize("verb", ["SELECT 1 FROM {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_application_has_no_privilege_on_the_index(table: str, verb: str) -> None:
    make_entry(CANARY)
    with pytest.raises(ProgrammingError), acting_as(None), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_application_may_not_count_words_by_itself() -> None:
    with pytest.raises(ProgrammingError), acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_count_words('{}', '', '{a}', '{a}', '{a}', 'public')")


def test_suggestions_never_hold_a_word_of_a_closed_text() -> None:
    for level in (Level.INSTITUTION, Level.GROUP, Level.RESTRICTED):
        make_entry(CANARY, level=level)
    assert found_by(None) == set()
    with acting_as(make_account(Role.MODERATOR).pk) as asking:
        assert suggest(asking, "zanz") == []
        assert near_query("zamzibarette") == ""
    with as_system("look at the words"):
        assert not VocabularyWord.objects.exists()


def test_suggestions_hold_network_words_for_verified_professionals_only() -> None:
    make_entry(CANARY, level=Level.NETWORK)
    with acting_as(None) as asking:
        assert suggest(asking, "zanz") == []
        assert near_query("zamzibarette") == ""
    with acting_as(make_account().pk) as asking:
        assert suggest(asking, "zanz") == []
    with acting_as(make_account(Role.MEMBER).pk) as asking:
        assert suggest(asking, "zanz") == [CANARY]
        assert near_query("zamzibarette") == CANARY


def test_word_leaves_the_suggestions_when_its_text_is_closed() -> None:
    entry = make_entry(CANARY)
    with acting_as(None) as asking:
        assert suggest(asking, "zanz") == [CANARY]
    make_entry(CANARY, level=Level.RESTRICTED, object_id=entry)
    with acting_as(None) as asking:
        assert suggest(asking, "zanz") == []
    with as_system("look at the index"):
        assert Entry.objects.count() == 1


def test_related_follow_the_scope_on_both_sides() -> None:
    public = make_entry("Une tablette", facets=["famille:tablette"])
    closed = make_entry("Notre tablette", level=Level.NETWORK, facets=["famille:tablette"])
    with acting_as(None) as asking:
        assert related_to(asking, public) == ()
        assert related_to(asking, closed) == ()
    with acting_as(make_account(Role.MEMBER).pk) as asking:
        assert [hit.object_id for hit in related_to(asking, public)] == [closed]
        assert [hit.object_id for hit in related_to(asking, closed)] == [public]


def test_related_put_what_shares_most_first() -> None:
    source = make_entry("Tablette et musique", facets=["famille:tablette", "public:enfants", "axe:relation"])
    close = make_entry("Musique sur tablette", facets=["famille:tablette", "public:enfants", "axe:relation"])
    far = make_entry("Tablette au repas", facets=["famille:tablette"])
    make_entry("Un robot", facets=["famille:robot", "axe:relation"])
    with acting_as(None) as asking:
        assert [hit.object_id for hit in related_to(asking, source)] == [close, far]

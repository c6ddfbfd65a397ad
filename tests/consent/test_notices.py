"""Notices: shipped words, their hash, and that nobody changes them afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from nuserus.consent.actions import load_notices as loading
from nuserus.consent.enums import NoticeFormat
from nuserus.consent.models import Notice, NoticeVersion
from nuserus.consent.models.notices import text_hash
from nuserus.consent.queries.notices import current_notice, formats_of
from nuserus.foundation.asking import acting_as, as_system

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("slug", ["publier-une-pratique", "etre-cite"])
def test_shipped_notices_are_short_and_hashed(slug: str) -> None:
    with acting_as(None):
        shipped = formats_of(slug)
        assert [version.format for version in shipped] == ["written", "falc", "oral"]
        for version in shipped:
            assert version.text_sha256 == text_hash(version.title, version.body)
            assert len(version.body) < 1100


def test_easy_to_read_is_named_so_only_after_people_concerned_read_it() -> None:
    with as_system("test data"):
        version = NoticeVersion.objects.get(notice__slug="etre-cite", format=NoticeFormat.FALC)
        assert version.format_word == "version simple"
        version.reviewed_by = "quatre personnes d’un groupe d’entraide, à voix haute"
        version.save(update_fields=["reviewed_by"])
        assert version.format_word == "FALC"


def test_words_that_were_shown_never_change() -> None:
    with acting_as(None):
        version = current_notice("etre-cite")
    for statement in ("UPDATE consent_noticeversion SET body = 'autre'", "DELETE FROM consent_noticeversion"):
        for alias in ("owner", "system", "default"):
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(using=alias),
                connections[alias].cursor() as cursor,
            ):
                cursor.execute(f"{statement} WHERE id = %s", [version.pk])


def test_a_hash_that_is_not_the_one_of_the_words_is_refused() -> None:
    with as_system("test data"):
        notice = Notice.objects.get(slug="etre-cite")
        version = NoticeVersion(
            notice=notice, number=2, format="written", title="Un", body="Deux", text_sha256="0" * 64
        )
        version.written_on = "2026-11-21"
        with pytest.raises(DatabaseError), transaction.atomic(using="system"):
            version.save(force_insert=True)


def test_loading_again_adds_nothing_and_refuses_other_words_under_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    with as_system("test data"):
        into, versions = Notice.objects.all(), NoticeVersion.objects.all()
        assert loading.load_notices(into=into, versions=versions) == 0
        given = loading.given_notices()
        given[0]["versions"][0]["body"] += "Autre chose."
        monkeypatch.setattr(loading, "given_notices", lambda: given)
        with pytest.raises(ValueError, match="another number"):
            loading.load_notices(into=into, versions=versions)

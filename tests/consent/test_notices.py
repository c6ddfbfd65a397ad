"""Notices: shipped words, their hash, and that nobody changes them afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from nuserus.consent.actions import load_notices as loading
from nuserus.consent.enums import NoticeFormat, Purpose
from nuserus.consent.models import Notice, NoticeVersion
from nuserus.consent.models.notices import text_hash
from nuserus.consent.queries.notices import current_notice, formats_of
from nuserus.foundation.asking import acting_as, as_system
from nuserus.ui.pictograms import DRAWINGS
from nuserus.ui.typography import french_spaces

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("slug", ["publier-une-pratique", "etre-cite"])
def test_shipped_notices_are_short_and_hashed(slug: str) -> None:
    with acting_as(None):
        shipped = formats_of(slug)
        assert [version.format for version in shipped] == ["written", "falc", "oral"]
        for version in shipped:
            assert version.text_sha256 == text_hash(version.title, version.body)
            assert len(version.body) < 1100


STUDY_NOTICES = {
    "take_part": "etude-participer",
    "record_audio": "etude-enregistrer-la-voix",
    "image": "etude-image",
    "internal_use": "etude-usage-interne",
    "share": "etude-partager",
    "quote": "etude-citer",
    "publish": "etude-publier",
    "reuse": "etude-reutiliser",
    "recontact": "etude-recontacter",
}


def test_each_purpose_of_a_study_is_asked_in_every_format_and_in_english() -> None:
    assert set(STUDY_NOTICES) == set(Purpose.values)
    with acting_as(None):
        for purpose, slug in STUDY_NOTICES.items():
            shipped = {version.format: version for version in formats_of(slug)}
            assert set(shipped) == set(NoticeFormat.values), slug
            assert current_notice(slug, NoticeFormat.WRITTEN, "en").text_sha256
            assert shipped["written"].notice.purpose == purpose
            for form in ("written", "falc", "oral"):
                text = shipped[form].body
                assert "chang" in text or "plus tard" in text, (slug, form, "says how to change one's mind")
                assert "non" in text, (slug, form)
            assert french_spaces(shipped["written"].body) == shipped["written"].body


def test_pictures_are_few_known_and_each_has_its_sentence() -> None:
    with acting_as(None):
        for slug in STUDY_NOTICES.values():
            pictures = current_notice(slug, NoticeFormat.PICTOGRAMS).pictures
            assert 3 <= len(pictures) <= 6, slug
            assert {drawing for drawing, _sentence in pictures} <= DRAWINGS, slug
            assert all(len(sentence) < 80 for _drawing, sentence in pictures), slug
            assert current_notice(slug).pictures == []


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

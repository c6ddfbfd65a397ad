"""The database itself lets nobody publish alone, whatever the program forgets."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError
from django.utils import timezone

from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.versions import keep_version
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import TRUSTED_AFTER
from nuserus.practices.models import Review, Sheet
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import make_sent
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")

PUBLIC = {"status": SheetStatus.PUBLISHED, "scope_level": Level.PUBLIC, "version": 1}


def publish_in_sql(sheet: Sheet, account: Account) -> int:
    """The statement that a forgotten check would let through."""
    with acting_as(account.pk):
        written = Sheet.objects.filter(pk=sheet.pk).update(**PUBLIC, published_at=timezone.now())
        keep_version(Sheet.objects.get(pk=sheet.pk), made_by=account.pk)
        return written


def test_author_does_not_publish_what_nobody_read() -> None:
    sheet, _review = make_sent()
    with pytest.raises(ProgrammingError, match="not been read by a peer"):
        publish_in_sql(sheet, sheet.author)


def test_author_does_not_insert_a_published_sheet() -> None:
    author = make_account()
    sheet = Sheet(author=author, institution=make_institution(), licence_accepted_at=timezone.now(), **PUBLIC)
    sheet.published_at, sheet.family = timezone.now(), sheet.pk
    sheet.scope_author, sheet.scope_mission = author.pk, sheet.pk
    with pytest.raises(ProgrammingError, match="not been read by a peer"), acting_as(author.pk):
        sheet.save(force_insert=True)


def test_author_does_not_review_themselves() -> None:
    sheet, review = make_sent()
    with acting_as(sheet.author_id):
        Review.objects.filter(pk=review.pk).update(reviewer=sheet.author_id)
    with pytest.raises(ProgrammingError, match="not been read by a peer"):
        publish_in_sql(sheet, sheet.author)


def test_reviewer_who_holds_the_review_publishes() -> None:
    reviewer = make_account(Role.REVIEWER)
    sheet, review = make_sent()
    assert review.reviewer_id == reviewer.pk
    assert publish_in_sql(sheet, reviewer) == 1


def test_trusted_author_publishes_what_was_sent_and_no_draft() -> None:
    institution = make_institution()
    author = make_member(institution)
    for _number in range(TRUSTED_AFTER):
        make_sheet(institution, author, indexed=False)
    draft = make_sheet(institution, author, status=SheetStatus.DRAFT, indexed=False)
    sent = make_sheet(institution, author, status=SheetStatus.IN_REVIEW, indexed=False)
    with pytest.raises(ProgrammingError, match="not been read by a peer"):
        publish_in_sql(draft, author)
    assert publish_in_sql(sent, author) == 1


def test_author_goes_on_changing_what_is_published() -> None:
    sheet = make_sheet(indexed=False)
    with acting_as(sheet.author_id):
        again = {"title": "Un autre titre", "status": SheetStatus.PUBLISHED, "version": 2}
        assert Sheet.objects.filter(pk=sheet.pk).update(**again) == 1
        keep_version(Sheet.objects.get(pk=sheet.pk), made_by=sheet.author_id)

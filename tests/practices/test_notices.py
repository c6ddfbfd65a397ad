"""Who hears of what happens to a sheet, and that a title only reaches those who may read it."""

from __future__ import annotations

import pytest
from django.core import mail

from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications import tasks
from nuserus.notifications.models import Notice
from nuserus.notifications.queries.told import told
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.review import publish_sheet, return_sheet
from nuserus.practices.actions.send import send_sheet, withdraw_sheet
from nuserus.practices.actions.trials import Told, report_trial
from nuserus.practices.enums import Outcome
from nuserus.practices.models import Review, Sheet
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import make_complete
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")

TITLE = "CANARI-TITRE-DE-FICHE"


def heard(account: Account) -> list[tuple[str, str]]:
    """Kinds and sentences of the notices of an account, oldest first."""
    with acting_as(account.pk):
        return [(line.kind, line.sentence) for line in told(Notice.objects.order_by("happened_at", "id"))]


def mails() -> list[str]:
    mail.outbox.clear()
    tasks.send_due(timestamp=0)
    return [message.body for message in mail.outbox]


def sent_sheet(title: str = TITLE, origin: Sheet | None = None) -> tuple[Sheet, Account, Account]:
    """A sheet in review, its author, and the reviewer it is given to."""
    author, reviewer = make_member(make_institution()), make_account(Role.REVIEWER)
    sheet = make_complete(author)
    with as_system("test data"):
        Sheet.objects.filter(pk=sheet.pk).update(title=title, adapted_from=origin)
    send(sheet, author)
    return sheet, author, reviewer


def send(sheet: Sheet, author: Account) -> None:
    with acting_as(author.pk) as asking:
        send_sheet(actor=asking, sheet=Sheet.objects.get(pk=sheet.pk), licence_accepted=True)


def open_review(reviewer: Account) -> Review:
    return Review.objects.select_related("sheet").get(reviewer=reviewer, decided_at=None)


def test_review_is_told_to_its_reviewer_and_its_end_to_the_author() -> None:
    sheet, author, reviewer = sent_sheet()
    assert [kind for kind, _said in heard(reviewer)] == ["practices.to_review"]
    assert TITLE in heard(reviewer)[0][1]
    assert TITLE in "".join(mails())
    with acting_as(reviewer.pk) as asking:
        return_sheet(actor=asking, review=open_review(reviewer), reasons=[], message="CANARI-MOT, et bravo")
    assert [kind for kind, _said in heard(author)] == ["practices.returned"]
    (body,) = mails()
    assert TITLE in body
    assert "CANARI-MOT" not in body
    # the reviewer is not named on the sheet any more: the title is not theirs to read
    assert TITLE not in str(heard(reviewer))
    send(sheet, author)
    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=open_review(reviewer))
    assert [kind for kind, _said in heard(author)] == ["practices.returned", "practices.published"]


def test_mail_about_a_sheet_that_was_taken_away_meanwhile_does_not_leave() -> None:
    sheet, author, _reviewer = sent_sheet()
    with acting_as(author.pk) as asking:
        withdraw_sheet(actor=asking, sheet=Sheet.objects.get(pk=sheet.pk))
    assert mails() == []


def test_trial_is_told_once_to_the_author_in_the_digest_only() -> None:
    sheet = make_sheet(title=TITLE)
    elsewhere = make_institution()
    colleague = make_member(elsewhere)
    for outcome in (Outcome.WORKED, Outcome.PARTLY):
        with acting_as(colleague.pk) as asking:
            report_trial(actor=asking, sheet=Sheet.objects.get(pk=sheet.pk), told=Told(elsewhere, outcome))
    with as_system("test data"):
        author = sheet.author
    assert [kind for kind, _said in heard(author)] == ["practices.tried"]
    assert heard(colleague) == []
    assert mails() == []


def test_adaptation_that_is_published_thanks_the_authors_of_its_origin() -> None:
    origin = make_sheet(title=TITLE)
    with as_system("test data"):
        told_by = origin.author
    _sheet, _author, reviewer = sent_sheet("Chez nous", origin)
    assert heard(told_by) == []
    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=open_review(reviewer))
    ((kind, said),) = heard(told_by)
    assert kind == "practices.adapted"
    assert TITLE in said
    assert "Chez nous" in said

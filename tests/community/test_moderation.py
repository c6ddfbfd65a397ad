"""Reports, hiding, answering: the journey through the pages, and what the database holds to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from nuserus.community.enums import Content, Reason, Step
from nuserus.community.models import Answer, Comment, ModerationStep, Question, Report
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.models.audit import AuditEvent
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from nuserus.practices.models import Sheet, Trial
from nuserus.search.models import Entry
from tests.factories.community import (
    a_member,
    make_answer,
    make_comment,
    make_hidden,
    make_question,
    make_report,
    moderate,
)
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.sheets import make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
WORD = "tourniquet"


def _canary(content: Content) -> str:
    """A word that stands in the thing of this kind and nowhere else."""
    return f"CANARI{content.value.upper()}"


def _address(name: str, content: Content, object_id: UUID) -> str:
    return reverse(f"moderation:{name}", args=[content.value, object_id])


def _kinds(account: Account) -> list[str]:
    with acting_as(account.pk):
        return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def _everything() -> dict[Content, tuple[Any, str]]:
    """One thing of each kind with its canary in it, and the page that shows it."""
    author = a_member("Nadia")
    sheet = make_sheet(author=author, title=f"{_canary(Content.SHEET)} {WORD}")
    other = make_sheet(title="Une autre fiche")
    question = make_question(author, f"{_canary(Content.QUESTION)} {WORD}", level=Level.PUBLIC)
    quiet = make_question(title="Et sinon ?", level=Level.PUBLIC)
    answer = make_answer(quiet, author, f"{_canary(Content.ANSWER)} {WORD}")
    comment = make_comment(other, author, f"{_canary(Content.COMMENT)} {WORD}")
    trial = make_trial(other, make_institution(), author, comment=f"{_canary(Content.TRIAL)} {WORD}")
    return {
        Content.SHEET: (sheet, reverse("sheets:detail", args=[sheet.pk])),
        Content.QUESTION: (question, reverse("questions:question", args=[question.pk])),
        Content.ANSWER: (answer, reverse("questions:question", args=[quiet.pk])),
        Content.COMMENT: (comment, reverse("discussion:sheet", args=[other.pk])),
        Content.TRIAL: (trial, reverse("sheets:detail", args=[other.pk])),
    }


@pytest.mark.parametrize("content", list(Content))
def test_what_is_hidden_is_gone_at_once_for_all_but_its_author(client_as: ClientAs, content: Content) -> None:
    row, page = _everything()[content]
    canary, author = _canary(content), Account.objects.get(pk=row.author_id)
    reporter, moderator = a_member(), make_account("moderator")
    readers = [client_as(None), client_as(reporter)]
    assert all(canary in reader.get(page).content.decode() for reader in readers)
    reported = client_as(reporter).post(
        _address("report", content, row.pk), {"reason": "person", "words": "Son prénom"}
    )
    assert reported.status_code == 302
    case = client_as(moderator).get(_address("case", content, row.pk))
    assert canary in case.content.decode()
    assert "Son prénom" in case.content.decode()
    hidden = client_as(moderator).post(
        _address("case", content, row.pk), {"step": "hidden", "reason": "person", "text": "On la reconnaît."}
    )
    assert hidden.status_code == 302
    found = [f"{reverse(name)}?q={WORD}" for name in ("sheets:results", "questions:list")]
    looked = [reverse("sheets:results"), reverse("questions:list"), "/", page, *found]
    alone = {Content.SHEET, Content.QUESTION}
    for reader in [*readers, client_as(moderator)]:
        assert not [path for path in looked if canary in reader.get(path).content.decode()]
        assert reader.get(page).status_code == (404 if content in alone else 200)
    with as_system("look"):
        assert not Entry.objects.filter(object_id=row.pk).exists()
    assert canary in client_as(author).get(_address("own", content, row.pk)).content.decode()
    assert client_as(reporter).get(_address("own", content, row.pk)).status_code == 404
    assert _kinds(author)[-1] == "community.hidden"
    assert _kinds(reporter) == ["community.decided"]


@pytest.mark.parametrize("content", list(Content))
def test_the_author_answers_and_it_is_shown_again(client_as: ClientAs, content: Content) -> None:
    row, page = _everything()[content]
    author, moderator = Account.objects.get(pk=row.author_id), make_account("moderator")
    make_report(content, row.pk)
    moderate(content, row.pk, by=moderator)
    own = client_as(author)
    read = own.get(_address("own", content, row.pk)).content.decode()
    assert "On la reconnaît." in read
    assert str(Reason.PERSON.label) in read
    assert own.post(_address("own", content, row.pk), {"text": "Elle a choisi ce prénom."}).status_code == 302
    assert own.post(_address("own", content, row.pk), {"text": "Encore."}).status_code == 422
    assert "community.author_answered" in _kinds(moderator)
    waiting = client_as(moderator).get(reverse("moderation:queue")).content.decode()
    assert "a répondu" in waiting
    kept = client_as(moderator).post(_address("case", content, row.pk), {"step": "kept", "text": "Pas encore."})
    assert kept.status_code == 302
    assert own.post(_address("own", content, row.pk), {"text": "Prénom changé, promis."}).status_code == 302
    moderate(content, row.pk, by=moderator, step=Step.SHOWN, text="Merci.")
    assert _canary(content) in client_as(None).get(page).content.decode()
    assert _kinds(author)[-1] == "community.moderated"
    with as_system("look"):
        steps = list(ModerationStep.objects.order_by("at").values_list("step", flat=True))
        audited = list(AuditEvent.objects.filter(object_id=row.pk).values_list("action", flat=True))
    assert steps == ["hidden", "answered", "kept", "answered", "shown"]
    assert {"moderate: hidden", "moderate: kept", "moderate: shown", "answer moderation"} <= set(audited)


def test_somebody_recognisable_goes_on_top_and_moderators_know_at_once(client_as: ClientAs) -> None:
    moderator = make_account("moderator")
    sheet = make_sheet()
    first, second = make_comment(sheet, text="Premier"), make_comment(sheet, text="Second")
    make_report(Content.COMMENT, first.pk, reason=Reason.ADVERT)
    make_report(Content.COMMENT, second.pk, reason=Reason.PERSON)
    cases = client_as(moderator).get(reverse("moderation:queue")).context["cases"]
    assert [(case.target.body, case.urgent) for case in cases] == [("Second", True), ("Premier", False)]
    assert sorted(_kinds(moderator)) == ["community.report", "community.urgent"]


def test_queue_costs_the_same_however_long(
    client_as: ClientAs, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    sheet = make_sheet()
    for number in range(5):
        make_report(Content.COMMENT, make_comment(sheet, text=f"Commentaire {number}").pk)
    client = client_as(make_account("moderator"))
    with django_assert_max_num_queries(9):
        client.get(reverse("moderation:queue"))


def test_nobody_decides_about_their_own_words(client_as: ClientAs) -> None:
    moderator = make_account("moderator")
    make_membership(moderator, make_institution())
    question = make_question(moderator, "La mienne ?")
    make_report(Content.QUESTION, question.pk)
    page = client_as(moderator)
    assert "une autre personne" in page.get(_address("case", Content.QUESTION, question.pk)).content.decode()
    decided = page.post(_address("case", Content.QUESTION, question.pk), {"step": "left"})
    assert decided.status_code == 403
    with acting_as(moderator.pk), connection.cursor() as cursor:
        cursor.execute("SELECT community_moderate('question', %s, true)", [question.pk])
        assert cursor.fetchone() == (None,)
    assert _kinds(moderator) == []


def test_nobody_else_moderates(client_as: ClientAs) -> None:
    question = make_question(level=Level.PUBLIC)
    make_report(Content.QUESTION, question.pk)
    for somebody in (a_member(), make_account("reviewer"), make_account("site_admin"), make_account()):
        client = client_as(somebody)
        assert client.get(reverse("moderation:queue")).status_code == 403
        assert client.get(_address("case", Content.QUESTION, question.pk)).status_code == 404
        with acting_as(somebody.pk), connection.cursor() as cursor:
            cursor.execute("SELECT community_moderate('question', %s, true)", [question.pk])
            assert cursor.fetchone() == (None,)
            cursor.execute("SELECT count(*) FROM community_reported()")
            assert cursor.fetchone() == (0,)


def test_moderators_read_and_hide_only_what_was_reported() -> None:
    question = make_question()
    with acting_as(make_account("moderator").pk), connection.cursor() as cursor:
        cursor.execute("SELECT community_moderate('question', %s, true)", [question.pk])
        assert cursor.fetchone() == (None,)
        cursor.execute("SELECT count(*) FROM community_reported()")
        assert cursor.fetchone() == (0,)


def test_an_author_does_not_show_again_what_is_hidden() -> None:
    rows = _everything()
    for content, (row, _page) in rows.items():
        make_hidden(content, row.pk)
    author = rows[Content.SHEET][0].author_id
    attempts: list[tuple[Any, dict[str, Any]]] = [
        (Question, {"hidden_at": None, "scope_level": "public"}),
        (Answer, {"hidden_at": None}),
        (Comment, {"hidden_at": None, "scope_level": "public"}),
        (Sheet, {"status": "published", "scope_level": "public"}),
    ]
    for model, change in attempts:
        with acting_as(author), pytest.raises(DatabaseError):
            model.objects.filter(author=author).update(**change)
    with acting_as(author):
        Trial.objects.filter(author=author).update(scope_level="public")
        assert Trial.objects.get(author=author).scope_level == "restricted"


def test_steps_and_reports_are_added_to_and_never_changed() -> None:
    row, _page = _everything()[Content.COMMENT]
    moderator = make_account("moderator")
    make_report(Content.COMMENT, row.pk)
    moderate(Content.COMMENT, row.pk, by=moderator)
    models: tuple[type[Report | ModerationStep], ...] = (Report, ModerationStep)
    for model in models:
        with acting_as(moderator.pk), pytest.raises(DatabaseError, match="permission denied"):
            model._default_manager.update(object_id=row.pk)
        with acting_as(moderator.pk), pytest.raises(DatabaseError, match="permission denied"):
            model._default_manager.all().delete()


def test_who_is_reported_never_learns_by_whom(client_as: ClientAs) -> None:
    row, _page = _everything()[Content.COMMENT]
    make_report(Content.COMMENT, row.pk, a_member("Dénonce Moi"))
    moderate(Content.COMMENT, row.pk)
    author = Account.objects.get(pk=row.author_id)
    assert "Dénonce" not in client_as(author).get(_address("own", Content.COMMENT, row.pk)).content.decode()
    with acting_as(author.pk):
        assert not Report.objects.exists()


def test_a_trial_is_reported_from_its_sheet(client_as: ClientAs) -> None:
    trial = make_trial(make_sheet(), comment="Avec le petit Léo.")
    page = client_as(a_member()).get(_address("report", Content.SHEET, trial.sheet_id)).content.decode()
    assert _address("report", Content.TRIAL, trial.pk) in page


def test_one_report_at_a_time_and_never_of_oneself(client_as: ClientAs) -> None:
    author, reporter = a_member(), a_member()
    comment = make_comment(make_sheet(), author)
    address = _address("report", Content.COMMENT, comment.pk)
    assert client_as(author).post(address, {"reason": "hurtful"}).status_code == 422
    assert client_as(reporter).post(address, {"reason": "hurtful"}).status_code == 302
    assert client_as(reporter).post(address, {"reason": "hurtful"}).status_code == 422
    assert client_as(reporter).post(address, {"reason": "laid"}).status_code == 422
    moderate(Content.COMMENT, comment.pk, step=Step.LEFT, text="")
    assert "laissé visible" in client_as(reporter).get(reverse("moderation:own_reports")).content.decode()
    assert client_as(reporter).post(address, {"reason": "hurtful"}).status_code == 302


def test_hiding_asks_for_a_reason_and_keeping_for_a_word(client_as: ClientAs) -> None:
    comment = make_comment(make_sheet())
    make_report(Content.COMMENT, comment.pk)
    client = client_as(make_account("moderator"))
    page = _address("case", Content.COMMENT, comment.pk)
    assert client.post(page, {"step": "hidden", "text": "Gardez-moi"}).status_code == 422
    assert client.post(page, {"step": "hidden", "reason": "person"}).status_code == 302
    assert client.post(page, {"step": "kept"}).status_code == 422
    assert client.post(page, {"step": "left"}).status_code == 422


def test_a_hidden_sheet_cannot_be_edited_nor_sent_but_withdrawn(client_as: ClientAs) -> None:
    author = a_member()
    sheet = make_sheet(author=author)
    make_hidden(Content.SHEET, sheet.pk)
    client = client_as(author)
    assert client.get(reverse("telling:sheet", args=[sheet.pk])).status_code == 200
    assert client.get(reverse("sheets:detail", args=[sheet.pk])).status_code == 200
    assert client.post(reverse("telling:withdraw", args=[sheet.pk]), {"reason": ""}).status_code == 302
    with acting_as(author.pk):
        assert Sheet.objects.get(pk=sheet.pk).status == "withdrawn"

"""Questions, comments, reports, collections and campaigns for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from nuserus.community.actions.collections import Composed, add_sheet, compose_collection
from nuserus.community.actions.discussion import add_comment
from nuserus.community.actions.moderation import decide, report_content
from nuserus.community.actions.questions import Asked, answer_question, ask_question
from nuserus.community.enums import Content, Reason, Step
from nuserus.community.models import Answer, Campaign, Collection, Comment, Question, Report
from nuserus.community.queries.moderation import case_named
from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.practices.models import Sheet
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_member

ASKED = "Comment garder une tablette chargée pour la nuit ?"
ANSWERED = "Nous la branchons au poste de soins.\n\nLa veilleuse la rend au lever."
SAID = "Nous avons fait pareil, avec une boîte à œufs."


def a_member(name: str = "Nadia", place: Institution | None = None) -> Account:
    """A verified professional."""
    return make_member(place or make_institution(), name=name)


def make_question(author: Account | None = None, title: str = ASKED, **asked: Any) -> Question:
    """A question asked by somebody, to the network unless said otherwise."""
    author = author or a_member("Odile")
    with acting_as(author.pk) as asking:
        return ask_question(actor=asking, asked=Asked(title=title, **asked))


def make_answer(
    question: Question, author: Account | None = None, text: str = ANSWERED, sheets: tuple[UUID, ...] = ()
) -> Answer:
    """An answer by a peer."""
    author = author or a_member("Paul")
    with acting_as(author.pk) as asking:
        return answer_question(actor=asking, question=question, text=text, sheets=sheets)


def make_comment(
    sheet: Sheet, author: Account | None = None, text: str = SAID, parent: Comment | None = None
) -> Comment:
    """A comment on a published sheet."""
    author = author or a_member("Rose")
    with acting_as(author.pk) as asking:
        return add_comment(actor=asking, sheet=sheet, text=text, parent=parent)


def make_report(
    content: Content, object_id: UUID, reporter: Account | None = None, reason: Reason = Reason.HURTFUL
) -> Report:
    """Somebody asks the moderators to look."""
    reporter = reporter or a_member("Sarah")
    with acting_as(reporter.pk) as asking:
        return report_content(actor=asking, content=content, object_id=object_id, reason=reason, words="Ici.")


def moderate(
    content: Content,
    object_id: UUID,
    *,
    by: Account | None = None,
    step: Step = Step.HIDDEN,
    text: str = "On la reconnaît.",
) -> None:
    """A moderator decides about something reported."""
    by = by or make_account("moderator", name="Momo")
    with acting_as(by.pk) as asking:
        case = case_named(asking, content, object_id)
        decide(actor=asking, case=case, step=step, reason=Reason.PERSON if step == Step.HIDDEN else "", text=text)


def make_hidden(content: Content, object_id: UUID) -> None:
    """Reported, then hidden."""
    make_report(content, object_id)
    moderate(content, object_id)


def make_collection(author: Account | None = None, *sheets: Sheet, **composed: Any) -> Collection:
    """A collection with these sheets, public unless said otherwise."""
    author = author or a_member("Théo")
    told = {"title": "Pour notre réunion", "level": Level.PUBLIC, **composed}
    with acting_as(author.pk) as asking:
        collection = compose_collection(actor=asking, composed=Composed(**told))
        for sheet in sheets:
            add_sheet(actor=asking, collection=collection, sheet=sheet)
    return collection


def make_campaign(**told: Any) -> Campaign:
    """A campaign under way."""
    today = timezone.localdate()
    fields = {
        "title": "Semaine du partage",
        "goal": 10,
        "starts_on": today - timedelta(days=2),
        "ends_on": today + timedelta(days=4),
        "organised_by": "Le CREAI d’ici",
        **told,
    }
    with as_system("test data"):
        return Campaign.objects.create(opened_by=make_account(), scope_level=Level.PUBLIC, **fields)

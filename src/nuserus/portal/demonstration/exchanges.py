"""Invented questions, comments, a collection and a campaign."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from nuserus.community.models import (
    Answer,
    Campaign,
    Collection,
    CollectionEntry,
    Comment,
    Helped,
    Question,
)
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import Entry, exchanges
from nuserus.practices.models import Sheet
from nuserus.practices.queries.labels import labels

People = dict[str, Account]
Sheets = dict[str, Sheet]


def load_exchanges(people: People, sheets: Sheets) -> None:
    """Everything of community.yaml, dated back from now."""
    told = exchanges()
    for entry in told["questions"]:
        _load_question(entry, people, sheets)
    for entry in told["comments"]:
        comment = _comment(entry, people, sheets[entry["sheet"]], None)
        for reply in entry["replies"]:
            _comment(reply, people, sheets[entry["sheet"]], comment)
    for entry in told["collections"]:
        _load_collection(entry, people, sheets)
    today = timezone.localdate()
    for entry in told["campaigns"]:
        Campaign.objects.create(
            title=entry["title"],
            words=entry["words"],
            theme=entry["theme"],
            goal=entry["goal"],
            starts_on=today + timedelta(days=entry["starts"]),
            ends_on=today + timedelta(days=entry["ends"]),
            organised_by=entry["organised_by"],
            opened_by=people[entry["opened_by"]],
            scope_level=Level.PUBLIC,
        )


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _load_question(entry: Entry, people: People, sheets: Sheets) -> None:
    author = people[entry["author"]]
    question = Question.objects.create(
        author=author,
        title=entry["title"],
        detail=entry["detail"],
        devices=entry["devices"],
        families=labels().families_of(entry["devices"]),
        publics=entry["publics"],
        categories=entry["categories"],
        themes=entry["themes"],
        asked_level=entry["level"],
        scope_level=entry["level"],
        scope_author=author.pk,
    )
    Question.objects.filter(pk=question.pk).update(asked_at=_ago(entry["days"]))
    for told in entry["answers"]:
        peer = people[told["author"]]
        answer = Answer.objects.create(
            question=question,
            author=peer,
            text=told["text"],
            sheets=[sheets[slug].pk for slug in told["sheets"]],
            scope_level=entry["level"],
            scope_author=peer.pk,
        )
        Answer.objects.filter(pk=answer.pk).update(written_at=_ago(told["days"]))
        if told.get("helped"):
            Helped.objects.create(answer=answer, author=author, scope_level=entry["level"], scope_author=author.pk)


def _comment(entry: Entry, people: People, sheet: Sheet, parent: Comment | None) -> Comment:
    author = people[entry["author"]]
    comment = Comment.objects.create(
        sheet=sheet,
        parent=parent,
        author=author,
        text=entry["text"],
        scope_level=Level.PUBLIC,
        scope_author=author.pk,
    )
    Comment.objects.filter(pk=comment.pk).update(written_at=_ago(entry["days"]))
    return comment


def _load_collection(entry: Entry, people: People, sheets: Sheets) -> None:
    author = people[entry["author"]]
    collection = Collection.objects.create(
        author=author,
        title=entry["title"],
        intro=entry["intro"],
        composed_by=entry["composed_by"],
        scope_level=entry["level"],
        scope_author=author.pk,
    )
    for position, line in enumerate(entry["sheets"]):
        CollectionEntry.objects.create(
            collection=collection, sheet=sheets[line["slug"]], position=position, word=line["word"]
        )

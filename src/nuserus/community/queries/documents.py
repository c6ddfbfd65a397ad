"""How a question is said to the search index: its own words, not those of its answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from nuserus.community.models import Question
from nuserus.practices.queries.facets import facet_words, worded
from nuserus.practices.queries.labels import Labels, labels
from nuserus.search.registry import Document

KIND = "question"
_COLUMNS = {
    "dispositif": "devices",
    "famille": "families",
    "public": "publics",
    "categorie": "categories",
    "theme": "themes",
}


def questions_to_index() -> QuerySet[Question]:
    """Every question that the asker may see."""
    return Question.objects.all()


def question_document(question: Question) -> Document | None:
    """A question as the index sees it; None while it is hidden."""
    if question.hidden_at is not None:
        return None
    facets = {name: list(getattr(question, column)) for name, column in _COLUMNS.items()}
    return Document(
        scope=question,
        title=question.title,
        cards=question.detail,
        rest="\n".join(facet_lines(question, labels())),
        facets=[f"{name}:{slug}" for name, slugs in facets.items() for slug in slugs],
        published_at=question.asked_at,
    )


def facet_lines(question: Question, lists: Labels) -> list[str]:
    """What a question is about, in words."""
    return [word for name, column in _COLUMNS.items() for word in _words(name, getattr(question, column), lists)]


def said_about(question: Question, lists: Labels) -> list[str]:
    """The same for people: a family only where no device of it is named."""
    named = set(lists.families_of(question.devices))
    families = [slug for slug in question.families if slug not in named]
    return [
        word
        for name, column in _COLUMNS.items()
        for word in _words(name, families if name == "famille" else getattr(question, column), lists)
    ]


def _words(name: str, slugs: Iterable[str], lists: Labels) -> list[str]:
    return worded(slugs, facet_words(name, lists))

"""Questions, comments, reports, collections and a campaign, at every level and hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from nuserus.community.enums import Content, Reason, Step
from nuserus.community.models import (
    Answer,
    Campaign,
    Collection,
    CollectionEntry,
    Comment,
    CommentEdit,
    Helped,
    ModerationStep,
    Question,
    Report,
)
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.search.actions.index_object import index_object
from tests.factories.sheets import make_sheet

if TYPE_CHECKING:
    from tests.access.world import World

NETWORK_QUESTION = "CANARI-QUESTION-RESEAU"
HIDDEN_QUESTION = "CANARI-QUESTION-MASQUEE"
NETWORK_ANSWER = "CANARI-REPONSE-RESEAU"
HIDDEN_ANSWER = "CANARI-REPONSE-MASQUEE"
HIDDEN_COMMENT = "CANARI-COMMENTAIRE-MASQUE"
OLD_COMMENT = "CANARI-COMMENTAIRE-AVANT"
REPORTED = "CANARI-SIGNALEMENT"
DECIDED = "CANARI-DECISION"
HIDDEN_SHEET = "CANARI-FICHE-MASQUEE"
OWN_COLLECTION = "CANARI-SELECTION-A-SOI"
PLACE_COLLECTION = "CANARI-SELECTION-LIEU"
NETWORK_COLLECTION = "CANARI-SELECTION-RESEAU"

COMMUNITY_MODELS = (
    Question, Answer, Helped, Comment, CommentEdit, Report, ModerationStep, Collection, CollectionEntry, Campaign,
)  # fmt: skip


def add_community(world: World) -> None:
    """Everything is by « auteur », but answers and comments, by « membre d’ailleurs »."""
    author, other = world.people["auteur"], world.people["membre d’ailleurs"]
    reporter, moderator = world.people["compte non vérifié"], world.people["modérateur"]
    assert author is not None and other is not None and reporter is not None and moderator is not None
    sheet = next(row for row in world.rows["practices.Sheet"] if row.status == SheetStatus.PUBLISHED)
    hidden_sheet = make_sheet(
        world.place,
        author,
        title=f"{HIDDEN_SHEET} titre",
        cards=(f"{HIDDEN_SHEET} carte",),
        status=SheetStatus.HIDDEN,
        indexed=False,
        sent_at=timezone.now(),
    )
    world.keep(hidden_sheet, case="masquée")
    with as_system("test data"):
        _questions(world, author, other)
        _comments(world, sheet, other)
        for content, row in (
            (Content.QUESTION, world.rows["community.Question"][2]),
            (Content.ANSWER, world.rows["community.Answer"][2]),
            (Content.COMMENT, world.rows["community.Comment"][1]),
            (Content.SHEET, hidden_sheet),
        ):
            _case(world, content, row, reporter, moderator)
        _collections(world, sheet, author)
        today = timezone.localdate()
        campaign = Campaign.objects.create(
            title="Semaine du partage",
            goal=10,
            starts_on=today,
            ends_on=today + timedelta(days=6),
            organised_by="Le CREAI d’ici",
            opened_by=moderator,
            scope_level=Level.PUBLIC,
        )
        world.keep(campaign)
    world.readers |= _readers(world)


def _questions(world: World, author: Account, other: Account) -> None:
    for level, title, said, hide in (
        (Level.PUBLIC, "Une tablette la nuit ?", "Au poste de soins.", False),
        (Level.NETWORK, f"{NETWORK_QUESTION} ?", NETWORK_ANSWER, False),
        (Level.PUBLIC, f"{HIDDEN_QUESTION} ?", HIDDEN_ANSWER, True),
    ):
        hidden = {"hidden_at": timezone.now()} if hide else {}
        question = Question.objects.create(
            author=author,
            title=title,
            asked_level=level,
            scope_level=Level.RESTRICTED if hide else level,
            scope_author=author.pk,
            **hidden,
        )
        answer = Answer.objects.create(
            question=question,
            author=other,
            text=said,
            scope_author=other.pk,
            scope_level=question.scope_level,
            **hidden,
        )
        helped = Helped.objects.create(answer=answer, author=author, scope_author=author.pk)
        for row in (question, answer, helped):
            row.refresh_from_db()
            world.keep(row)
        index_object(kind="question", object_id=question.pk)


def _comments(world: World, sheet: Sheet, other: Account) -> None:
    for text, hide in (("Chez nous aussi.", False), (HIDDEN_COMMENT, True)):
        comment = Comment.objects.create(
            sheet=sheet,
            author=other,
            text=text,
            hidden_at=timezone.now() if hide else None,
            scope_level=Level.RESTRICTED if hide else Level.PUBLIC,
            scope_author=other.pk,
        )
        world.keep(comment)
    first = world.rows["community.Comment"][0]
    edit = CommentEdit.objects.create(
        comment=first, text=OLD_COMMENT, scope_level=Level.RESTRICTED, scope_author=other.pk
    )
    world.keep(edit)


def _case(world: World, content: Content, row: Any, reporter: Account, moderator: Account) -> None:
    restricted = {"content": content, "object_id": row.pk, "scope_level": Level.RESTRICTED}
    report = Report.objects.create(
        reporter=reporter, reason=Reason.PERSON, words=REPORTED, scope_author=reporter.pk, **restricted
    )
    step = ModerationStep.objects.create(
        step=Step.HIDDEN,
        actor=moderator,
        reason=Reason.PERSON,
        text=f"{DECIDED} {content.value}",
        scope_author=row.author_id,
        **restricted,
    )
    if content == Content.COMMENT:
        world.keep(report, step)


def _collections(world: World, sheet: Sheet, author: Account) -> None:
    for level, title in (
        (Level.RESTRICTED, OWN_COLLECTION),
        (Level.INSTITUTION, PLACE_COLLECTION),
        (Level.NETWORK, NETWORK_COLLECTION),
        (Level.PUBLIC, "Pour notre réunion"),
    ):
        collection = Collection.objects.create(
            author=author,
            title=title,
            intro=f"{title} intro",
            scope_level=level,
            scope_author=author.pk,
            scope_institution=world.place.pk if level == Level.INSTITUTION else None,
        )
        entry = CollectionEntry.objects.create(collection=collection, sheet=sheet, position=0, word=f"{title} mot")
        entry.refresh_from_db()
        world.keep(collection, entry)


def _readers(world: World) -> dict[str, set[str]]:
    at_place = {"auteur", "membre du lieu", "praticien-chercheur du lieu", "référent du lieu"}
    unverified = {
        "visiteur", "compte non vérifié", "personne accompagnée", "proche", "membre de comité",
        "administrateur du site", "co-auteur nommé",
    }  # fmt: skip
    verified = set(world.people) - unverified
    return {
        NETWORK_QUESTION: verified,
        NETWORK_ANSWER: verified,
        HIDDEN_QUESTION: {"auteur", "modérateur"},
        HIDDEN_ANSWER: {"membre d’ailleurs", "modérateur"},
        HIDDEN_COMMENT: {"membre d’ailleurs", "modérateur"},
        OLD_COMMENT: {"membre d’ailleurs"},
        REPORTED: {"compte non vérifié", "modérateur"},
        f"{DECIDED} comment": {"membre d’ailleurs", "modérateur"},
        f"{DECIDED} sheet": {"auteur", "modérateur"},
        HIDDEN_SHEET: {"auteur", "modérateur"},
        OWN_COLLECTION: {"auteur"},
        PLACE_COLLECTION: at_place,
        NETWORK_COLLECTION: verified,
    }

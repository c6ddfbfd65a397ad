"""Saving answers: acknowledged is stored, and no text is lost to another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.foundation.asking import acting_as
from nuserus.foundation.policy import Unreadable
from nuserus.people.enums import Role
from nuserus.practices.actions.answers import Conflict, Saved
from nuserus.practices.models import Answer, AnswerSave, Card, Sheet
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import TOLD, answer, get_sheet, make_draft, make_sent
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")


def test_an_answer_is_stored_on_the_sheet_and_kept() -> None:
    sheet = make_draft()
    saved = answer(sheet, sheet.author, "intention", {"intention": "Que chacun sache."})
    assert isinstance(saved, Saved)
    assert saved.revision == 1
    assert get_sheet(sheet).intention == "Que chacun sache."
    with acting_as(sheet.author_id):
        assert [save.fields for save in AnswerSave.objects.all()] == [{"intention": "Que chacun sache."}]


def test_the_same_content_twice_is_one_save() -> None:
    sheet = make_draft()
    first = answer(sheet, sheet.author, "intention", {"intention": "Oui."}, revision=0)
    again = answer(sheet, sheet.author, "intention", {"intention": "Oui."}, revision=0)
    assert (first.revision, again.revision) == (1, 1)
    with acting_as(sheet.author_id):
        assert AnswerSave.objects.count() == 1


def test_a_late_text_is_kept_beside_the_newer_one() -> None:
    sheet = make_draft()
    answer(sheet, sheet.author, "intention", {"intention": "Du téléphone."}, revision=0)
    late = answer(sheet, sheet.author, "intention", {"intention": "De la tablette."}, revision=0)
    answer(sheet, sheet.author, "intention", {"intention": "De la tablette."}, revision=0)
    assert late == Conflict(1, {"intention": "Du téléphone."})
    with acting_as(sheet.author_id):
        kept = AnswerSave.objects.filter(refused=True)
        assert [save.fields for save in kept] == [{"intention": "De la tablette."}]
    assert get_sheet(sheet).intention == "Du téléphone."


def test_concurrent_saves_that_were_acknowledged_are_all_stored() -> None:
    sheet = make_draft()

    def save(number: int) -> tuple[str, Saved | Conflict]:
        text = f"Texte {number}"
        try:
            return text, answer(sheet, sheet.author, "intention", {"intention": text}, revision=0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(save, range(24)))
    with acting_as(sheet.author_id):
        stored = {save.fields["intention"] for save in AnswerSave.objects.all()}
    assert stored == {text for text, _ in outcomes}
    assert sum(isinstance(outcome, Saved) for _, outcome in outcomes) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=8))
def test_revisions_only_grow_and_name_what_is_stored(steps: list[tuple[str, int]]) -> None:
    """Against a model in a few lines: the text held, its revision, and every text ever received."""
    sheet = make_draft()
    held, revision, received = "", 0, set()
    for text, base in steps:
        outcome = answer(sheet, sheet.author, "intention", {"intention": text}, revision=base)
        if text != held:
            received.add(text)
            if base == revision:
                held, revision = text, revision + 1
        assert outcome.revision == revision
        assert isinstance(outcome, Saved) == (held == text)
    assert get_sheet(sheet).intention == held
    with acting_as(sheet.author_id):
        saves = AnswerSave.objects.filter(sheet=sheet)
        assert {save.fields["intention"] for save in saves} == received


def test_cards_keep_their_ids_when_they_move() -> None:
    sheet = make_draft(answers={"did": {"text_1": "Un", "text_2": "Deux"}})
    with acting_as(sheet.author_id):
        one, two = Card.objects.filter(sheet=sheet)
    moved = {"text_1": "Deux", "card_1": str(two.pk), "text_2": "Un", "card_2": str(one.pk)}
    answer(sheet, sheet.author, "did", moved)
    with acting_as(sheet.author_id):
        assert [(card.pk, card.text) for card in Card.objects.filter(sheet=sheet)] == [(two.pk, "Deux"), (one.pk, "Un")]


@pytest.mark.parametrize(
    ("after", "known"),
    [
        (["Deux", "Un", "Trois"], [1, 0, 2]),
        (["Un", "Deux autrement", "Trois"], [0, 1, 2]),
        (["Rien de commun", "Deux", "Trois"], [0, 1, 2]),
        (["Deux", "Trois"], [1, 2]),
        (["L’enfant range les photos du car"], [None]),
        (["Un", "Tout neuf", "Deux", "Trois"], [0, None, 1, 2]),
    ],
)
def test_cards_are_recognised_without_their_ids(after: list[str], known: list[int | None]) -> None:
    sheet = make_draft(answers={"did": {"text_1": "Un", "text_2": "Deux", "text_3": "Trois"}})
    with acting_as(sheet.author_id):
        before = [card.pk for card in Card.objects.filter(sheet=sheet)]
    texts = {f"text_{place}": (after[place - 1] if place <= len(after) else "") for place in range(1, 6)}
    answer(sheet, sheet.author, "did", texts)
    with acting_as(sheet.author_id):
        cards = list(Card.objects.filter(sheet=sheet))
    assert [card.text for card in cards] == after
    assert [before.index(card.pk) if card.pk in before else None for card in cards] == known


def test_a_reworded_card_is_recognised_when_another_went() -> None:
    sheet = make_draft(
        answers={"did": {"text_1": "Nous photographions le car.", "text_2": "L’enfant range les photos."}}
    )
    with acting_as(sheet.author_id):
        second = Card.objects.filter(sheet=sheet).last()
    answer(sheet, sheet.author, "did", {"text_1": "L’enfant range toutes les photos.", "text_2": ""})
    with acting_as(sheet.author_id):
        assert second is not None
        assert Card.objects.get(sheet=sheet).pk == second.pk


def test_a_card_goes_even_when_a_hidden_draft_was_made_from_it() -> None:
    sheet = make_draft(answers={"did": {"text_1": "Un"}})
    other = make_draft()
    with acting_as(sheet.author_id):
        card = Card.objects.get(sheet=sheet)
    with acting_as(other.author_id):
        Card.objects.create(sheet=other, position=0, text="Un", origin=card, origin_text="Un")
    answer(sheet, sheet.author, "did", {"text_1": ""})
    with acting_as(other.author_id):
        descendant = Card.objects.get(sheet=other)
    assert (descendant.origin_id, descendant.origin_text) == (None, "Un")


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("intention", {"intention": "x" * 4001}),
        ("intention", {"author": "x"}),
        ("intention", {"intention": ["a", "b"]}),
        ("device", {"devices": "tablette"}),
        ("device", {"devices": [f"d{number}" for number in range(500)]}),
        ("did", {f"text_{number}": "x" for number in range(1, 501)}),
        ("check", {"title": "x" * 1_000_000}),
        ("scope_level", {"scope_level": "public"}),
    ],
)
def test_what_is_not_an_answer_is_refused(question: str, fields: dict[str, object]) -> None:
    sheet = make_draft()
    with pytest.raises(ValidationError):
        answer(sheet, sheet.author, question, fields)


def test_invisible_characters_do_not_come_in() -> None:
    sheet = make_draft()
    answer(sheet, sheet.author, "check", {"title": "Une\x00 tab\u202elette\nbleue"})
    assert get_sheet(sheet).title == "Une tablette bleue"


def test_somebody_else_does_not_know_that_the_draft_exists() -> None:
    sheet = make_draft()
    with pytest.raises(Unreadable):
        answer(sheet, make_member(make_institution()), "intention", {"intention": "Moi."})


def test_a_reader_of_a_published_sheet_may_not_answer() -> None:
    sheet = make_sheet()
    with pytest.raises(PermissionDenied):
        answer(sheet, make_account(), "intention", {"intention": "Moi."})


def test_a_sheet_in_review_is_not_written() -> None:
    sheet, _ = make_sent()
    with pytest.raises(PermissionDenied):
        answer(sheet, sheet.author, "intention", {"intention": "Encore."})


def test_a_reviewer_does_not_read_what_was_taken_out() -> None:
    reviewer = make_account(Role.REVIEWER)
    sheet = make_draft(answers={"intention": {"intention": "Léo, 8 ans"}})
    answer(sheet, sheet.author, "intention", {"intention": "Un enfant"})
    for question, fields in TOLD.items():
        answer(sheet, sheet.author, question, fields)
    from nuserus.practices.actions.send import send_sheet

    with acting_as(sheet.author_id) as asking:
        review = send_sheet(actor=asking, sheet=sheet, licence_accepted=True)
    assert review.reviewer_id == reviewer.pk
    with acting_as(reviewer.pk):
        assert Sheet.objects.get(pk=sheet.pk).intention == "Un enfant"
        assert list(AnswerSave.objects.all()) == []
        assert "Léo" not in str([held.fields for held in Answer.objects.all()])

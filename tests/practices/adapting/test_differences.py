from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from nuserus.practices.queries.differences import Change, compared_cards, word_runs


@dataclass
class Theirs:
    text: str
    pk: UUID = field(default_factory=uuid4)


@dataclass
class Ours:
    text: str
    origin_id: UUID | None = None
    origin_text: str = ""
    what_changed: str = ""
    why_changed: str = ""


@given(st.text(max_size=200), st.text(max_size=200))
def test_word_runs_rebuild_both_texts(before: str, after: str) -> None:
    runs = word_runs(before, after)
    assert "".join(run.text for run in runs if run.change is not Change.ADDED) == before
    assert "".join(run.text for run in runs if run.change is not Change.REMOVED) == after


def test_word_runs_change_whole_words() -> None:
    runs = word_runs("trois photos de la valise", "trois dessins de la valise")
    assert [(run.change.value, run.text) for run in runs] == [
        ("same", "trois "),
        ("removed", "photos"),
        ("added", "dessins"),
        ("same", " de la valise"),
    ]


def test_a_lone_word_between_two_changes_goes_with_them() -> None:
    runs = word_runs(
        "nous posons la petite boîte rouge sur une table", "nous posons un petit carton rouge sur une table"
    )
    assert [(run.change.value, run.text) for run in runs] == [
        ("same", "nous posons "),
        ("removed", "la petite boîte"),
        ("added", "un petit carton"),
        ("same", " rouge sur une table"),
    ]


def test_texts_that_share_little_are_shown_as_replaced() -> None:
    runs = word_runs("Le soir, on chante à table.", "Une frise de photos guide le départ.")
    assert [run.change for run in runs] == [Change.REMOVED, Change.ADDED]


def test_very_long_texts_are_shown_as_replaced() -> None:
    runs = word_runs("a b " * 5000, "b a " * 5000)
    assert [run.change for run in runs] == [Change.REMOVED, Change.ADDED]


def test_compared_cards_in_our_order_with_what_was_left_out() -> None:
    one, two, three = Theirs("un"), Theirs("deux"), Theirs("trois")
    ours = [Ours("un", one.pk, "un"), Ours("neuf"), Ours("trois bis", three.pk, "trois")]
    rows = compared_cards([one, two, three], ours)
    assert [row.change for row in rows] == [Change.SAME, Change.ADDED, Change.REMOVED, Change.CHANGED]
    assert [row.theirs and row.theirs.text for row in rows] == ["un", None, "deux", "trois"]


def test_a_card_is_compared_with_the_text_it_was_copied_from() -> None:
    origin = Theirs("texte repris depuis")
    rows = compared_cards([origin], [Ours("texte d’avant", origin.pk, "texte d’avant")])
    assert [row.change for row in rows] == [Change.SAME]


def test_a_card_whose_origin_is_gone_keeps_its_comparison() -> None:
    rows = compared_cards([], [Ours("après", None, "avant")])
    assert [(row.change, row.theirs) for row in rows] == [(Change.CHANGED, None)]

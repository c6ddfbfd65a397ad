"""Flags follow the texts: what is found, what is decided, and what happens when words change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.policy import Unreadable
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.details import keep_in_sheet, reopen_in_sheet, replace_in_sheet
from nuserus.practices.models import Sheet
from nuserus.screening.actions.screening import note_names, texts_to_read
from nuserus.screening.enums import FlagState, FoundBy
from nuserus.screening.models import Flag, ScreenedText
from nuserus.screening.queries.digests import text_digest
from nuserus.screening.registry import told_of
from nuserus_analysis.screening import Span
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_draft, make_sent
from tests.factories.screening import flag_on, screened
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
KIND = "practices.Sheet"
SAID = "Avec Léo, 8 ans. Léo sourit."


@pytest.fixture
def author() -> Account:
    return make_member(make_institution("Foyer Camille-Autret"), name="Nadia")


@pytest.fixture
def sheet(author: Account) -> Sheet:
    return make_draft(author, answers={"intention": {"intention": SAID}, "happened": {"happened": "Léo dort."}})


def decide(action: Any, sheet: Sheet, by: Account, flag: Flag, **more: Any) -> None:
    with acting_as(by.pk) as asking:
        action(actor=asking, sheet=Sheet.objects.get(pk=sheet.pk), flag_id=flag.pk, **more)


def words(sheet: Sheet, by: Account, *, is_open: bool) -> list[str]:
    return [detail.words for detail in screened(sheet, by).details if detail.is_open is is_open]


def test_every_place_is_found_once_however_often_it_is_screened(sheet: Sheet, author: Account) -> None:
    for _again in range(2):
        assert words(sheet, author, is_open=True) == ["Léo", "8 ans", "Léo", "Léo"]
    with acting_as(author.pk):
        assert Flag.objects.count() == 4


def test_no_word_of_the_text_is_stored(sheet: Sheet, author: Account) -> None:
    screened(sheet, author)
    with as_system("look at what is stored", recorded=False):
        stored = [str(row) for model in (Flag, ScreenedText) for row in model.objects.values()]
    assert not any("Léo" in row or "8 ans" in row for row in stored)


def test_keeping_is_for_the_same_words_everywhere_and_survives_a_change(sheet: Sheet, author: Account) -> None:
    decide(keep_in_sheet, sheet, author, flag_on(sheet, author, "Léo"), reason="invented")
    assert words(sheet, author, is_open=True) == ["8 ans"]
    answer(sheet, author, "intention", {"intention": "Un matin, LÉO et Inès jouent."})
    assert words(sheet, author, is_open=False) == ["LÉO", "Léo"]
    assert words(sheet, author, is_open=True) == ["Inès"]
    answer(sheet, author, "watch_for", {"watch_for": "Prévenir Léo avant."})
    assert "Léo" not in words(sheet, author, is_open=True)


def test_words_that_come_back_are_still_decided(sheet: Sheet, author: Account) -> None:
    decide(keep_in_sheet, sheet, author, flag_on(sheet, author, "8 ans"), reason="harmless")
    answer(sheet, author, "intention", {"intention": "Rien."})
    screened(sheet, author)
    with acting_as(author.pk):
        assert set(Flag.objects.values_list("state", flat=True)) == {FlagState.STALE, FlagState.OPEN}
    answer(sheet, author, "intention", {"intention": SAID})
    assert words(sheet, author, is_open=False) == ["8 ans"]
    decide(reopen_in_sheet, sheet, author, flag_on(sheet, author, "8 ans"))
    assert "8 ans" in words(sheet, author, is_open=True)


def test_replacing_changes_every_place_and_nothing_else(sheet: Sheet, author: Account) -> None:
    decide(replace_in_sheet, sheet, author, flag_on(sheet, author, "Léo"))
    told = get_sheet(sheet, author)
    assert told.intention == "Avec la personne, 8 ans. La personne sourit."
    assert told.happened == "La personne dort."
    assert words(sheet, author, is_open=True) == ["8 ans"]
    assert screened(sheet, author).replaced == 3


def test_flags_of_another_text_are_never_shown_on_this_one(sheet: Sheet, author: Account) -> None:
    screened(sheet, author)
    with acting_as(author.pk) as asking:
        told = told_of(KIND, sheet.pk)
        assert told is not None
        Sheet.objects.filter(pk=sheet.pk).update(intention="Tout a changé, sans passer par la vérification.")
        from nuserus.screening.queries.flags import screening_of

        now = told_of(KIND, sheet.pk)
        assert now is not None
        texts = {text.field: text for text in screening_of(asking, KIND, now).texts}
        assert texts["intention.intention"].details == []


def test_reasons_are_those_of_the_list_and_flags_those_of_the_sheet(sheet: Sheet, author: Account) -> None:
    flag = flag_on(sheet, author, "8 ans")
    with pytest.raises(ValidationError):
        decide(keep_in_sheet, sheet, author, flag, reason="parce que")
    other = make_draft(author, answers={"intention": {"intention": "Avec Inès."}})
    with pytest.raises(Unreadable):
        decide(keep_in_sheet, other, author, flag, reason="harmless")


def test_a_reviewer_reads_flags_and_decides_none(author: Account) -> None:
    reviewer = make_account(Role.REVIEWER)
    sheet, _review = make_sent(author)
    with as_system("say a name", recorded=False):
        Sheet.objects.filter(pk=sheet.pk).update(intention="Avec Léo.")
    flag = flag_on(sheet, reviewer, "Léo")
    with pytest.raises(PermissionDenied):
        decide(keep_in_sheet, sheet, reviewer, flag, reason="harmless")


def test_the_floor_hides_flags_from_everybody_else_even_of_a_public_sheet(sheet: Sheet, author: Account) -> None:
    screened(sheet, author)
    other = make_member(make_institution())
    for who in (None, other.pk):
        with acting_as(who):
            assert not ScreenedText.objects.exists()
            assert not Flag.objects.exists()
    with acting_as(author.pk), pytest.raises(DatabaseError), transaction.atomic():
        ScreenedText.objects.update(scope_level="public")


def test_known_names_are_spared(author: Account) -> None:
    text = "Au foyer Camille-Autret, Nadia et Plaphoons. Sabrina chante."
    told = make_draft(author, answers={"device": {"devices": ["tablette"], "own_devices": "Sabrina"}})
    answer(told, author, "intention", {"intention": text})
    assert words(told, author, is_open=True) == []


def add_names(sheet: Sheet, author: Account, word: str) -> None:
    with acting_as(author.pk) as asking:
        told = told_of(KIND, sheet.pk)
        assert told is not None
        names = {}
        for field, text in texts_to_read(KIND, told).items():
            spans = [Span(text.index(word), text.index(word) + len(word))] if word in text else []
            names[field] = (text_digest(text), spans)
        note_names(actor=asking, kind=KIND, told=told, names=names)


def test_what_the_model_found_stays_while_the_text_changes_around_it(sheet: Sheet, author: Account) -> None:
    answer(sheet, author, "intention", {"intention": "Hier encore Zdenkaou marchait."})
    assert "Zdenkaou" not in words(sheet, author, is_open=True)
    add_names(sheet, author, "Zdenkaou")
    assert "Zdenkaou" in words(sheet, author, is_open=True)
    assert not screened(sheet, author).names_pending
    answer(sheet, author, "intention", {"intention": "Hier soir encore Zdenkaou marchait vite."})
    assert "Zdenkaou" in words(sheet, author, is_open=True)
    assert screened(sheet, author).names_pending
    with acting_as(author.pk):
        assert Flag.objects.filter(found_by=FoundBy.MODEL).count() == 1


def test_names_of_a_text_that_has_changed_meanwhile_are_left(sheet: Sheet, author: Account) -> None:
    screened(sheet, author)
    with acting_as(author.pk) as asking:
        told = told_of(KIND, UUID(str(sheet.pk)))
        assert told is not None
        late = {"intention.intention": (text_digest("un autre texte"), [Span(0, 4)])}
        note_names(actor=asking, kind=KIND, told=told, names=late)
    assert screened(sheet, author).names_pending

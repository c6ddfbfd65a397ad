"""Looking for names in a job: what the model reads, twice is once, and what happens without it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.actions.details import screen_sheet
from nuserus.practices.models import Sheet
from nuserus.screening import tasks
from nuserus.screening.actions import screening
from nuserus.screening.models import ScreenedText
from nuserus.screening.queries import names_program
from nuserus.screening.queries.names_program import NamesProgram
from nuserus_analysis.screening import Span
from nuserus_analysis.screening.spacy_names import is_available
from tests.factories.directory import make_institution
from tests.factories.practices import answer, make_draft
from tests.factories.screening import screened
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
TEXT = "Hier encore Zdenkaou marchait."


class Finder:
    """Finds one name, and remembers what it was given to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def names_in(self, texts: Sequence[str]) -> list[list[Span]]:
        self.read += texts
        return [[Span(12, 20)] if text == TEXT else [] for text in texts]


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> Finder:
    found = Finder()
    for module in (tasks, screening):
        monkeypatch.setattr(module, "names_finder", lambda: found)
    return found


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


def open_last_screen(sheet: Sheet, by: Account) -> None:
    with acting_as(by.pk) as asking:
        screen_sheet(actor=asking, sheet=Sheet.objects.get(pk=sheet.pk))


def job() -> ProcrastinateJob:
    found: ProcrastinateJob = ProcrastinateJob.objects.get(task_name=screening.TASK)
    return found


def test_one_job_waits_and_reads_each_text_once(author: Account, finder: Finder) -> None:
    sheet = make_draft(author, answers={"intention": {"intention": TEXT}})
    for _again in range(2):
        open_last_screen(sheet, author)
    assert finder.read == []
    for _again in range(2):
        tasks.look_for_names(**job().args)
    assert finder.read.count(TEXT) == 1
    assert [detail.words for detail in screened(sheet, author).open] == ["Zdenkaou"]
    assert not screened(sheet, author).names_pending


def test_texts_are_not_in_the_job(author: Account, finder: Finder) -> None:
    open_last_screen(make_draft(author, answers={"intention": {"intention": TEXT}}), author)
    assert "Zdenkaou" not in str(job().args)


def test_who_reads_the_sheet_no_more_is_read_nothing_of_it(author: Account, finder: Finder) -> None:
    sheet = make_draft(author, answers={"intention": {"intention": TEXT}})
    other = make_member(make_institution())
    tasks.look_for_names(kind="practices.Sheet", object_id=str(sheet.pk), user_id=str(other.pk))
    assert finder.read == []


def test_a_text_typed_while_the_model_reads_waits_for_the_next_job(
    author: Account, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = make_draft(author, answers={"intention": {"intention": TEXT}})
    plain = finder.names_in

    def typing(texts: Sequence[str]) -> list[list[Span]]:
        answer(sheet, author, "intention", {"intention": "Autre chose."})
        return plain(texts)

    monkeypatch.setattr(finder, "names_in", typing)
    tasks.look_for_names(kind="practices.Sheet", object_id=str(sheet.pk), user_id=str(author.pk))
    assert screened(sheet, author).names_pending
    with acting_as(author.pk):
        assert not ScreenedText.objects.filter(field="intention.intention", names_checked=True).exists()


def test_without_a_model_nothing_is_asked(author: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names_program, "is_available", lambda: False)
    sheet = make_draft(author, answers={"intention": {"intention": "Avec Léo."}})
    open_last_screen(sheet, author)
    assert not ProcrastinateJob.objects.filter(task_name=screening.TASK).exists()
    assert [detail.words for detail in screened(sheet, author).open] == ["Léo"]


@pytest.mark.skipif(not is_available(), reason="the extra nlp is not installed")
def test_the_program_reads_and_ends() -> None:
    found = NamesProgram().names_in(["Nous avons vu Sandrine Kerboul hier.", "La tablette est tombée. 🙂"])
    assert len(found) == 2
    assert Span(14, 30) in found[0]


@pytest.mark.skipif(not is_available(), reason="the extra nlp is not installed")
def test_the_job_with_the_model_itself(author: Account) -> None:
    sheet = make_draft(author, answers={"intention": {"intention": "Nous avons rencontré Zdenka Kerboulouzig hier."}})
    open_last_screen(sheet, author)
    tasks.look_for_names(**job().args)
    found = screened(sheet, author)
    assert [detail.words for detail in found.open] == ["Zdenka Kerboulouzig"]
    assert not found.names_pending

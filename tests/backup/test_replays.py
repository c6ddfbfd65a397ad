"""Each kind of withdrawal, done again in a copy that does not know of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

import nuserus
from nuserus.community.models import Answer, Comment, Question
from nuserus.consent.enums import State, Step
from nuserus.consent.models import Consent
from nuserus.corpus.models import SealedOriginal
from nuserus.facilitation.models import PersonWords
from nuserus.fieldwork.models import Recording as FieldRecording
from nuserus.foundation.asking import as_system
from nuserus.foundation.ledger import replaying
from nuserus.foundation.ledger.lines import Entry, append
from nuserus.foundation.ledger.noting import ledger_file, ledger_key
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Picture, Sheet, SheetVersion, Trial
from nuserus.studies.models import Participant, StudyPlace
from nuserus.voice.models import Recording
from tests.factories.community import make_answer, make_comment, make_question
from tests.factories.consent import make_work, say, say_aloud, state_of
from tests.factories.corpus import make_heard_place, make_source
from tests.factories.facilitation import make_words, quote
from tests.factories.fieldwork import make_field
from tests.factories.interviews import make_field_recording, make_interview, make_listened
from tests.factories.people import make_account
from tests.factories.practices import make_cover, make_draft, make_published
from tests.factories.sheets import make_trial
from tests.factories.studies import make_lead, make_study, make_study_place
from tests.factories.voice import make_recording
from tests.factories.withdrawals import make_person

pytestmark = pytest.mark.usefixtures("database")
Case = tuple[UUID, dict[str, str], Callable[[], bool]]


def _seen(check: Callable[[], bool]) -> Callable[[], bool]:
    def asked() -> bool:
        with as_system("read test data", recorded=False):
            return check()

    return asked


def _published() -> Sheet:
    make_account(Role.REVIEWER)
    return make_published()


def _consent() -> Case:
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work)
    return consent.pk, {"how": "on_screen", "by": str(person.pk)}, lambda: state_of(consent) == State.WITHDRAWN


def _words_with_their_consent() -> Case:
    sheet = _published()
    words = make_words(sheet, sheet.author)
    quote(words, sheet.author)
    with as_system("read test data", recorded=False):
        consent = Consent.objects.get(object_id=words.pk)
    gone = _seen(lambda: PersonWords.objects.get(pk=words.pk).text == "")
    return consent.pk, {"how": "card"}, gone


def _participant() -> Case:
    lead = make_lead()
    person = make_person(make_study_place(make_study(lead, laid_out=False)), by=lead, pseudonym="Nour")
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    consent = say_aloud(lead, Step.GIVEN, **told)
    details = {
        "subject": str(person.pk),
        "mission": str(person.place_id),
        "mode": "erase",
        "how": "oral",
        "author": str(lead.pk),
        "by": str(lead.pk),
    }
    nameless = _seen(lambda: "Nour" not in Participant.objects.get(pk=person.pk).pseudonym)
    return new_id(), details, lambda: nameless() and state_of(consent) == State.WITHDRAWN


def _sheet() -> Case:
    sheet = _published()
    gone = _seen(lambda: Sheet.objects.get(pk=sheet.pk).status == SheetStatus.WITHDRAWN)
    return sheet.pk, {}, gone


def _version() -> Case:
    sheet = _published()
    with as_system("read test data", recorded=False):
        version = SheetVersion.objects.get(sheet=sheet)
    return (
        version.pk,
        {"reason": "words"},
        _seen(lambda: SheetVersion.objects.get(pk=version.pk).closed_at is not None),
    )


def _photo() -> Case:
    cover = make_cover(make_draft())
    file = Path(cover.file.path)
    assert file.is_file()
    return cover.pk, {}, _seen(lambda: not Picture.objects.filter(pk=cover.pk).exists() and not file.exists())


def _trial() -> Case:
    trial = make_trial(_published())
    return trial.pk, {}, _seen(lambda: not Trial.objects.filter(pk=trial.pk).exists())


def _words() -> Case:
    draft = make_draft()
    words = make_words(draft, draft.author)
    return words.pk, {}, _seen(lambda: not PersonWords.objects.filter(pk=words.pk).exists())


def _account() -> Case:
    account = make_account()
    return account.pk, {"name": "remove"}, _seen(lambda: Account.objects.get(pk=account.pk).closed_at is not None)


def _recording() -> Case:
    recording = make_recording(make_draft())
    return (
        recording.pk,
        {"ending": "thrown"},
        _seen(lambda: Recording.objects.get(pk=recording.pk).ended_at is not None),
    )


def _question() -> Case:
    question = make_question()
    return question.pk, {}, _seen(lambda: not Question.objects.filter(pk=question.pk).exists())


def _answer() -> Case:
    answer = make_answer(make_question())
    return answer.pk, {}, _seen(lambda: not Answer.objects.filter(pk=answer.pk).exists())


def _comment() -> Case:
    comment = make_comment(_published())
    return comment.pk, {}, _seen(lambda: Comment.objects.get(pk=comment.pk).text == "")


def _field_recording() -> Case:
    place, lead = make_field()
    recording = make_field_recording(make_interview(place, lead, make_listened(place, lead)), lead)
    return recording.pk, {}, _seen(lambda: FieldRecording.objects.get(pk=recording.pk).ended_at is not None)


def _sealed_text() -> tuple[SealedOriginal, StudyPlace]:
    place, author = make_heard_place()
    source = make_source(place, author).source
    scope = {"scope_level": Level.RESTRICTED, "scope_mission": place.pk, "scope_author": author.pk}
    with as_system("test data"):
        sealed = SealedOriginal(source=source, study=place.study, number=1, sealed=b"scell", **scope)
        sealed.save(force_insert=True)
    return sealed, place


def _names() -> Case:
    sealed, place = _sealed_text()
    return place.study_id, {}, _seen(lambda: not SealedOriginal.objects.filter(pk=sealed.pk).exists())


def _original() -> Case:
    sealed, _place = _sealed_text()
    return sealed.source_id, {}, _seen(lambda: not SealedOriginal.objects.filter(pk=sealed.pk).exists())


CASES: list[tuple[str, Callable[[], Case]]] = [
    ("consent.withdrawn", _consent),
    ("consent.withdrawn", _words_with_their_consent),
    ("consent.subject_withdrawn", _participant),
    ("practices.sheet_withdrawn", _sheet),
    ("practices.version_closed", _version),
    ("practices.photo_removed", _photo),
    ("practices.trial_deleted", _trial),
    ("facilitation.words_removed", _words),
    ("people.account_closed", _account),
    ("voice.recording_ended", _recording),
    ("fieldwork.recording_removed", _field_recording),
    ("corpus.names_ended", _names),
    ("corpus.original_ended", _original),
    ("community.question_deleted", _question),
    ("community.answer_deleted", _answer),
    ("community.comment_removed", _comment),
]


@pytest.mark.parametrize(("kind", "make"), CASES, ids=[f"{kind}-{make.__name__[1:]}" for kind, make in CASES])
def test_a_copy_that_does_not_know_takes_it_back(
    kind: str, make: Callable[[], Case], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    object_id, details, gone = make()
    assert not gone()
    monkeypatch.setattr(settings, "NUSERUS_LEDGER", tmp_path / "withdrawals.jsonl")
    at = "2026-11-21T10:00:00+00:00"
    append(
        ledger_file(),
        [Entry(new_id(), kind, object_id, at, details), Entry(new_id(), kind, new_id(), at, details)],
        ledger_key(),
    )
    assert replaying.replay_ledger().startswith("2 retraits")
    assert gone()
    append(ledger_file(), [Entry(new_id(), kind, object_id, at, details)], ledger_key())
    replaying.replay_ledger()
    assert gone()


def test_every_kind_that_is_noted_is_known() -> None:
    assert {kind for kind, _make in CASES} == set(replaying._replays)
    source = Path(nuserus.__file__).parent
    files = [path.read_text(encoding="utf-8") for path in source.rglob("actions/*.py")]
    named = {name for text in files for name in re.findall(r"note_withdrawal\(\s*(\w+),", text)}
    said = {
        value
        for text in files
        for name, value in re.findall(r'^(\w+)(?:: Final)? = "([a-z]+\.\w+)"$', text, re.M)
        if name in named
    }
    assert said == set(replaying._replays)

"""From names to pseudonyms: what is found, replaced, left, undone, sealed; and who reads who is who."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Withdrawn
from nuserus.corpus.actions.keys import end_key_holder, name_key_holder, open_key_table
from nuserus.corpus.actions.masking import (
    IN_SOURCE,
    Where,
    add_words,
    begin_masking,
    leave_words,
    look_again,
    replace_words,
    undo_replacement,
)
from nuserus.corpus.actions.redacting_names import redact_names
from nuserus.corpus.actions.sealing import finish_masking
from nuserus.corpus.actions.sources import take_back_ready
from nuserus.corpus.actions.versions import correct_turn
from nuserus.corpus.enums import DetailState, Obstacle, SourceState
from nuserus.corpus.models import Detail, KeyEntry, KeyHolder, SealedOriginal, Source, SourceVersion, Turn
from nuserus.corpus.queries.details import details_of, done_groups, open_groups, proposals_for
from nuserus.corpus.queries.sealing import WrongKey, seal, unseal, words_digest
from nuserus.corpus.standard.replacing import Replaced, Replacement, apart
from nuserus.corpus.standard.wanted import Wanted
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.audit import AuditEvent
from nuserus.foundation.policy import Unreadable
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.corpus import (
    agree,
    bind,
    get_source,
    last_version,
    make_heard_place,
    make_participant,
    make_source,
    turns_in,
)
from tests.factories.people import make_account
from tests.factories.studies import circle_of, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")

TALK = (
    "ENQ : Qui vous aide, le matin ?\n"
    "Karine Petit : C’est Mme Durand. Mme Durand vient à 8 h, on l’appelle au 06 12 34 56 78.\n"
    "ENQ : Depuis quand ?\n"
    "Karine Petit : Depuis le 12 mars 2024. Demandez à Mme Durand, ou à Karine elle-même."
)


@pytest.fixture
def heard() -> tuple[Source, Account, Participant]:
    """A source in which somebody says names, bound to who speaks, agreed to; its pseudonymisation began."""
    place, author = make_heard_place()
    rose = make_participant(place, author, "Rose")
    agree(rose, author)
    source = make_source(place, author, TALK).source
    bind(source, author, **{"ENQ": None, "Karine Petit": rose})
    with acting_as(author.pk) as asking:
        begin_masking(actor=asking, source=source)
    return get_source(source.pk), author, rose


def digest_of(source: Source, words: str) -> str:
    return words_digest(source.study_id, words)


def mask(source: Source, author: Account, words: str, shown: str, where: Where = IN_SOURCE) -> int:
    with acting_as(author.pk) as asking:
        return replace_words(actor=asking, source=source, digest=digest_of(source, words), shown=shown, where=where)


def details_in(source: Source) -> list[Detail]:
    with as_system("read test data", recorded=False):
        return list(Detail.objects.filter(source=source).order_by("start"))


def words_of(source: Source, state: DetailState = DetailState.OPEN) -> list[str]:
    text = last_version(source).text
    return [text[one.start : one.end] for one in details_in(source) if one.state == state]


def test_what_is_found(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    found = words_of(source)
    assert found.count("Durand") == 3
    assert {"06 12 34 56 78", "Karine"} <= set(found)
    with acting_as(author.pk) as asking:
        groups = open_groups(details_of(asking, source), last_version(source), proposals_for(source))
    said = {group.words: group for group in groups}
    assert said["Durand"].count == 3
    assert said["Karine"].proposal == "Rose"
    assert said["06 12 34 56 78"].proposal == "[numéro retiré]"
    assert said["Durand"].proposal == ""


def test_a_batch_makes_one_version_and_turns_follow(heard: tuple[Source, Account, Participant]) -> None:
    source, author, rose = heard
    assert mask(source, author, "Durand", "Jeanne") == 3
    version = last_version(source)
    assert version.number == 2
    assert not version.pseudonymised
    assert "Durand" not in version.text
    assert version.text.count("Jeanne") == 3
    turns = turns_in(version)
    assert [version.text[turn.start : turn.end] for turn in turns][1] == (
        "C’est Mme Jeanne. Mme Jeanne vient à 8 h, on l’appelle au 06 12 34 56 78."
    )
    assert [turn.speaker for turn in turns] == ["ENQ", "Rose", "ENQ", "Rose"]
    assert {turn.participant_id for turn in turns} == {None, rose.pk}
    assert words_of(source, DetailState.MASKED) == ["Jeanne"] * 3
    assert "06 12 34 56 78" in words_of(source)


def test_one_place_alone(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    second = [one for one in details_in(source) if one.words_digest == digest_of(source, "Durand")][1]
    assert mask(source, author, "Durand", "Jeanne", Where(only=second.pk)) == 1
    assert last_version(source).text.count("Durand") == 2
    assert "Mme Durand. Mme Jeanne vient" in last_version(source).text


def test_a_date_takes_its_own_wording(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    mask(source, author, "12 mars 2024", "en mars 2024")
    assert "Depuis en mars 2024." in last_version(source).text or "Depuis mars 2024." in last_version(source).text


def test_undo_gives_the_words_back(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    before = last_version(source).text
    mask(source, author, "Durand", "Jeanne")
    mask(source, author, "Karine", "Rose")
    with acting_as(author.pk) as asking:
        for one in done_groups(details_of(asking, source)):
            assert undo_replacement(actor=asking, source=source, digest=one.digest, shown=one.shown) == one.count
    assert last_version(source).text == before
    assert last_version(source).number == 5
    assert words_of(source, DetailState.MASKED) == []
    assert words_of(source).count("Durand") == 3


def test_left_words_are_not_asked_again(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    with acting_as(author.pk) as asking:
        assert leave_words(actor=asking, source=source, digest=digest_of(source, "Durand")) == 3
        correct_turn(
            actor=asking, base=last_version(source), position=2, speaker="ENQ", words="Depuis quand ? Mme Durand sait."
        )
        look_again(actor=asking, source=source)
    assert "Durand" not in words_of(source)
    assert words_of(source, DetailState.LEFT).count("Durand") == 4


def test_words_that_nothing_found(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    with acting_as(author.pk) as asking:
        assert add_words(actor=asking, source=source, words="le MATIN") == 1
        with pytest.raises(ValidationError):
            add_words(actor=asking, source=source, words="Bordeaux")
    mask(source, author, "le matin", "à un moment")
    assert "Qui vous aide, à un moment ?" in last_version(source).text


def test_a_correction_meanwhile_keeps_decisions(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    mask(source, author, "Durand", "Jeanne")
    with acting_as(author.pk) as asking:
        correct_turn(
            actor=asking, base=last_version(source), position=0, speaker="ENQ", words="Alors, qui vous aide, le matin ?"
        )
    mask(source, author, "Karine", "Rose")
    assert words_of(source, DetailState.MASKED) == ["Jeanne", "Jeanne", "Jeanne", "Rose"]


def finish(source: Source, author: Account, *, leave_rest: bool = True) -> Obstacle | None:
    with acting_as(author.pk) as asking:
        return finish_masking(actor=asking, source=source, leave_rest=leave_rest)


def test_it_is_finished(heard: tuple[Source, Account, Participant]) -> None:
    source, author, rose = heard
    mask(source, author, "Durand", "Jeanne")
    mask(source, author, "Karine", "Rose")
    mask(source, author, "06 12 34 56 78", "[numéro retiré]")
    with pytest.raises(ValidationError, match="décider"):
        finish(source, author, leave_rest=False)
    assert finish(source, author) is None
    assert get_source(source.pk).state == SourceState.READY
    with as_system("read test data", recorded=False):
        versions = list(SourceVersion.objects.filter(source=source).order_by("number"))
        entries = list(KeyEntry.objects.filter(study=source.study_id).order_by("pseudonym"))
        sealed = SealedOriginal.objects.get(source=source)
        speakers = set(Turn.objects.filter(version__source=source).values_list("speaker", flat=True))
        left = Detail.objects.filter(source=source).exclude(sealed=None).count()
    assert versions[-1].pseudonymised
    assert all(set(version.text) <= {"█", "\n"} for version in versions[:-1])
    assert len(versions[0].text) == len(unseal(sealed.sealed, sealed.pk))
    assert "Mme Durand vient à 8 h" in unseal(sealed.sealed, sealed.pk)
    assert "Karine Petit" not in speakers
    assert left == 0
    assert {(one.pseudonym, unseal(one.sealed, one.pk), one.participant_id) for one in entries} == {
        ("Jeanne", "Durand", None),
        ("Rose", "Karine", rose.pk),
        ("Rose", "Karine Petit", rose.pk),
    }
    for one in entries:
        assert b"Durand" not in bytes(one.sealed)


def test_without_agreement_it_is_sealed_and_not_ready() -> None:
    place, author = make_heard_place()
    rose = make_participant(place, author, "Rose")
    source = make_source(place, author, TALK).source
    bind(source, author, **{"ENQ": None, "Karine Petit": rose})
    with acting_as(author.pk) as asking:
        begin_masking(actor=asking, source=source)
    assert finish(source, author) == Obstacle.CONSENT
    assert get_source(source.pk).state == SourceState.MASKING


def test_a_finished_source_is_taken_up_again(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    mask(source, author, "Karine", "Rose")
    finish(source, author)
    with pytest.raises(ValidationError):
        mask(source, author, "Durand", "Jeanne")
    with acting_as(author.pk) as asking:
        take_back_ready(actor=asking, source=get_source(source.pk))
        with pytest.raises(ValidationError):
            undo_replacement(actor=asking, source=source, digest=digest_of(source, "Karine"), shown="Rose")
    mask(source, author, "Durand", "Jeanne")
    assert finish(source, author) is None
    with as_system("read test data", recorded=False):
        before = SourceVersion.objects.filter(source=source).order_by("-number")[1:]
        assert not any("Durand" in version.text for version in before)


def test_everywhere_in_the_study(heard: tuple[Source, Account, Participant]) -> None:
    source, author, rose = heard
    other = make_source(source.place, author, TALK).source
    bind(other, author, **{"ENQ": None, "Karine Petit": rose})
    with acting_as(author.pk) as asking:
        begin_masking(actor=asking, source=other)
    assert mask(source, author, "Durand", "Jeanne", Where(everywhere=True)) == 6
    assert "Durand" not in last_version(other).text
    third = make_source(source.place, author, TALK).source
    finish(source, author)
    with acting_as(author.pk):
        assert proposals_for(third)[digest_of(third, "DURAND")] == "Jeanne"


def test_the_next_source_knows_from_the_table_alone(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    mask(source, author, "Durand", "Jeanne")
    finish(source, author)
    with as_system("plant test data", recorded=False):
        Detail.objects.filter(source=source).delete()
    with acting_as(author.pk):
        assert proposals_for(source)[digest_of(source, "Durand")] == "Jeanne"


def researcher_of(source: Source) -> Account:
    """Somebody on the mission of the place who does not lead the study."""
    account = make_account()
    seat_in(circle_of(source.study, GroupKind.TEAM), account, Part.RESEARCHER)
    return account


def test_a_researcher_who_opens_no_table_finishes_all_the_same(heard: tuple[Source, Account, Participant]) -> None:
    source, _lead, _rose = heard
    researcher = researcher_of(source)
    mask(source, researcher, "Durand", "Jeanne")
    assert finish(source, researcher) is None
    assert read_names(researcher, source.place_id) == []


def read_names(account: Account, place_id: UUID) -> list[str]:
    with acting_as(account.pk):
        return list(KeyEntry.objects.filter(scope_mission=place_id).values_list("pseudonym", flat=True))


def test_who_reads_the_table_of_names(heard: tuple[Source, Account, Participant]) -> None:
    source, lead, _rose = heard
    mask(source, lead, "Durand", "Jeanne")
    finish(source, lead)
    place = source.place
    researcher, stranger = researcher_of(source), make_account(Role.SITE_ADMIN)
    assert "Jeanne" in read_names(lead, place.pk)
    assert read_names(researcher, place.pk) == read_names(stranger, place.pk) == []
    with acting_as(researcher.pk) as asking:
        assert not SealedOriginal.objects.filter(source=source).exists()
        with pytest.raises(Unreadable):
            open_key_table(actor=asking, place=place)
    with acting_as(stranger.pk) as asking, pytest.raises(Unreadable):
        open_key_table(actor=asking, place=place)
    with acting_as(lead.pk) as asking:
        name_key_holder(actor=asking, study=source.study, account_id=researcher.pk)
        with pytest.raises(ValidationError):
            name_key_holder(actor=asking, study=source.study, account_id=stranger.pk)
    with acting_as(researcher.pk) as asking:
        lines = open_key_table(actor=asking, place=place)
    assert {(line.pseudonym, line.words) for line in lines} == {("Jeanne", "Durand"), ("Rose", "Karine Petit")}
    with as_system("read test data", recorded=False):
        opened = AuditEvent.objects.filter(action="open table of names")
        assert [(one.actor_id, one.object_id) for one in opened] == [(researcher.pk, place.pk)]
        holder = KeyHolder.objects.get(account_id=researcher.pk)
    with acting_as(researcher.pk) as asking, pytest.raises((PermissionDenied, Unreadable)):
        end_key_holder(actor=asking, holder=holder)
    with acting_as(lead.pk) as asking:
        end_key_holder(actor=asking, holder=holder)
    assert read_names(researcher, place.pk) == []


def test_a_lead_never_opens_the_table_of_a_place_they_do_not_read(heard: tuple[Source, Account, Participant]) -> None:
    source, lead, _rose = heard
    other = make_study_place(source.study)
    with acting_as(lead.pk) as asking:
        assert open_key_table(actor=asking, place=other) == []


def test_sealed_pieces_are_bound_to_what_they_are_about(settings: object) -> None:
    one, other = UUID(int=1), UUID(int=2)
    sealed = seal("Karine", one)
    assert unseal(sealed, one) == "Karine"
    with pytest.raises(WrongKey):
        unseal(sealed, other)
    settings.NUSERUS_KEY_TABLE_KEY = b"x" * 32  # type: ignore[attr-defined]
    with pytest.raises(WrongKey):
        unseal(sealed, one)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(alphabet="ab \n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6), st.text(alphabet="XY", max_size=4)), max_size=6),
)
def test_replacing_moves_everything_else_exactly(text: str, wanted: list[tuple[int, int, str]]) -> None:
    given_spans = [Replacement(start, start + length, shown) for start, length, shown in wanted]
    kept = apart([one for one in given_spans if one.end <= len(text)])
    done = Replaced(text, kept)
    for rank, one in enumerate(done.replacements):
        start, end = done.span_of(rank)
        assert done.text[start:end] == one.shown
    for place in range(len(text)):
        if not any(one.start <= place < one.end for one in kept):
            assert done.text[done.at(place)] == text[place]
            assert not done.touches(place, place + 1)


def test_wanted_words() -> None:
    wanted = Wanted({"Les Tilleuls": 1, "Tilleuls": 2, "Dr. Noël": 3})
    text = "Aux tilleuls. LES TILLEULS, le dr Noel ; les\n\ntilleuls"
    assert [(text[start:end], one) for start, end, one in wanted.found_in(text)] == [
        ("tilleuls", 2),
        ("LES TILLEULS", 1),
        ("dr Noel", 3),
        ("les\n\ntilleuls", 1),
    ]


@pytest.mark.parametrize("finished", [False, True])
def test_somebody_has_everything_erased(heard: tuple[Source, Account, Participant], *, finished: bool) -> None:
    source, author, rose = heard
    mask(source, author, "Durand", "Jeanne")
    mask(source, author, "Karine", "Rose")
    if finished:
        finish(source, author)
    withdrawn = Withdrawn(UUID(int=7), rose.pk, source.place_id, Mode.ERASE)
    with as_system("erase what somebody took back", recorded=False):
        traces = redact_names(withdrawn)
        assert redact_names(withdrawn) == []
        assert not KeyEntry.objects.filter(study=source.study_id).exists()
        assert not Detail.objects.filter(source=source).exists()
        assert not SealedOriginal.objects.filter(source=source).exists()
    assert {trace.fate for trace in traces} == {Fate.REMOVED}


def test_what_others_call_somebody_is_not_written_down_again(heard: tuple[Source, Account, Participant]) -> None:
    source, author, _rose = heard
    with as_system("read test data", recorded=False):
        place = StudyPlace.objects.get(pk=source.place_id)
    jeanne = make_participant(place, author, "Jeanne")
    mask(source, author, "Durand", "Jeanne")
    with as_system("erase what somebody took back", recorded=False):
        traces = redact_names(Withdrawn(UUID(int=7), jeanne.pk, source.place_id, Mode.ERASE))
        assert [(trace.count, trace.fate) for trace in traces] == [(3, Fate.REMOVED)]
        assert not Detail.objects.filter(source=source, shown="Jeanne", sealed__isnull=False).exists()
    mask(source, author, "Karine", "Rose")
    finish(source, author)
    with as_system("read test data", recorded=False):
        assert not KeyEntry.objects.filter(pseudonym="Jeanne").exists()
    assert "Mme Jeanne vient" in last_version(source).text


def test_less_than_erasing_leaves_the_table(heard: tuple[Source, Account, Participant]) -> None:
    source, author, rose = heard
    mask(source, author, "Karine", "Rose")
    with as_system("put aside what somebody took back", recorded=False):
        assert redact_names(Withdrawn(UUID(int=7), rose.pk, source.place_id, Mode.STOP_USING)) == []
        assert SealedOriginal.objects.filter(source=source).exists()

"""From a typed transcript to a source that may be coded, and what the database holds whatever the program says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nuserus.consent.enums import Step, Voice
from nuserus.consent.models import Consent
from nuserus.corpus.actions.excerpts import confirm_excerpt, pick_excerpt
from nuserus.corpus.actions.sources import add_source, make_ready, start_masking
from nuserus.corpus.actions.versions import Draft, NewerVersion, correct_turn, rewrite_text, write_version
from nuserus.corpus.enums import ExcerptState, SourceKind, SourceState
from nuserus.corpus.models import Excerpt, Source, SourceVersion, Turn
from nuserus.corpus.queries.excerpts import codable, doubts_of
from nuserus.corpus.queries.sources import codable_sources, obstacle_of
from nuserus.corpus.standard.spoken import Spoken, from_read, from_typed, lay_out, speaker_at, to_typed
from nuserus.corpus.standard.text import canonical, digest
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.corpus import (
    TALK,
    agree,
    bind,
    get_source,
    last_version,
    make_colleague,
    make_heard_place,
    make_participant,
    make_ready_source,
    make_source,
    mask,
    turns_in,
)

NAMES = st.sampled_from(["Alma", "ENQ", "Mme B.", ""])
WORDS = st.text("ab é.:\n\t ", max_size=30).map(canonical).filter(bool)
TURNS = st.lists(st.builds(Spoken, NAMES, WORDS), max_size=8)


@given(st.text(max_size=200))
def test_canonical_text_stays_canonical(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert "\r" not in once
    assert not once.startswith("\ufeff")


@given(TURNS)
def test_what_was_typed_comes_back(turns: list[Spoken]) -> None:
    once = from_typed(to_typed(turns))
    assert from_typed(to_typed(once)) == once
    laid = lay_out(once)
    assert [laid.text[start:end] for start, end in laid.spans] == [turn.words for turn in once]


def test_lines_that_name_somebody_begin_a_turn() -> None:
    assert [(turn.speaker, turn.words) for turn in from_typed(TALK)] == [
        ("ENQ", "Que se passe-t-il le matin ?"),
        ("Alma", "La tablette reste dans le placard. On rit bien."),
        ("ENQ", "Et le soir ?"),
    ]
    assert speaker_at("Il y a une chose que je voulais dire : non") is None
    written = from_typed("Un premier paragraphe\nsur deux lignes.\n\nUn second.")
    assert [turn.words for turn in written] == ["Un premier paragraphe\nsur deux lignes.", "Un second."]


def test_what_a_reader_gives_keeps_what_stands_between_turns() -> None:
    class Read:
        def __init__(self, speaker: str, start: int, end: int) -> None:
            self.speaker, self.start, self.end, self.begins_ms, self.ends_ms = speaker, start, end, 5, None

    text = "Alma : Oui.\n(rires)\nLéo : Non."
    turns = from_read(text, [Read("Alma", 7, 11), Read("Léo", 26, 30)])
    assert [(turn.speaker, turn.words) for turn in turns] == [("Alma", "Oui."), ("", "(rires)\nLéo :"), ("Léo", "Non.")]


def test_a_version_is_its_turns_and_its_hash(database: None) -> None:
    place, author = make_heard_place()
    version = make_source(place, author)
    turns = turns_in(version)
    assert version.text == "\n".join(version.text[turn.start : turn.end] for turn in turns)
    assert version.sha256 == digest(version.text)
    assert [turn.speaker for turn in turns] == ["ENQ", "Alma", "ENQ"]
    assert version.words == 17
    with as_system("test a guard"), pytest.raises(DatabaseError, match="source_version_hash"), transaction.atomic():
        SourceVersion.objects.filter(pk=version.pk).update(text="Autre chose.")
    with acting_as(author.pk), pytest.raises(DatabaseError), transaction.atomic():
        SourceVersion.objects.filter(pk=version.pk).update(words=1)


def test_only_those_of_the_mission_bring_a_source(database: None) -> None:
    place, author = make_heard_place()
    colleague = make_colleague(place)
    with acting_as(colleague.pk) as asking, pytest.raises(PermissionDenied):
        add_source(
            actor=asking,
            place=place,
            described={"kind": "other", "title": "Chez nous"},
            draft=Draft(from_typed("Oui.")),
        )
    source = make_source(place, author).source
    with acting_as(colleague.pk):
        assert not Source.objects.exists()
        assert not SourceVersion.objects.exists()
        assert not Turn.objects.filter(version__source=source.pk).exists()


def test_nothing_is_ready_before_it_is_bound_agreed_and_masked(database: None) -> None:
    place, author = make_heard_place()
    alma = make_participant(place, author)
    source = make_source(place, author).source
    with acting_as(author.pk) as asking:
        for step in (start_masking, make_ready):
            with pytest.raises(ValidationError, match="qui parle"):
                step(actor=asking, source=source)
    bind(source, author, ENQ=None, Alma=alma)
    with acting_as(author.pk) as asking:
        start_masking(actor=asking, source=source)
        with pytest.raises(ValidationError, match="accord"):
            make_ready(actor=asking, source=source)
    agree(alma, author)
    with acting_as(author.pk) as asking:
        with pytest.raises(ValidationError, match="pseudonymisé"):
            make_ready(actor=asking, source=source)
        with pytest.raises(DatabaseError, match="is not ready"), transaction.atomic():
            Source.objects.filter(pk=source.pk).update(state=SourceState.READY)
    version = mask(source, author)
    with acting_as(author.pk) as asking:
        with pytest.raises(ValidationError, match="pas prêt"):
            pick_excerpt(actor=asking, version=version, start=0, end=5)
        make_ready(actor=asking, source=get_source(source.pk))
        assert pick_excerpt(actor=asking, version=version, start=0, end=5).state == ExcerptState.PLACED


def test_an_agreement_that_ends_closes_the_source_by_itself(database: None) -> None:
    version, author, alma = make_ready_source()
    with acting_as(author.pk) as asking:
        assert [one.pk for one in codable_sources(asking, version.source.study)] == [version.source_id]
    with as_system("test the end of an agreement"):
        Consent.objects.filter(object_id=alma.pk).update(expires_at=timezone.now() - timedelta(days=1))
    with acting_as(author.pk) as asking:
        assert obstacle_of(version.source) == "consent"
        assert not codable(version.source)
        assert not codable_sources(asking, version.source.study).exists()
        with pytest.raises(DatabaseError, match="is not ready"), transaction.atomic():
            Excerpt.objects.bulk_create(
                [Excerpt(source=version.source, version=version, start=0, end=4, sha256=digest(version.text[:4]))]
            )


def test_whoever_must_be_represented_needs_both_voices(database: None) -> None:
    place, author = make_heard_place()
    alma = make_participant(place, author, protection="guardianship")
    source = make_source(place, author).source
    bind(source, author, ENQ=None, Alma=alma)
    agree(alma, author)
    mask(source, author)
    with acting_as(author.pk):
        assert obstacle_of(source) == "consent"
    agree(alma, author, voice=Voice.REPRESENTATIVE)
    with acting_as(author.pk):
        assert obstacle_of(source) is None
    agree(alma, author, step=Step.WITHDRAWN)
    with acting_as(author.pk):
        assert obstacle_of(source) == "consent"


def test_a_correction_is_a_version_and_the_source_is_masked_again(database: None) -> None:
    version, author, alma = make_ready_source()
    start = version.text.index("La tablette")
    with acting_as(author.pk) as asking:
        far = pick_excerpt(actor=asking, version=version, start=version.text.index("Et le"), end=len(version.text))
        near = pick_excerpt(actor=asking, version=version, start=start, end=start + 34)
        after = correct_turn(
            actor=asking,
            base=version,
            position=1,
            speaker="Alma",
            words="La tablette dort dans le placard. On rit bien.",
        )
    assert after.number == version.number + 1
    assert after.made_from_id == version.pk
    assert not after.pseudonymised
    assert get_source(version.source_id).state == SourceState.MASKING
    assert [turn.participant_id for turn in turns_in(after)] == [None, alma.pk, None]
    assert [turn.interviewer for turn in turns_in(after)] == [True, False, True]
    with acting_as(author.pk) as asking:
        far.refresh_from_db()
        near.refresh_from_db()
        assert near.state == ExcerptState.DOUBTFUL
        assert near.version_id == version.pk
        [doubt] = [one for one in doubts_of(asking, version.source) if one.excerpt.pk == near.pk]
        assert doubt.now is not None
        assert doubt.now.words == "La tablette dort dans le placard."
        confirm_excerpt(actor=asking, excerpt=near)
        near.refresh_from_db()
        assert (near.state, near.version_id, near.revision) == (ExcerptState.PLACED, after.pk, 2)
        assert near.sha256 == digest(after.text[near.start : near.end])


def test_two_turns_at_once_are_kept_and_the_same_turn_twice_is_refused(database: None) -> None:
    place, author = make_heard_place()
    base = last_version(make_source(place, author).source)
    with acting_as(author.pk) as asking:
        correct_turn(actor=asking, base=base, position=0, speaker="ENQ", words="Et le matin ?")
        correct_turn(actor=asking, base=base, position=2, speaker="ENQ", words="Et la nuit ?")
        with pytest.raises(NewerVersion) as refused:
            correct_turn(actor=asking, base=base, position=0, speaker="ENQ", words="Encore autre chose ?")
        with pytest.raises(NewerVersion):
            rewrite_text(actor=asking, base=base, typed="ENQ : Tout autre chose", reason="")
        with pytest.raises(NewerVersion):
            write_version(actor=asking, source=base.source, draft=Draft(from_typed("A : b")), made_from=None)
    assert refused.value.last.text.startswith("Et le matin ?")
    assert refused.value.last.text.endswith("Et la nuit ?")
    assert refused.value.last.number == 3


def test_the_whole_text_again_keeps_times_and_people(database: None) -> None:
    place, author = make_heard_place()
    alma = make_participant(place, author)
    turns = [Spoken("ENQ", "Bonjour.", 0, 900), Spoken("Alma", "La tablette reste dans le placard.", 1000, 5000)]
    with acting_as(author.pk) as asking:
        described = {"kind": SourceKind.INTERVIEW, "title": "Essai"}
        version = add_source(actor=asking, place=place, described=described, draft=Draft(turns))
    bind(version.source, author, ENQ=None, Alma=alma)
    typed = "ENQ : Bonjour.\n\nENQ : Alors ?\n\nAlma : La tablette reste toujours dans le placard."
    with acting_as(author.pk) as asking:
        after = rewrite_text(actor=asking, base=version, typed=typed, reason="relecture")
        assert rewrite_text(actor=asking, base=after, typed=typed, reason="").pk == after.pk
    told = [(turn.speaker, turn.begins_ms, turn.participant_id, turn.interviewer) for turn in turns_in(after)]
    assert told == [("ENQ", 0, None, True), ("ENQ", None, None, True), ("Alma", 1000, alma.pk, False)]

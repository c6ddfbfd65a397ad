"""Somebody takes back their words: in every version, under every name, with a place kept for each sign."""

from __future__ import annotations

from uuid import uuid4

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import MASK, Trace, Withdrawn
from nuserus.corpus.actions.excerpts import pick_excerpt
from nuserus.corpus.actions.redacting import redact
from nuserus.corpus.actions.versions import Draft, correct_turn, write_version
from nuserus.corpus.models import Excerpt, SourceVersion
from nuserus.corpus.queries.excerpts import codable
from nuserus.corpus.standard.spoken import Spoken
from nuserus.corpus.standard.text import digest
from nuserus.foundation.asking import acting_as, as_system
from nuserus.studies.models import Participant
from tests.factories.corpus import (
    agree,
    bind,
    get_source,
    last_version,
    make_heard_place,
    make_participant,
    make_ready_source,
    make_source,
    turns_in,
)

CANARY = "CANARI du matin qui chante fort"


def withdraw(participant: Participant, mode: Mode) -> list[Trace]:
    with as_system("test a withdrawal"):
        return redact(Withdrawn(id=uuid4(), subject=participant.pk, mission=participant.place_id, mode=mode))


def texts_of(source_id: object) -> list[str]:
    with as_system("read test data", recorded=False):
        return list(SourceVersion.objects.filter(source=source_id).order_by("number").values_list("text", flat=True))


def test_erased_in_every_version_with_the_same_length(database: None) -> None:
    version, author, alma = make_ready_source(f"ENQ : Bonjour.\nAlma : {CANARY}.\nENQ : Merci.")
    with acting_as(author.pk) as asking:
        pick_excerpt(actor=asking, version=version, start=9, end=9 + len(CANARY))
        kept = pick_excerpt(actor=asking, version=version, start=0, end=8)
        correct_turn(actor=asking, base=version, position=1, speaker="Alma", words=f"Oui, {CANARY} !")
    before = texts_of(version.source_id)
    traces = {(str(one.what), one.fate): one.count for one in withdraw(alma, Mode.ERASE)}
    after = texts_of(version.source_id)
    assert [len(text) for text in before] == [len(text) for text in after]
    assert not any("CANARI" in text or "Oui" in text for text in after)
    assert all(text.startswith("Bonjour.\n█") and text.endswith("\nMerci.") for text in after)
    with as_system("read test data", recorded=False):
        for one in SourceVersion.objects.filter(source=version.source_id):
            assert one.sha256 == digest(one.text)
            assert one.redacted_at is not None
        assert [one.pk for one in Excerpt.objects.all()] == [kept.pk]
    assert traces["tours de parole", Fate.REMOVED] == 3
    assert traces["passages repérés", Fate.REMOVED] == 1
    assert set(get_source(version.source_id).title) == {MASK}
    assert {turn.speaker for turn in turns_in(last_version(version.source))} == {"ENQ", "████"}


def test_words_given_to_somebody_else_in_another_version_go_too(database: None) -> None:
    place, author = make_heard_place()
    alma, leo = make_participant(place, author), make_participant(place, author, "Léo")
    version = make_source(place, author, f"ENQ : Bonjour.\nLéo : {CANARY}.\nLéo : Mes mots à moi.")
    bind(version.source, author, ENQ=None, Léo=leo)
    with acting_as(author.pk) as asking:
        turns = [
            Spoken("ENQ", "Bonjour.", interviewer=True),
            Spoken("Alma", f"{CANARY}.", participant=alma.pk),
            Spoken("Léo", "Mes mots à moi.", participant=leo.pk),
        ]
        write_version(actor=asking, source=version.source, draft=Draft(turns, "qui parle"), made_from=version)
    traces = withdraw(alma, Mode.ERASE)
    assert all("CANARI" not in text and text.endswith("Mes mots à moi.") for text in texts_of(version.source_id))
    assert Fate.FLAGGED in {one.fate for one in traces}
    assert get_source(version.source_id).title == "Entretien du matin"


def test_put_aside_is_neither_coded_nor_counted(database: None) -> None:
    place, author = make_heard_place()
    alma, leo = make_participant(place, author), make_participant(place, author, "Léo")
    version = make_source(place, author, "Alma : Un deux trois.\nLéo : Quatre cinq.")
    bind(version.source, author, Alma=alma, Léo=leo)
    agree(leo, author)
    assert withdraw(alma, Mode.STOP_COLLECTING) == []
    [trace] = withdraw(alma, Mode.STOP_USING)
    assert (trace.count, trace.fate) == (1, Fate.WITHHELD)
    assert last_version(version.source).words == 2
    assert [turn.withheld_at is not None for turn in turns_in(last_version(version.source))] == [True, False]
    with acting_as(author.pk) as asking:
        again = correct_turn(
            actor=asking, base=last_version(version.source), position=1, speaker="Léo", words="Six sept."
        )
    assert [turn.withheld_at is not None for turn in turns_in(again)] == [True, False]
    withdraw(leo, Mode.STOP_USING)
    source = get_source(version.source_id)
    assert source.withheld_at is not None
    with acting_as(author.pk):
        assert not codable(source)

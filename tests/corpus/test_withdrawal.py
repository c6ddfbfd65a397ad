"""Somebody takes back their words: in every version, under every name, with a place kept for each sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from nuserus.consent.enums import Fate, How, Mode, Step
from nuserus.consent.models import Flagged, Withdrawal
from nuserus.consent.provenance import MASK, Trace, Withdrawn
from nuserus.corpus.actions.excerpts import pick_excerpt
from nuserus.corpus.actions.redacting import redact
from nuserus.corpus.actions.sources import make_ready
from nuserus.corpus.actions.versions import Draft, correct_turn, write_version
from nuserus.corpus.models import Excerpt, Source, SourceVersion
from nuserus.corpus.queries.excerpts import codable
from nuserus.corpus.standard.spoken import Spoken
from nuserus.corpus.standard.text import digest
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
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
    mask,
    turns_in,
)

CANARY = "CANARI du matin qui chante fort"


def withdraw(participant: Participant, mode: Mode) -> list[Trace]:
    with as_system("test a withdrawal"):
        row = Withdrawal(
            subject=participant.pk,
            mode=mode,
            how=How.CARD,
            scope_level=Level.RESTRICTED,
            scope_mission=participant.place_id,
        )
        row.save(force_insert=True)
        return redact(Withdrawn(id=row.pk, subject=participant.pk, mission=participant.place_id, mode=mode))


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
    with as_system("read test data", recorded=False):
        flagged = {(one.object_kind, one.object_id, one.address) for one in Flagged.objects.all()}
    page = reverse("corpus:source", args=[version.source_id])
    described = reverse("corpus:describe", args=[version.source_id])
    assert flagged == {("corpus.Source", version.source_id, address) for address in (f"{page}#texte", described)}


def test_the_list_says_in_words_what_was_taken_back(
    database: None, client_as: Callable[[Account | None], Client]
) -> None:
    version, author, alma = make_ready_source()
    with as_system("test data"):
        Source.objects.filter(pk=version.source_id).update(collected_on=date(2026, 11, 1))
    client, listed = client_as(author), reverse("corpus:list", args=[version.source.study_id])
    page = reverse("corpus:source", args=[version.source_id])
    assert "Prêt à coder" in client.get(listed).content.decode().replace("prêt à coder", "Prêt à coder")
    agree(alma, author, step=Step.WITHDRAWN)
    for address in (listed, page):
        said = client.get(address).content.decode()
        assert "à ne plus coder : il manque un accord" in said and 'nu-tag--ok">prêt' not in said
    withdraw(alma, Mode.ERASE)
    for address in (listed, page):
        said = client.get(address).content.decode()
        assert "effacé à la demande de la personne" in said
        assert "Entretien du 1er novembre 2026" in said and "██" not in said.split('id="texte"')[0]


def test_a_source_of_several_says_that_some_words_are_gone(
    database: None, client_as: Callable[[Account | None], Client]
) -> None:
    place, author = make_heard_place()
    alma, leo = make_participant(place, author), make_participant(place, author, "Léo")
    agree(alma, author)
    agree(leo, author)
    version = make_source(place, author, "Alma : Un deux trois.\nLéo : Quatre cinq.")
    bind(version.source, author, Alma=alma, Léo=leo)
    mask(version.source, author)
    with acting_as(author.pk) as asking:
        make_ready(actor=asking, source=get_source(version.source_id))
    withdraw(alma, Mode.STOP_USING)
    said = client_as(author).get(reverse("corpus:list", args=[version.source.study_id])).content.decode()
    assert "des paroles ont été reprises" in said


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

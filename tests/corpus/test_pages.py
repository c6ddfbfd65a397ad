"""The journey through the pages: bring a transcript in, say who speaks, read, correct, pick out, look at versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuserus.consent.enums import Mode
from nuserus.corpus.actions.excerpts import pick_excerpt
from nuserus.corpus.actions.sources import make_ready
from nuserus.corpus.actions.versions import correct_turn
from nuserus.corpus.enums import ExcerptState, SourceState
from nuserus.corpus.models import Excerpt, Source
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
from tests.factories.directory import make_membership
from tests.factories.studies import let_only_facilitate
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")

ClientAs = Callable[..., Any]
CountQueries = Callable[..., Any]


def only_source() -> Source:
    with as_system("read test data", recorded=False):
        return Source.objects.get()


def test_from_a_pasted_transcript_to_a_passage(client_as: ClientAs) -> None:
    place, author = make_heard_place()
    alma = make_participant(place, author)
    client = client_as(author)
    study_page = client.get(reverse("studies:detail", args=[place.study_id])).content.decode()
    assert reverse("corpus:list", args=[place.study_id]) in study_page
    add = reverse("corpus:add", args=[place.study_id])
    given = {"place": str(place.pk), "kind": "interview", "title": "Entretien 1", "typed": TALK, "minutes": "40"}
    assert client.post(add, {**given, "typed": " "}).status_code == 422
    assert client.post(add, given).status_code == 302
    source = only_source()
    page = reverse("corpus:source", args=[source.pk])
    read = client.get(page).content.decode()
    assert "La tablette reste dans le placard." in read
    assert "On ne sait pas encore qui parle" in read
    assert 'id="tour-2"' in read
    asked = {"who_0": "interviewer", "who_1": str(alma.pk)}
    assert client.post(reverse("corpus:speakers", args=[source.pk]), asked).status_code == 302
    assert "pas encore demandé" in client.get(page).content.decode()
    step = reverse("corpus:advance", args=[source.pk])
    client.post(step, {"do": "masking"})
    client.post(step, {"do": "ready"})
    assert get_source(source.pk).state == SourceState.MASKING
    agree(alma, author)
    mask(get_source(source.pk), author)
    client.post(step, {"do": "ready"})
    assert get_source(source.pk).state == SourceState.READY
    turn = reverse("corpus:turn", args=[source.pk, 2])
    opened = client.get(turn).content.decode()
    assert "On rit bien." in opened
    second = turns_in(last_version(source))[1]
    pick = reverse("corpus:pick", args=[source.pk, 2])
    assert client.post(pick, {"base": "2", "sentence": str(second.start)}).status_code == 302
    assert (
        "La tablette reste dans le placard."
        in client.get(reverse("corpus:excerpts", args=[source.pk])).content.decode()
    )
    changed = {"base": "2", "speaker": "Alma", "words": "La tablette dort dans le placard. On rit bien."}
    assert client.post(turn, changed).status_code == 302
    assert "un passage repéré est à vérifier" in client.get(page).content.decode()
    with as_system("read test data", recorded=False):
        excerpt = Excerpt.objects.get()
    client.post(reverse("corpus:confirm", args=[excerpt.pk]))
    with as_system("read test data", recorded=False):
        assert Excerpt.objects.get().state == ExcerptState.PLACED
    history = client.get(reverse("corpus:versions", args=[source.pk])).content.decode()
    assert "tour 2 corrigé" in history
    compared = client.get(reverse("corpus:version", args=[source.pk, 3])).content.decode()
    assert "<del>reste</del><ins>dort</ins>" in compared


def test_a_file_is_read_or_refused_in_words(client_as: ClientAs) -> None:
    place, author = make_heard_place()
    client = client_as(author)
    add = reverse("corpus:add", args=[place.study_id])
    given = {"place": str(place.pk), "kind": "group", "title": ""}
    srt = "1\n00:00:01,000 --> 00:00:03,000\nAlma : Bonjour.\n\n2\n00:00:04,000 --> 00:00:06,000\nLéo : Salut.\n"
    unreadable = SimpleUploadedFile("a.docx", b"PK\x03\x04 rien")
    refused = client.post(add, {**given, "title": "Essai", "file": unreadable})
    assert refused.status_code == 422
    assert (
        client.post(add, {**given, "title": "Essai", "file": SimpleUploadedFile("a.srt", srt.encode())}).status_code
        == 302
    )
    turns = turns_in(last_version(only_source()))
    assert [(turn.speaker, turn.begins_ms) for turn in turns] == [("Alma", 1000), ("Léo", 4000)]


def test_a_film_is_its_reference_and_notes(client_as: ClientAs) -> None:
    place, author = make_heard_place()
    add = reverse("corpus:add", args=[place.study_id])
    notes = "Un atelier, filmé de face.\n\nOn entend rire : personne ne parle."
    given = {
        "place": str(place.pk),
        "kind": "film",
        "title": "Un film",
        "reference": "Atelier vidéo, 2016",
        "minutes": "12",
    }
    assert client_as(author).post(add, {**given, "typed": notes}).status_code == 302
    source = only_source()
    assert (source.minutes, source.reference) == (12, "Atelier vidéo, 2016")
    assert [turn.speaker for turn in turns_in(last_version(source))] == ["", ""]


def test_a_losing_correction_keeps_both_texts(client_as: ClientAs) -> None:
    place, author = make_heard_place()
    base = make_source(place, author)
    with acting_as(author.pk) as asking:
        correct_turn(
            actor=asking, base=last_version(base.source), position=1, speaker="Alma", words="La version de Léa."
        )
    client = client_as(author)
    turn = reverse("corpus:turn", args=[base.source_id, 2])
    lost = client.post(turn, {"base": "1", "speaker": "Alma", "words": "Ma version à moi."})
    assert lost.status_code == 409
    page = lost.content.decode()
    assert "La version de Léa." in page
    assert "Ma version à moi." in page
    assert 'name="base" value="2"' in page
    whole = reverse("corpus:text", args=[base.source_id])
    refused = client.post(whole, {"base": "1", "typed": "Alma : Tout autre chose.", "reason": ""})
    assert refused.status_code == 409
    assert "<del>" in refused.content.decode()
    assert client.post(whole, {"base": "2", "typed": "Alma : Tout autre chose.", "reason": "relu"}).status_code == 302
    assert last_version(base.source).text == "Tout autre chose."


def test_lists_and_readings_cost_the_same_whatever_their_length(
    client_as: ClientAs, django_assert_num_queries: CountQueries
) -> None:
    place, author = make_heard_place()
    client = client_as(author)
    for rank in range(3):
        make_source(place, author, title=f"Entretien {rank}")
    listed = reverse("corpus:list", args=[place.study_id])
    client.get(listed)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(listed)
    long = make_source(
        place, author, "\n".join(f"{'ENQ' if rank % 2 else 'Alma'} : Phrase {rank}." for rank in range(200))
    )
    page = reverse("corpus:source", args=[long.source_id])
    with django_assert_num_queries(READ_QUERIES):
        client.get(page)


LIST_QUERIES = 9
READ_QUERIES = 11


def test_nobody_else_of_the_place_meets_a_word_of_it(client_as: ClientAs) -> None:
    version, author, _alma = make_ready_source("ENQ : Bonjour.\nAlma : CANARI-PAROLE.")
    with acting_as(author.pk) as asking:
        excerpt = pick_excerpt(actor=asking, version=version, start=0, end=8)
    colleague = make_colleague(version.source.place)
    client = client_as(colleague)
    source = version.source_id
    for name, *args in (
        ("source", source), ("versions", source), ("version", source, 1), ("turn", source, 1), ("text", source),
        ("excerpts", source), ("speakers", source), ("describe", source),
    ):  # fmt: skip
        assert client.get(reverse(f"corpus:{name}", args=args)).status_code == 404, name
    assert client.post(reverse("corpus:remove_excerpt", args=[excerpt.pk])).status_code == 404
    listed = client.get(reverse("corpus:list", args=[version.source.study_id])).content.decode()
    assert "CANARI" not in listed
    assert client.get(reverse("corpus:add", args=[version.source.study_id])).status_code == 403


@pytest.mark.parametrize("known", [True, False])
def test_who_speaks_is_a_participant_of_the_place(client_as: ClientAs, known: bool) -> None:
    place, author = make_heard_place()
    other, _author = make_heard_place()
    person = make_participant(place if known else other, author if known else _author, "Léo")
    source = make_source(place, author).source
    if known:
        bind(source, author, ENQ=None, Alma=person)
        assert turns_in(last_version(source))[1].participant_id == person.pk
        return
    asked = {"who_0": "interviewer", "who_1": str(person.pk)}
    assert client_as(author).post(reverse("corpus:speakers", args=[source.pk]), asked).status_code == 422


def test_a_passage_put_aside_is_read_by_those_named_for_the_place_alone(client_as: ClientAs) -> None:
    place, author = make_heard_place()
    alma, leo = make_participant(place, author), make_participant(place, author, "Léo")
    for person in (alma, leo):
        agree(person, author)
    source = make_source(place, author, "Alma : CANARI-PAROLE.\nLéo : Moi aussi.").source
    bind(source, author, Alma=alma, Léo=leo)
    mask(source, author)
    with acting_as(author.pk) as asking:
        make_ready(actor=asking, source=get_source(source.pk))
        pick_excerpt(actor=asking, version=last_version(source), start=0, end=13)
    withdraw(author, alma, Mode.STOP_USING)
    address = reverse("corpus:excerpts", args=[source.pk])
    assert "CANARI-PAROLE" in client_as(author).get(address).content.decode()
    let_only_facilitate(author, place.study)
    found = client_as(author).get(address)
    assert found.status_code == 200 and "CANARI-PAROLE" not in found.content.decode()
    make_membership(author, place.institution)
    assert client_as(author).get(address).status_code == 404

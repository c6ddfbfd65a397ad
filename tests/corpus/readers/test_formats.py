"""Each form that people bring: who speaks, when, and exactly what."""

from __future__ import annotations

import io

import pytest

from nuserus.corpus.readers import Transcript, read
from tests.corpus.readers import documents


def turns(given: bytes | str, name: str = "entretien") -> list[tuple[str, str, int | None, int | None]]:
    found = read(given.encode() if isinstance(given, str) else given, name)
    return [(turn.speaker, found.said(turn), turn.begins_ms, turn.ends_ms) for turn in found.turns]


def said(given: bytes | str) -> list[tuple[str, str]]:
    return [(speaker, words) for speaker, words, *_times in turns(given)]


def test_srt_joins_the_subtitles_of_one_speaker() -> None:
    assert turns(documents.SRT) == [
        ("Claire", "Vous pouvez me raconter une journée ?", 1000, 3500),
        ("Awa", "Le matin, je prends le bus. Il passe à 8 h 12.", 4000, 8000),
        ("Claire", "Et le soir ?", 9000, 10000),
        ("Awa", "Le soir, c’est plus calme.", 11000, 12000),
    ]


def test_srt_that_names_nobody_keeps_its_subtitles_apart() -> None:
    given = "1\r\n00:00:01,000 --> 00:00:02,000\r\nBonjour.\r\n\r\n2\r\n00:00:03,000 --> 00:00:02,500\r\n2026\r\n"
    found = read(given.encode(), "a.srt")
    assert [found.said(turn) for turn in found.turns] == ["Bonjour.", "2026"]
    assert [turn.ends_ms for turn in found.turns] == [2000, None]
    assert len(found.warnings) == 1


def test_vtt_reads_voices_and_leaves_styles_notes_and_settings() -> None:
    found = read(documents.VTT.encode(), "a.txt")
    assert found.title == "Entretien 4"
    assert found.language == "fr"
    assert turns(documents.VTT) == [
        ("", "(12 seconds pause)", 0, 12140),
        ("S01", "Bonjour, merci d'être venue & installée.", 12140, 22800),
        ("S00", "Oui.", 22800, 30000),
        ("S01", "On commence ?", 22800, 30000),
    ]


def test_noscribe_page() -> None:
    found = read(documents.NOSCRIBE.encode(), "a.html")
    assert (found.title, found.language) == ("Atelier du jeudi", "fr")
    assert turns(documents.NOSCRIBE) == [
        ("", "(12 seconds pause)", 0, 12140),
        ("S01", "On a installé la tablette au salon. (..) Au début, personne n’y touchait.", 12140, 30010),
        ("S02", "Sauf moi.", 30090, 30910),
        ("S01", "Sauf vous, c’est vrai.", 31870, 33510),
        ("Monique", "Et les vidéos\u00a0?\nLe soir ?", 36190, 41000),
    ]


def test_noscribe_text() -> None:
    found = read(documents.NOSCRIBE_TXT.encode(), "a.txt")
    assert (found.title, found.language) == ("Atelier du jeudi", "fr")
    assert turns(documents.NOSCRIBE_TXT) == [
        ("S01", "On a installé la tablette.", 12000, None),
        ("S02", "Sauf moi.", None, None),
        ("S01", "C’est vrai.", None, None),
        ("S00", "Et les vidéos ?", 36000, None),
    ]


def test_sonal_takes_the_pseudonyms_chosen_there() -> None:
    found = read(documents.SONAL.encode(), "a.sonal")
    assert turns(documents.SONAL) == [
        ("Enquêtrice", "Bonjour, merci d'être là.", 700, 4317),
        ("Madame L.", "Je viens avec Rose, le mardi. Et le jeudi.", 4317, 9500),
    ]
    assert "Karine" not in found.text
    assert len(found.warnings) == 2


def test_atrain_json() -> None:
    assert read(documents.ATRAIN_JSON.encode(), "transcription.json").language == "fr"
    assert turns(documents.ATRAIN_JSON) == [
        ("SPEAKER_00", "Bonjour à toutes. On commence ?", 0, 4000),
        ("SPEAKER_01", "Oui.", 4200, 5750),
        ("", "(rires)", 6000, 7000),
    ]


@pytest.mark.parametrize("given", [documents.ATRAIN_TIMES, documents.ATRAIN_MAXQDA])
def test_atrain_texts(given: str) -> None:
    assert read(given.encode(), "a.txt").title.endswith("atelier")
    assert turns(given) == [
        ("SPEAKER_00", "Bonjour à toutes. On commence ?", 0, None),
        ("SPEAKER_01", "Oui.", 4000, None),
    ]


TALK = ("Claire : Bonjour.", "Awa : Bonjour.", "Vous allez bien ?", "Claire : Oui : très bien.", "Awa : Tant mieux.")
SAID = [
    ("Claire", "Bonjour."),
    ("Awa", "Bonjour.\nVous allez bien ?"),
    ("Claire", "Oui : très bien."),
    ("Awa", "Tant mieux."),
]


@pytest.mark.parametrize(
    "given",
    [
        documents.docx(*TALK),
        documents.odt(*TALK),
        "\n\n".join(TALK).encode(),
        "\r\n".join(TALK).encode("utf-16"),
        "\ufeff".encode() + "\n".join(TALK).encode(),
        "\n".join(TALK).encode("cp1252"),
    ],
    ids=["docx", "odt", "utf-8", "utf-16", "bom", "cp1252"],
)
def test_names_and_colons(given: bytes) -> None:
    assert said(given) == SAID


def test_an_older_encoding_is_told() -> None:
    assert read("Élodie était là.".encode("latin-1"), "a.txt").warnings
    assert not read("Élodie était là.".encode(), "a.txt").warnings


def test_times_on_lines() -> None:
    given = "[00:01:02] Claire : Bonjour.\n(1:10) Awa : Oui.\nAwa (1:20) : Encore.\n#00:01:30-5# Claire : Merci.\n"
    assert turns(given) == [
        ("Claire", "Bonjour.", 62000, None),
        ("Awa", "Oui.\nEncore.", 70000, None),
        ("Claire", "Merci.", 90500, None),
    ]


def test_names_above_their_words() -> None:
    given = "Claire Petit   0:03\nBonjour.\nAwa   0:05\nOui.\nC’est moi.\n"
    assert turns(given) == [("Claire Petit", "Bonjour.", 3000, None), ("Awa", "Oui.\nC’est moi.", 5000, None)]


def test_a_name_said_once_is_told() -> None:
    found = read(("\n".join(TALK) + "\nJulie : Moi aussi.").encode(), "a.txt")
    assert found.speakers == ("Claire", "Awa")
    assert any("Julie" in warning for warning in found.warnings)


def test_a_writing_stays_as_it_is() -> None:
    given = "Projet de service\n\nAttention : la salle ferme à 18 h.\nÀ savoir : le bus passe à 12:30.\n\nFin."
    found = read(given.encode(), "projet.txt")
    assert found.text == given
    assert [(turn.speaker, turn.start, turn.end) for turn in found.turns] == [("", 0, len(given))]


def test_one_text_whatever_the_composition() -> None:
    composed: Transcript = read("Élodie a été là.".encode(), "a.txt")
    assert read("E\u0301lodie a e\u0301te\u0301 la\u0300.".encode(), "a.txt").text == composed.text


def test_a_stream_is_read() -> None:
    assert read(io.BytesIO(documents.SRT.encode()), "a.srt") == read(documents.SRT.encode(), "b.txt")

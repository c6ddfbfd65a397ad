"""What is refused, with one sentence; and whatever the bytes, nothing else than that."""

from __future__ import annotations

import contextlib
import io
import json
import time
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nuserus.corpus.readers import UnreadableTranscript, read
from nuserus.corpus.readers.failing import MAX_BYTES, MAX_TURNS
from nuserus_analysis.text.canonical import canonical_text
from tests.corpus.readers import documents

BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "".join("<w:r>" for _ in range(5000)) + "x" + "".join("</w:r>" for _ in range(5000))


def swelling() -> bytes:
    return documents.archive({"word/document.xml": "<w:document>" + " " * 60_000_000 + "</w:document>"})


def many_entries() -> bytes:
    return documents.archive({"word/document.xml": "<a/>"} | {f"e{rank}": "" for rank in range(10_001)})


def deep() -> bytes:
    document = f'<w:document xmlns:w="{documents.W}"><w:p>{DEEP}</w:p></w:document>'
    return documents.archive({"word/document.xml": document})


def encrypted() -> bytes:
    made = bytearray(documents.docx("Bonjour."))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = made.rfind(mark)
        made[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(made)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b" \n\n", "vide"),
        (b"{\\rtf1 Bonjour}", "RTF"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien fichier Word"),
        (b"ID3\x04\x00", "enregistrement"),
        (b"\x89PNG\r\n", "image"),
        (b"\x00\x01\x02\x03 du texte", "pas un texte"),
        ("Bonjour".encode("utf-16")[:-1], "abîmé"),
        (b"PK\x03\x04 et rien", "abîmé"),
        (documents.archive({"notes.txt": "Bonjour"}), "archive"),
        (documents.archive({"xl/workbook.xml": "<a/>", "content.xml": "<a/>"}), "archive"),
        (documents.docx("Bonjour", prologue=BOMB), "abîmé"),
        (documents.docx("Bonjour", prologue=OUTSIDE), "abîmé"),
        (documents.docx(""), "aucun texte"),
        (b"<html><body><p>Bonjour</p></body></html>", "noScribe"),
        (b'{"a": 1}', "segments"),
        (b'{"segments": [{"start": 1', "coup"),
        (b'{"segments": [], "language": "fr"}', "aucun texte"),
        (b'[{"a": ' + b"[" * 200 + b"]" * 200 + b"}]", "transcription"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "aucun texte"),
    ],
)
def test_refused_with_one_sentence(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableTranscript) as refused:
        read(content, "a.txt")
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("make", [swelling, many_entries, deep, encrypted])
def test_documents_that_hurt(make: object) -> None:
    with pytest.raises(UnreadableTranscript):
        read(make(), "a.docx")  # type: ignore[operator]


def test_a_file_too_large_is_not_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"a" * size

    stream = Endless()
    with pytest.raises(UnreadableTranscript, match="25 Mo"):
        read(stream, "a.txt")  # type: ignore[arg-type]
    assert stream.given == MAX_BYTES + 1


def test_too_many_turns() -> None:
    lines = "".join(f"S0{rank % 2}: Oui.\n" for rank in range(MAX_TURNS + 1))
    with pytest.raises(UnreadableTranscript, match="tours de parole"):
        read(lines.encode(), "a.txt")


@pytest.mark.parametrize(
    "content",
    [
        b"<html>" + b"<!--" * 400_000,
        b'<html name="ts_">' + b"<a " * 400_000,
        b'<html name="ts_">' + b'<a b="' * 300_001,
        b'<html class="lblseg">' + b"<script>" * 200_000,
        b"<html lblseg>" + b"<" * 1_500_000,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 500_000,
        b"(" * 1_500_000,
        b"Marie " * 250_000,
        (b"[00:00:01" + b" " * 100) * 15_000,
        b'{"segments": [' + b'{"text": "a"},' * 60_000 + b"{}]}",
        ('{"segments": [{"text": "//' + "a: " * 300_000 + '"}]}').encode(),
    ],
    ids=range(11),
)
def test_time_grows_with_the_length_alone(content: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableTranscript):
        read(content, "a")
    assert time.process_time() - start < 8


def mutated(source: bytes) -> st.SearchStrategy[bytes]:
    """The document with some of its bytes changed, or cut."""
    place = st.integers(0, len(source))
    return st.tuples(place, place, st.binary(max_size=12)).map(
        lambda cut: source[: min(cut[:2])] + cut[2] + source[max(cut[:2]) :]
    )


FORMS = [
    documents.SRT,
    documents.VTT,
    documents.NOSCRIBE,
    documents.SONAL,
    documents.ATRAIN_JSON,
    documents.ATRAIN_TIMES,
    documents.NOSCRIBE_TXT,
]
BYTES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            [
                "Marie :",
                " ",
                "\n",
                "S01: ",
                "[00:00:01]",
                "oui",
                "\u0301",
                "\r\n",
                "\u2028",
                "(1:02)",
                "-->",
                "\x85",
                "é",
                "00:00:01,000 --> 00:00:02,000",
                "//S02: ",
                "//",
                "1",
                "\ufeff",
                "\u1100",
                "\u1161",
                "\t",
                "Awa : ",
            ]
        ),
        max_size=40,
    ).map(lambda words: "".join(words).encode()),
    *(mutated(form.encode()) for form in FORMS),
    mutated(documents.docx("Claire : Bonjour.", "Awa : Oui.")),
    mutated(documents.odt("Claire : Bonjour.", "Awa : Oui.")),
    st.text(max_size=40).map(lambda text: documents.docx(*(sign for sign in text if sign.isprintable()))),
    st.recursive(
        st.none() | st.floats() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["segments", "start", "end", "text", "speaker", "language"]), inner)
        ),
        max_leaves=12,
    ).map(lambda found: json.dumps(found).encode()),
)


@settings(max_examples=300)
@given(BYTES)
@example(b'{"segments": [{"text": "\\ud800 oui", "start": 1e999, "end": -1}]}')
@example(b'{"segments": [{"text": "a", "start": ' + b"9" * 400 + b"}]}")
@example("Marie : \u0301oui\nAwa : \u0301non\nMarie : \u1161\nAwa : a".encode())
def test_any_bytes(content: bytes) -> None:
    try:
        found = read(content, "a")
    except UnreadableTranscript as refused:
        assert refused.sentence
        return
    assert found.turns
    assert canonical_text(found.text) == found.text
    assert not {"\0", "\r", "\ufeff"} & set(found.text)
    found.text.encode()
    before = 0
    for turn in found.turns:
        assert before <= turn.start < turn.end <= len(found.text)
        assert found.text[before : turn.start].strip("\n") == ""
        assert len(turn.speaker) <= 80
        assert found.said(turn).strip()
        assert turn.begins_ms is None or turn.begins_ms >= 0
        assert turn.ends_ms is None or turn.begins_ms is None or turn.ends_ms >= turn.begins_ms
        before = turn.end
    assert before == len(found.text)


def test_a_broken_archive_is_no_crash() -> None:
    made = documents.docx("Bonjour.")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
    for at in range(0, len(made), 7):
        content = bytearray(made)
        content[at] ^= 0xFF
        try:
            read(bytes(content), "a.docx")
        except UnreadableTranscript:
            continue

"""Text is read whatever it was written in, and what was read otherwise is remembered."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.readers.decoding import LONGEST_LINE, Encoding, Lines, Utf8, decoded
from nuserus.directory.readers.opening import UnreadableFile

# letters of registers, that Western encodings also have
WORDS = st.text(alphabet="abcXYZ ;0189éèêëàâçôûùïîÉÈÀÇœŒ’–€", max_size=40)
TEXTS = st.lists(WORDS, min_size=1, max_size=30)


class _ByPieces(io.RawIOBase):
    """Bytes in pieces of a few, so that characters are cut."""

    def __init__(self, content: bytes, size: int) -> None:
        self._left = content
        self._size = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._left[: min(self._size, len(view))]
        self._left = self._left[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)


@given(TEXTS, st.booleans(), st.integers(1, 50))
def test_utf_8_comes_back_as_it_was(lines: list[str], mark: bool, size: int) -> None:
    text = "\n".join(lines)
    content = text.encode("utf-8-sig" if mark else "utf-8")
    if size < 3 and mark:
        size = 3
    read = Lines(_ByPieces(content, size))
    assert "".join(read) == text
    assert read.odd == []
    assert read.encoding is (None if text.isascii() else Encoding.UTF_8)


@given(TEXTS, st.integers(1, 50))
def test_western_text_comes_back_as_it_was(lines: list[str], size: int) -> None:
    # a line that is both would be read as UTF-8: none of these letters makes one, next to each other or not
    lines = [line for line in lines if line.isascii() or decoded(line.encode("cp1252"))[1] is Encoding.WESTERN]
    text = "\n".join(lines)
    read = Lines(_ByPieces(text.encode("cp1252"), size))
    assert "".join(read) == text
    assert read.odd == []


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reading(content: bytes) -> None:
    read = "".join(Lines(io.BytesIO(content)))
    assert len(read.splitlines()) >= 0
    assert io.BufferedReader(Utf8(io.BytesIO(content))).read().decode("utf-8") is not None


def test_a_register_glued_from_two_is_read_line_by_line() -> None:
    content = "CH PÉRONNE\n".encode("latin-1") + "HÔPITAL COMPIÈGNE\nIME\n".encode() + "ÉPINAL\n".encode("latin-1")
    read = Lines(io.BytesIO(content))
    assert list(read) == ["CH PÉRONNE\n", "HÔPITAL COMPIÈGNE\n", "IME\n", "ÉPINAL\n"]
    assert read.encoding is Encoding.WESTERN
    assert read.odd == [2]


def test_bytes_that_cp1252_leaves_undefined_are_read_as_latin_1() -> None:
    assert decoded(b"a\x81\xe9") == ("a\x81é", Encoding.WESTERN)


def test_the_encoding_is_found_far_from_the_beginning() -> None:
    content = b"ascii\n" * 100_000 + "été\n".encode("latin-1")
    read = Lines(io.BytesIO(content))
    assert list(read)[-1] == "été\n"
    assert read.encoding is Encoding.WESTERN


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFile) as told:
        list(Lines(io.BytesIO(b"a\n" + b"b" * (3 * LONGEST_LINE))))
    assert "ligne 2 est trop longue" in told.value.sentence


@given(TEXTS, st.integers(1, 50))
def test_json_readers_are_given_utf_8(lines: list[str], size: int) -> None:
    text = "\n".join(lines)
    stream = Utf8(_ByPieces(text.encode(), size))
    assert io.BufferedReader(stream).read().decode() == text
    assert not stream.spoilt


def test_western_json_becomes_utf_8_and_a_stray_byte_is_told() -> None:
    western = Utf8(io.BytesIO(b"x" * 300_000 + "été".encode("latin-1")))
    assert io.BufferedReader(western).read().decode().endswith("été")
    assert (western.encoding, western.spoilt) == (Encoding.WESTERN, False)
    stray = Utf8(io.BytesIO("é".encode() + b"\xe9a"))
    assert io.BufferedReader(stray).read().decode() == "é\ufffda"
    assert stray.spoilt

"""A file is what its bytes say; whatever is wrong with it ends in one sentence."""

from __future__ import annotations

import gzip
import io
import os
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from nuserus.directory.readers.decoding import Lines
from nuserus.directory.readers.kinds import Shape
from nuserus.directory.readers.opening import Limits, UnreadableFile, opened

ROWS = "".join(f"ligne;{number};é\n" for number in range(2000)).encode()


def packed_small(content: bytes) -> bytes:
    """Compressed without its hour: what tests are called does not change from one second to the next."""
    return gzip.compress(content, mtime=0)


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def content_of(given: bytes | Path, limits: Limits | None = None) -> bytes:
    with opened(given if isinstance(given, Path) else io.BytesIO(given), limits=limits) as source:
        return b"".join(iter(lambda: source.read(10_000), b""))


def refusal(given: bytes | Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as told:
        content_of(given, limits)
    return told.value.sentence


@pytest.mark.parametrize("packed", [ROWS, packed_small(ROWS), zipped(a=ROWS)], ids=["plain", "gzip", "zip"])
def test_plain_gzip_and_zip_give_the_same_bytes(packed: bytes, tmp_path: Path) -> None:
    # the name lies on purpose
    path = tmp_path / "registre.pdf"
    path.write_bytes(packed)
    assert content_of(packed) == ROWS
    assert content_of(path) == ROWS


def test_a_pipe_is_read_and_says_no_size() -> None:
    reading, writing = os.pipe()
    os.write(writing, packed_small(b"a;b\n"))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe, opened(pipe) as source:
        assert (list(Lines(source)), source.size) == (["a;b\n"], None)


def test_how_far_the_reading_is_can_be_told() -> None:
    noise = random.Random(4).randbytes(4_000_000).hex().encode()
    packed = packed_small(noise)
    with opened(io.BytesIO(packed)) as source:
        source.read(1_000_000)
        early = source.consumed
        while source.read(1_000_000):
            pass
        assert source.size == len(packed)
        assert 0 < early < source.consumed == len(packed)


def test_the_stream_given_stays_open_to_its_owner() -> None:
    given = io.BytesIO(ROWS)
    with opened(given):
        pass
    assert not given.closed


def test_json_is_told_from_rows() -> None:
    for content, shape in ((b'\xef\xbb\xbf \n{"a": 1}', Shape.JSON), (b"[1]", Shape.JSON), (b"id,nom\n", Shape.TEXT)):
        with opened(io.BytesIO(content)) as source:
            assert source.shape is shape


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "un classeur"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "une image"),
        (b"\n<!DOCTYPE html>\n<html lang=fr>", "une page web"),
        (b'<?xml version="1.0"?><html>', "une page web"),
        (b'<?xml version="1.0"?><a/>', "du XML"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "une archive"),
        (packed_small(packed_small(ROWS)), "une archive"),
        ("a;b\n".encode("utf-16"), "UTF-16"),
        (b"PAR1\x15\x04\x15", "n’est pas du texte"),
        (b"SQLite format 3\x00\x10", "n’est pas du texte"),
        (b"", "vide"),
        (b"\xef\xbb\xbf\n\n  ", "vide"),
        (packed_small(b""), "vide"),
    ],
    ids=[str(number) for number in range(14)],
)
def test_another_file_altogether_is_named(content: bytes, told: str) -> None:
    assert told in refusal(content)


def test_an_archive_holds_one_file_and_no_workbook() -> None:
    assert "2 fichiers" in refusal(zipped(a=ROWS, b=ROWS))
    assert "classeur" in refusal(zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}))
    assert content_of(zipped(**{"__MACOSX/._a": b"x", "a": ROWS})) == ROWS
    assert "abîmée" in refusal(zipped(a=ROWS)[:-30])


def test_a_truncated_archive_gives_what_comes_before_the_break() -> None:
    noise = b"\n".join(random.Random(7).randbytes(60).hex().encode() for _line in range(5000))
    packed = packed_small(noise)
    read: list[str] = []
    with pytest.raises(UnreadableFile) as told, opened(io.BytesIO(packed[: len(packed) // 2])) as source:
        read.extend(Lines(source))
    assert "s’arrête avant sa fin" in told.value.sentence
    assert len(read) > 1000
    assert read == noise.decode().splitlines(keepends=True)[: len(read)]
    # a small one too, which is whole in the first look
    with pytest.raises(UnreadableFile), opened(io.BytesIO(packed_small(ROWS)[:-20])) as source:
        read = []
        read.extend(Lines(source))
    assert "s’arrête avant sa fin" in refusal(packed_small(ROWS)[:12])


def test_a_damaged_archive_is_told() -> None:
    packed = bytearray(packed_small(random.Random(3).randbytes(50_000).hex().encode()))
    packed[20_000] ^= 0xFF
    assert "abîmé" in refusal(bytes(packed))


@pytest.mark.parametrize("pack", [packed_small, lambda content: zipped(a=content)])
def test_a_bomb_is_stopped_early(pack: object) -> None:
    assert callable(pack)
    bomb = pack(b"a;b\n" * (30 * 1024 * 1024))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile) as told, opened(io.BytesIO(bomb), limits=Limits(ratio=100)) as source:
            while source.read(100_000):
                pass
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
    assert "grossit anormalement" in told.value.sentence


def test_absolute_limits_hold_on_what_is_given_and_on_what_it_becomes() -> None:
    mega = 1024 * 1024
    assert "(1 Mo)" in refusal(ROWS * 100, Limits(stored=mega))
    assert "dépasse la taille permise" in refusal(packed_small(ROWS * 100), Limits(unpacked=mega))
    assert "dépasse la taille permise" in refusal(zipped(a=ROWS * 100), Limits(unpacked=mega))


def test_two_gigabytes_are_streamed_or_refused_at_once(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.write(ROWS * 4)
        file.truncate(2 * 1024**3)  # a hole: no room is taken on the disk
    assert "dépasse la taille permise" in refusal(huge, Limits(stored=1024**3))
    with opened(huge) as source:
        assert source.size == 2 * 1024**3
        assert source.read(5) == b"ligne"


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    assert "ne peut pas être ouvert" in refusal(tmp_path / "absent")
    assert "ne peut pas être ouvert" in refusal(tmp_path)

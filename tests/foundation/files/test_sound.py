"""Taking in a voice: what comes out is the sound and nothing else; what is refused is refused in words."""

from __future__ import annotations

import io
import os

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from nuserus.foundation.files.sound import SOUND_LIMIT, TakenSound, take_sound
from tests.factories.practices import photo
from tests.factories.voice import voice

KINDS = [
    ("webm", "libopus"), ("ogg", "libopus"), ("mp4", "aac"), ("wav", "pcm_s16le"), ("mp3", "libmp3lame"),
    ("flac", "flac"), ("adts", "aac"),
]  # fmt: skip


def taken(content: bytes) -> TakenSound:
    return take_sound(SimpleUploadedFile("voix", content, content_type="audio/webm"))


def refusal(content: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        taken(content)
    return refused.value


@pytest.mark.parametrize(("container", "codec"), KINDS)
def test_what_recorders_write_becomes_one_channel_without_a_word(container: str, codec: str) -> None:
    sent = voice(2.0, container=container, codec=codec, title="salle 12")
    sound = taken(sent)
    assert sound.seconds == pytest.approx(2.0, abs=0.1)
    assert b"salle 12" not in sound.content
    with av.open(io.BytesIO(sound.content)) as opened:
        track = opened.streams.audio[0]
        assert (len(opened.streams), track.codec_context.name, track.channels) == (1, "aac", 1)
        assert {name.lower() for name in opened.metadata} <= {"major_brand", "minor_version", "compatible_brands"}


def test_a_recording_that_was_cut_is_taken_up_to_there() -> None:
    whole = voice(4.0)
    assert 0.5 < taken(whole[: len(whole) // 2]).seconds < 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%not a sound", "not_a_sound"),
        (b"#EXTM3U\nhttp://exemple.test/voix.mp3\n", "not_a_sound"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "not_a_sound"),
        (b"<html><audio src=x></html>", "not_a_sound"),
        (b"MZ\x90\x00" + bytes(400), "not_a_sound"),
        (b"OggS" + os.urandom(4000), "damaged"),
        (b"\x1a\x45\xdf\xa3" + os.urandom(4000), "damaged"),
        (b"\x00\x00\x00\x20ftypM4A " + os.urandom(4000), "damaged"),
        (voice(0.1), "silent"),
    ],
)
def test_what_is_not_a_voice_is_refused_in_words(content: bytes, code: str) -> None:
    refused = refusal(content)
    assert refused.code == code
    assert "Vos réponses écrites sont gardées." in refused.messages[0]


def test_a_photo_is_not_a_voice() -> None:
    assert refusal(photo().read()).code == "not_a_sound"


def test_a_film_without_sound_is_not_a_voice() -> None:
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as film:
        track = film.add_stream("mpeg4", rate=5)
        track.width, track.height, track.pix_fmt = 32, 32, "yuv420p"
        for _number in range(5):
            film.mux(track.encode(av.VideoFrame(32, 32, "yuv420p")))
        film.mux(track.encode(None))
    assert refusal(target.getvalue()).code == "not_a_sound"


def test_more_than_ten_minutes_is_refused_while_it_is_read() -> None:
    # a silence of eleven minutes packs into a few kilobytes
    target = io.BytesIO()
    with av.open(target, "w", format="flac") as written:
        track = written.add_stream("flac", rate=8000)
        track.layout = "mono"
        for begin in range(660):
            frame = av.AudioFrame(format="s16", layout="mono", samples=8000)
            frame.planes[0].update(bytes(frame.planes[0].buffer_size))
            frame.rate, frame.pts = 8000, begin * 8000
            written.mux(track.encode(frame))
        written.mux(track.encode(None))
    assert len(target.getvalue()) < 200_000
    assert refusal(target.getvalue()).code == "too_long"


def test_too_heavy_says_both_sizes() -> None:
    class Heavy(SimpleUploadedFile):
        def read(self, *args: object) -> bytes:
            raise AssertionError("a heavy file is not read")

    heavy = Heavy("voix", b"x")
    heavy.size = SOUND_LIMIT + 14 * 1024 * 1024
    with pytest.raises(ValidationError, match="34 Mo, la limite est 20 Mo"):
        take_sound(heavy)

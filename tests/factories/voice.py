"""Voices for tests: sounds as browsers send them, recordings, a model folder for the stand-in recogniser."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import av
import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.actions.speaking import KIND
from nuserus.practices.models import Sheet
from nuserus.voice.actions.deposit import deposit
from nuserus.voice.models import Recording

STANDIN = Path(__file__).parents[1] / "voice" / "standin"
# Where the stand-in is found before the real program, by another process.
SEARCHED = os.pathsep.join(filter(None, [str(STANDIN), os.environ.get("PYTHONPATH", "")]))
SAID = "Nous photographions le car. Puis l’enfant range les photos.\nÀ la fin, il choisit le dessert."
HEARD = "Nous photographions le car. Puis l’enfant range les photos.\nÀ la fin, il choisit le dessert."


@cache
def voice(
    seconds: float = 1.0, *, container: str = "webm", codec: str = "libopus", pitch: float = 440.0, title: str = ""
) -> bytes:
    """A tone, as a recorder writes it."""
    rate = 48_000
    target = io.BytesIO()
    times = np.arange(int(rate * seconds)) / rate
    wave = (0.2 * np.sin(2 * np.pi * pitch * times)).astype(np.float32)
    with av.open(target, "w", format=container) as written:
        if title:
            written.metadata["title"] = title
        track: Any = written.add_stream(codec, rate=rate)
        track.layout = "mono"
        resampler = av.AudioResampler(format=track.codec_context.format or "flt", layout="mono", rate=rate)
        for begin in range(0, len(wave), rate):
            frame = av.AudioFrame.from_ndarray(wave[None, begin : begin + rate], format="fltp", layout="mono")
            frame.rate, frame.pts = rate, begin
            for part in resampler.resample(frame):
                written.mux(track.encode(part))
        written.mux(track.encode(None))
    return target.getvalue()


def upload(content: bytes | None = None, name: str = "voix.webm") -> SimpleUploadedFile:
    """A sound as a browser sends it."""
    return SimpleUploadedFile(name, voice() if content is None else content, content_type="audio/webm")


def make_recording(
    sheet: Sheet, by: Account | None = None, *, question: str = "intention", content: bytes | None = None
) -> Recording:
    """A recording of its author, or of somebody who writes the sheet too."""
    speaker: UUID = by.pk if by else sheet.author_id
    with acting_as(speaker) as asking:
        return deposit(actor=asking, kind=KIND, about=sheet.pk, question=question, upload=upload(content))


def get_recording(recording: Recording | UUID, by: UUID | None = None) -> Recording:
    """The recording as somebody reads it now; who spoke when nobody is named."""
    if isinstance(recording, Recording):
        by, recording = by or recording.scope_author, recording.pk
    with acting_as(by):
        return Recording.objects.get(pk=recording)


def model_folder(place: Path, said: str = SAID) -> Path:
    """A folder that the stand-in reads."""
    place.mkdir(exist_ok=True)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (place / name).write_text("{}")
    (place / "said.txt").write_text(said, encoding="utf-8")
    return place


@contextmanager
def speech_model(folder: Path, monkeypatch: Any) -> Iterator[Path]:
    """The site with this model, and the stand-in where the program looks for faster-whisper."""
    monkeypatch.setenv("PYTHONPATH", SEARCHED)
    monkeypatch.syspath_prepend(str(STANDIN))
    with override_settings(NUSERUS_SPEECH_MODEL=str(folder)):
        yield folder

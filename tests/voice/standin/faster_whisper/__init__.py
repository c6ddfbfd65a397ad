"""A recogniser with the interface of faster-whisper, that understands what `said.txt` of its folder says.

It takes the same arguments, reads the sound to its end like the real one, and can be slow: `slow` in the
folder holds seconds; `counted` gets a line for each voice that it finished.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av


@dataclass
class Segment:
    start: float
    end: float
    text: str


@dataclass
class Info:
    language: str
    duration: float


class WhisperModel:
    def __init__(self, model: str, *, device: str, compute_type: str, local_files_only: bool) -> None:
        assert (device, compute_type, local_files_only) == ("cpu", "int8", True)
        self.folder = Path(model)
        if not (self.folder / "model.bin").is_file():
            raise RuntimeError(f"Unable to open file 'model.bin' in model '{model}'")

    def transcribe(
        self, audio: str, *, language: str, vad_filter: bool, beam_size: int
    ) -> tuple[Iterator[Segment], Info]:
        with av.open(audio) as sound:
            seconds = sum(frame.samples / frame.sample_rate for frame in sound.decode(audio=0))
        return self._segments(), Info(language, seconds)

    def _segments(self) -> Iterator[Segment]:
        slow = self.folder / "slow"
        if slow.exists():
            (self.folder / "begun").write_text("yes")
            time.sleep(float(slow.read_text()))
        at = 0.0
        for line in (self.folder / "said.txt").read_text(encoding="utf-8").splitlines():
            for sentence in line.split(". "):
                yield Segment(at, at + 1.0, f" {sentence.rstrip('.')}.")
                at += 1.2
            at += 2.0
        with (self.folder / "counted").open("a") as counted:
            counted.write("one\n")

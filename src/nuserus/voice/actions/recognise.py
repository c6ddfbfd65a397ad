"""A voice turned into a text, in a process of its own that gives all its memory back.

`python -m nuserus.voice.actions.recognise FOLDER FILE` writes one JSON object on its standard output.
It knows neither Django nor the database, reads the model from the folder and never from a network,
and ends when whoever started it is gone: its standard input is then closed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterable
from typing import Any, Protocol


class Segment(Protocol):
    """A stretch of speech: seconds and words."""

    start: float
    end: float
    text: str


class Recogniser(Protocol):
    """What we ask of a model: the interface of faster-whisper."""

    def transcribe(self, audio: str, **options: Any) -> tuple[Iterable[Segment], Any]:
        """Segments, made as they are read, and what was found about the whole."""
        ...


# A silence longer than this, in seconds, begins a new paragraph.
BREATH = 1.6


def load(folder: str) -> Recogniser:
    """The operator's model, on the processor, without any download."""
    from faster_whisper import WhisperModel  # an optional extra, heavy: only this process loads it

    model: Recogniser = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)
    return model


def text_of(segments: Iterable[Segment]) -> str:
    """Segments as paragraphs: a long silence begins a new one."""
    paragraphs: list[list[str]] = [[]]
    before: float | None = None
    for segment in segments:
        words = segment.text.strip()
        if not words:
            continue
        if before is not None and segment.start - before > BREATH and paragraphs[-1]:
            paragraphs.append([])
        paragraphs[-1].append(words)
        before = segment.end
    return "\n".join(" ".join(words) for words in paragraphs if words)


def recognise(recogniser: Recogniser, file: str) -> str:
    """What is said in the file, in French."""
    segments, _about = recogniser.transcribe(file, language="fr", vad_filter=True, beam_size=5)
    return text_of(segments)


def end_with_parent() -> None:
    """End this process when whoever started it is gone: its standard input is then closed."""

    def wait() -> None:
        # not through `sys.stdin`: its lock, held here to the end, would make a process that is done abort
        while os.read(0, 4096):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main(words: list[str]) -> int:
    """Recognise, and say what went wrong as well."""
    end_with_parent()
    folder, file = words
    try:
        said = {"text": recognise(load(folder), file)}
    except Exception as error:  # noqa: BLE001 - whatever the model raises becomes one line for the journal
        said = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

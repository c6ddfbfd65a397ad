"""A long voice turned into turns with their times, in a process of its own that gives all its memory back.

`python -m nuserus.fieldwork.actions.listen FOLDER FILE` writes one JSON object a line on its standard output: a
stretch of speech as soon as it is understood, then the end or what went wrong. It knows neither Django nor the
database, reads the model from the folder and never from a network, and ends when whoever started it is gone.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from nuserus.voice.actions.recognise import Recogniser, end_with_parent, load


def say(said: dict[str, Any]) -> None:
    """One line, at once."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def listen(recogniser: Recogniser, file: str) -> None:
    """Say each stretch of speech of the file, in French."""
    segments, _about = recogniser.transcribe(file, language="fr", vad_filter=True, beam_size=5)
    for segment in segments:
        say({"begins": float(segment.start), "ends": float(segment.end), "text": segment.text.strip()})


def main(words: list[str]) -> int:
    """Listen, and say what went wrong as well."""
    end_with_parent()
    folder, file = words
    try:
        listen(load(folder), file)
        say({"end": True})
    except Exception as error:  # noqa: BLE001 - whatever the model raises becomes one line for the journal
        say({"error": f"{type(error).__name__}: {error}"[:300]})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

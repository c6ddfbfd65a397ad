"""Names found by the French model of spaCy, loaded when the first text is read and not before.

`python -m nuserus_analysis.screening.spacy_names` reads a JSON list of texts and writes the spans of
each: a program that ends gives all of its memory back, so the worker of jobs stays small.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from nuserus_analysis.screening.flags import Span

MODEL = "fr_core_news_sm"
_UNUSED = ["morphologizer", "parser", "attribute_ruler", "lemmatizer"]


def is_available() -> bool:
    """Whether spaCy and its French model are installed; loads neither."""
    return find_spec("spacy") is not None and find_spec(MODEL) is not None


class SpacyNames:
    """The entities of kind « person » of `fr_core_news_sm`."""

    def __init__(self) -> None:
        self._model: Any = None

    def names_in(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of people in each text. Raises OSError when the model is not installed."""
        if self._model is None:
            import spacy

            self._model = spacy.load(MODEL, exclude=_UNUSED)
        return [
            [Span(found.start_char, found.end_char) for found in read.ents if found.label_ == "PER"]
            for read in self._model.pipe(texts)
        ]


def main() -> None:
    """Texts in, spans out, both as JSON."""
    texts: list[str] = json.load(sys.stdin)
    found = SpacyNames().names_in(texts)
    json.dump([[[span.start, span.end] for span in spans] for spans in found], sys.stdout)


if __name__ == "__main__":
    main()

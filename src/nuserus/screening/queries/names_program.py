"""The model of names, in a program of its own that ends with the question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from nuserus_analysis.screening import NamesFinder, Span
from nuserus_analysis.screening.spacy_names import is_available

_PROGRAM: Final = [sys.executable, "-m", "nuserus_analysis.screening.spacy_names"]
# Loading takes seconds, reading a sheet much less; on a machine that is busy, more.
_SECONDS: Final = 120


class NamesProgram:
    """Starts the model, hands it the texts on its standard input, and lets it go: no memory stays taken."""

    def names_in(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of people in each text. Raises CalledProcessError or TimeoutExpired when it fails."""
        done = subprocess.run(
            _PROGRAM,
            input=json.dumps(list(texts)),
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"},
        )
        return [[Span(start, end) for start, end in spans] for spans in json.loads(done.stdout)]


def names_finder() -> NamesFinder | None:
    """The model when it is installed; None: the rules alone look for names."""
    return NamesProgram() if is_available() else None

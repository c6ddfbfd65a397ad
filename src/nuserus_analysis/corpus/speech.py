"""Who speaks in a transcript: paragraphs that begin with a name and a colon.

« Marie : Bonjour. » is a turn only in a text that is a conversation: two names at least that each come
back. So a list (« Attention : … ») in a plain text is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from nuserus_analysis.corpus.documents import Document, Turn
from nuserus_analysis.text.canonical import canonical_text

_LABEL = re.compile(r"^[ \t]*([^\W\d_][\w.’' -]{0,38}?)[ \t\u00a0\u202f]*:[ \t\u00a0]+(?=\S)", re.MULTILINE)
_MOST_WORDS = 4


def conversation(name: str, text: str, variables: Mapping[str, str] | None = None) -> Document:
    """The document in the turns of its speakers, or in one turn when it is no conversation."""
    plain = canonical_text(text)
    found = [label for label in _LABEL.finditer(plain) if _is_name(label[1])]
    often = {speaker for speaker, times in Counter(label[1] for label in found).items() if times > 1}
    labels = [label for label in found if label[1] in often]
    if len(often) < 2:
        return Document.of_text(name, plain, variables)
    turns = [Turn("", 0, labels[0].start())] if plain[: labels[0].start()].strip() else []
    ends = [label.start() for label in labels[1:]] + [len(plain)]
    turns += [Turn(label[1], label.end(), end) for label, end in zip(labels, ends, strict=True)]
    return Document(name, plain, tuple(turns), dict(variables or {}))


def _is_name(label: str) -> bool:
    return label[0].isupper() and len(label.split()) <= _MOST_WORDS

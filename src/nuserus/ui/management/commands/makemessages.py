"""`makemessages`, which also reads the sentences of our versioned lists (`<app>/data/*.yaml`).

A list says at its top which of its keys go through gettext when they are shown::

    translated: [label, question]

The other lists (trades, publics, devices…) are copied to the database as they are and stay French.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.core.management.commands import makemessages


def sentences_of_list(text: str) -> list[str]:
    """The sentences of a YAML list that are translated, in their order.

    >>> sentences_of_list("{translated: [label], items: [{slug: a, label: Un mot}]}")
    ['Un mot']
    >>> sentences_of_list("{items: [{label: Un mot}]}")
    []
    """
    content = yaml.safe_load(text)
    if not isinstance(content, dict) or "translated" not in content:
        return []
    return list(_found(content, frozenset(content["translated"])))


def _found(content: object, keys: frozenset[str]) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key in keys and isinstance(value, str):
                yield value
            elif key != "translated":
                yield from _found(value, keys)
    elif isinstance(content, list):
        for value in content:
            yield from _found(value, keys)


class SourceFile(makemessages.BuildFile):
    """A file of the sources; a YAML list is written for xgettext as calls of gettext."""

    def preprocess(self) -> None:
        if not self.path.endswith(".yaml"):
            super().preprocess()
            return
        sentences = sentences_of_list(Path(self.path).read_text(encoding="utf-8"))
        # as JSON: xgettext takes the \xa0 of a repr for a byte
        calls = "".join(f"_({json.dumps(sentence, ensure_ascii=False)})\n" for sentence in sentences)
        Path(self.work_path).write_text(calls, encoding="utf-8")


class Command(makemessages.Command):
    """Django's command, without guesses: a sentence that changed is a sentence to translate again."""

    build_file_class = SourceFile
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

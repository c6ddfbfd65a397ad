"""One way to refuse: a sentence for the person, and nothing touched."""

from __future__ import annotations


class Refusal(Exception):
    """The program can't go on; `str()` is one line that says why and what to do."""


class InUse(Refusal):
    """Another process of the program holds the folder."""

"""A page cut in tags and words, in one pass: its time grows with its length whatever it holds.

Nothing is repaired, fetched or run. What is inside scripts comes as their words; styles and comments are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_NAME: Final = re.compile(r"/?([A-Za-z][A-Za-z0-9]{0,20})")
_STOP: Final = re.compile(r"=[ \t\n]{0,8}([\"'])|>")
_ATTRIBUTE: Final = re.compile(
    r"([A-Za-z][\w:-]{0,60})(?:[ \t\n]{0,8}=[ \t\n]{0,8}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]{1,2000})))?"
)
_RAW: Final = frozenset({"script", "style", "title", "textarea"})


@dataclass(frozen=True, slots=True)
class Words:
    """Words between two tags, with their entities read."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag, or a closing one."""

    name: str
    closes: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)

    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())


def tokens(page: str) -> Iterator[Tag | Words]:
    """The tags and the words of a page, in order. A tag that never ends ends the page."""
    at = 0
    while at < len(page):
        opening = page.find("<", at)
        if opening != at:
            opening = len(page) if opening == -1 else opening
            yield Words(html.unescape(page[at:opening]))
            at = opening
            continue
        found, at = _at_sign(page, at)
        if found is not None:
            yield found
        if isinstance(found, Tag) and found.name in _RAW and not found.closes:
            closing = _closing(page, at, found.name)
            if found.name != "style":
                yield Words(page[at:closing])
            at = closing


def _at_sign(page: str, at: int) -> tuple[Tag | Words | None, int]:
    """What stands at a « < », and where the page goes on: its end when nothing closes it."""
    if page.startswith("<!--", at):
        end = page.find("-->", at + 4)
        return None, end + 3 if end != -1 else len(page)
    name = _NAME.match(page, at + 1)
    if name is None and page[at + 1 : at + 2] not in ("!", "?"):
        return Words("<"), at + 1
    end = _end(page, at)
    if end == -1:
        return None, len(page)
    return (_tag(name, page[name.end() : end]) if name is not None else None), end + 1


def _end(page: str, at: int) -> int:
    """Where the tag ends: a sign inside a quoted value is none."""
    while (found := _STOP.search(page, at)) is not None:
        if found[1] is None:
            return found.start()
        closing = page.find(found[1], found.end())
        if closing == -1:
            return -1
        at = closing + 1
    return -1


def _closing(page: str, at: int, name: str) -> int:
    """Where the closing tag begins; the end of the page when there is none."""
    while (found := page.find("</", at)) != -1:
        if page[found + 2 : found + 2 + len(name)].lower() == name:
            return found
        at = found + 2
    return len(page)


def _tag(name: re.Match[str], inside: str) -> Tag:
    if name[0].startswith("/"):
        return Tag(name[1].lower(), closes=True)
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(inside):
        value = next((part for part in one.groups()[1:] if part is not None), "")
        found.setdefault(one[1].lower(), html.unescape(value))
    return Tag(name[1].lower(), attributes=found)

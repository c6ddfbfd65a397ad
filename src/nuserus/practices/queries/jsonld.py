"""A sheet as linked data: schema.org HowTo and CreativeWork, for search engines and catalogues."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from nuserus.practices.enums import Contribution
from nuserus.practices.models import Card, Contributor, Sheet, SheetVersion

LICENCE_ADDRESSES = {"CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}
# A peer who reads a sheet over, or lays it out, helps: the words stay those of the others.
AUTHORS = frozenset({Contribution.WITNESS, Contribution.WRITING})
# What would end the script element or start a comment in it; the same characters for a JSON reader.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def linked_data(  # noqa: PLR0913 (each is a part of what is said)
    sheet: Sheet,
    *,
    address: str,
    origin_address: str,
    cards: Sequence[Card],
    contributors: Iterable[Contributor],
    keywords: Sequence[str],
    tools: Sequence[str],
    published: SheetVersion | None = None,
) -> dict[str, Any]:
    """The sheet in the words of schema.org. Addresses are absolute; `origin_address` may be empty.

    `published` is the version that is read: its number and its day are those of the data.

    Only what the page itself shows: the institution is left out, people are those credited by the
    name they chose.
    """
    people = list(contributors)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["HowTo", "CreativeWork"],
        "@id": address,
        "url": address,
        "name": str(sheet),
        "description": sheet.simple_version or sheet.intention,
        "inLanguage": "fr",
        "license": LICENCE_ADDRESSES.get(sheet.licence, sheet.licence),
        "version": str(sheet.version),
        "isAccessibleForFree": True,
        "author": _people(people, AUTHORS),
        "contributor": _people(people, frozenset(Contribution) - AUTHORS),
        "keywords": list(keywords),
        "tool": [{"@type": "HowToTool", "name": name} for name in tools],
        "step": [{"@type": "HowToStep", "position": rank, "text": card.text} for rank, card in enumerate(cards, 1)],
    }
    if sheet.published_at is not None:
        data["datePublished"] = sheet.published_at.date().isoformat()
        data["dateModified"] = (published.made_at if published else sheet.changed_at).date().isoformat()
    if origin_address:
        data["isBasedOn"] = origin_address
    return {key: value for key, value in data.items() if value not in ("", [])}


def _people(contributors: Iterable[Contributor], did: frozenset[Contribution]) -> list[dict[str, str]]:
    """Those who did one of these things, each once, in the order in which they are credited."""
    names = dict.fromkeys(person.name for person in contributors if person.contribution in did)
    return [{"@type": "Person", "name": name} for name in names]


def as_script_text(data: dict[str, Any]) -> SafeString:
    """JSON that may stand in a script element whatever it says."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 (nothing is left that HTML would read)

"""Who a fiche names, and the one file that a form may ask for beside itself: the people who agree to take part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

# select_multiple_from_file participants.csv, as XLSForm and other programs of collection know it.
PEOPLE_FILE: Final = "participants.csv"
PEOPLE_ADDRESS: Final = f"jr://file-csv/{PEOPLE_FILE}"
# A withdrawal finds who is named in a fiche by the names of these questions.
PEOPLE_FIELDS: Final = frozenset({"participant", "participants"})
_APART = re.compile(r"[,;\n]")


def named_in(content: Any) -> Iterator[str]:
    """Everything that may be a name in the questions that name people, as it was written.

    >>> list(named_in({"qui": {"participants": "Nour, Lou"}, "participant": ["P1"]}))
    ['Nour', 'Lou', 'P1']
    """
    if isinstance(content, list):
        for one in content:
            yield from named_in(one)
    elif isinstance(content, dict):
        for key, value in content.items():
            if key in PEOPLE_FIELDS and not isinstance(value, dict):
                yield from _names(value)
            else:
                yield from named_in(value)


def parts_named_in(content: Any) -> list[str]:
    """The names alone, as they were put apart by commas, not the words that they are made of."""
    names = list(named_in(content))
    return [name for name in names if not any(name != other and name in other.split() for other in names)]


def is_number(name: str) -> bool:
    """Whether it is the number of somebody, as the list gives it, rather than a pseudonym that was typed."""
    try:
        return str(UUID(name)) == name.lower()
    except ValueError:
        return False


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        parts = [part.strip() for part in _APART.split(str(one))]
        words = [word for part in parts for word in part.split() if word != part]
        yield from (name for name in (*parts, *words) if name)

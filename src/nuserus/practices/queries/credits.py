"""Who did what for a sheet, by the names they chose."""

from __future__ import annotations

from collections.abc import Iterable

from nuserus.practices.enums import Contribution
from nuserus.practices.models import Contributor


def credit_lines(people: Iterable[Contributor]) -> list[tuple[str, str]]:
    """Names with what each did, in the order they came: `("Nadia B.", "écriture, photo")`."""
    done: dict[str, list[str]] = {}
    for person in people:
        done.setdefault(person.name, []).append(str(Contribution(person.contribution).label))
    return [(name, ", ".join(dict.fromkeys(parts))) for name, parts in done.items()]

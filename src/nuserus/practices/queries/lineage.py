"""The family tree of a sheet: what it comes from, what others made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

# Deeper generations are listed beside their parent: nobody reads a tree of twenty floors.
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Kin:
    """A member of the family: its id, the sheet it was adapted from, and how it is shown.

    `absent`: the sheet was published and cannot be read any more; only its place in the tree is left.
    """

    id: UUID
    adapted_from: UUID | None
    title: str = ""
    note: str = ""
    absent: bool = False


@dataclass(slots=True)
class Branch:
    """A member and what was made of it. `parent_hidden`: it comes from a sheet one may not read."""

    member: Kin
    parent_hidden: bool = False
    branches: list[Branch] = field(default_factory=list)


def family_tree(members: Iterable[Kin]) -> list[Branch]:
    """The tree from the top, in the order given among brothers and sisters.

    A member whose parent is not among the members stands at the top. A loop in the data (there
    should be none) is cut where it is first met: every member comes exactly once.
    """
    listed = list(members)
    known = {member.id for member in listed}
    children: dict[UUID, list[Kin]] = {}
    tops: list[Kin] = []
    for member in listed:
        parent = member.adapted_from
        if parent is None or parent not in known:
            tops.append(member)
        else:
            children.setdefault(parent, []).append(member)
    tree: list[Branch] = []
    placed: set[UUID] = set()
    for member in [*tops, *listed]:
        if member.id not in placed:
            hidden = member.adapted_from is not None and member.adapted_from not in known
            tree.append(_grown(Branch(member, hidden), children, placed))
    return tree


def _grown(top: Branch, children: dict[UUID, list[Kin]], placed: set[UUID]) -> Branch:
    placed.add(top.member.id)
    waiting = [(top, top.branches, 0)]
    while waiting:
        branch, room, depth = waiting.pop(0)
        for child in children.get(branch.member.id, []):
            if child.id in placed:
                continue
            placed.add(child.id)
            twig = Branch(child)
            room.append(twig)
            waiting.append((twig, twig.branches if depth < DEEPEST else room, depth + 1))
    return top

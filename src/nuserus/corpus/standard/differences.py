"""What stays, what goes and what comes between two versions, in the order in which it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nuserus.corpus.standard.matching import matching_blocks

# signs kept on each side of a change when the rest of what stays is folded away
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch: same, removed or added."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """Stretches of one place of the text, with a little of what stays around."""

    parts: tuple[Part, ...]


def differences(old: str, new: str) -> list[Part]:
    """Both texts as one list of stretches.

    >>> [(part.kind, part.words) for part in differences("Il rit.", "Il sourit.")]
    [('same', 'Il '), ('removed', 'rit'), ('added', 'sourit'), ('same', '.')]
    """
    parts: list[Part] = []
    at_old = at_new = 0
    for block in matching_blocks(old, new):
        parts += _changed(old[at_old : block.old], new[at_new : block.new])
        at_old, at_new = block.old + block.length, block.new + block.length
        parts.append(Part("same", old[block.old : at_old]))
    return [*parts, *_changed(old[at_old:], new[at_new:])]


def _changed(removed: str, added: str) -> Iterator[Part]:
    if removed:
        yield Part("removed", removed)
    if added:
        yield Part("added", added)


def changes(old: str, new: str, *, most: int = 200) -> tuple[list[Change], int]:
    """The places that changed, each with what stands around, and how many there are beyond `most`."""
    groups: list[list[Part]] = []
    for part in differences(old, new):
        if part.kind == "same" and len(part.words) > 2 * _AROUND:
            if groups:
                groups[-1].append(Part("same", f"{part.words[:_AROUND]}…"))
            groups.append([Part("same", f"…{part.words[-_AROUND:]}")])
        elif groups:
            groups[-1].append(part)
        else:
            groups.append([part])
    told = [Change(tuple(group)) for group in groups if any(part.kind != "same" for part in group)]
    return told[:most], max(0, len(told) - most)

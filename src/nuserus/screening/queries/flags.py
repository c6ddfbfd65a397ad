"""What was found in an object, put back on its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.screening.enums import FlagState
from nuserus.screening.models import Flag, ScreenedText
from nuserus.screening.queries.digests import text_digest
from nuserus.screening.registry import Told
from nuserus.screening.rules import can_read_flag, can_read_screened
from nuserus_analysis.screening import Proposal
from nuserus_analysis.screening.flags import Found, Kind
from nuserus_analysis.screening.wording import proposed

SHOWN = (FlagState.OPEN, FlagState.KEPT)


@dataclass(frozen=True, slots=True)
class Detail:
    """A flag with the words it stands on and the wording that is proposed instead."""

    flag: Flag
    words: str
    proposal: Proposal

    @property
    def is_open(self) -> bool:
        return self.flag.state == FlagState.OPEN


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, with the detail it is, if any."""

    text: str
    detail: Detail | None = None


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text cut into pieces that put together are the text."""

    field: str
    pieces: tuple[Piece, ...]

    @property
    def details(self) -> list[Detail]:
        return [piece.detail for piece in self.pieces if piece.detail is not None]


@dataclass(frozen=True, slots=True)
class Screening:
    """What an object says that may point at somebody, as it was screened last."""

    texts: tuple[ReadText, ...]
    names_pending: bool
    replaced: int

    @property
    def details(self) -> list[Detail]:
        return [detail for text in self.texts for detail in text.details]

    @property
    def open(self) -> list[Detail]:
        return [detail for detail in self.details if detail.is_open]

    @property
    def kept(self) -> list[Detail]:
        return [detail for detail in self.details if not detail.is_open]


def screening_of(asking: Asking, kind: str, told: Told) -> Screening:
    """The details of an object on the texts as they are now; what was found on an earlier text is left out."""
    rows = can_read_screened.filter(ScreenedText.objects.filter(kind=kind, object_id=told.object_id), asking)
    flags = can_read_flag.filter(Flag.objects.filter(screened__in=rows).select_related("screened"), asking)
    shown: dict[str, list[Flag]] = {}
    replaced = 0
    for flag in flags.order_by("start"):
        replaced += flag.state == FlagState.REPLACED
        if flag.state in SHOWN:
            shown.setdefault(flag.screened.field, []).append(flag)
    read = []
    checked: Mapping[str, ScreenedText] = {row.field: row for row in rows}
    pending = False
    for name, text in told.texts.items():
        row = checked.get(name)
        is_same = row is not None and row.text_digest == text_digest(text)
        pending |= bool(text) and not (row is not None and is_same and row.names_checked)
        if text:
            read.append(ReadText(name, tuple(_pieces(text, shown.get(name, []) if is_same else []))))
    return Screening(tuple(read), pending, replaced)


def _pieces(text: str, flags: list[Flag]) -> Iterator[Piece]:
    end = 0
    for flag in flags:
        if flag.start < end or flag.end > len(text):
            continue
        if flag.start > end:
            yield Piece(text[end : flag.start])
        words = text[flag.start : flag.end]
        proposal = proposed(text, Found(Kind(flag.kind), flag.start, flag.end))
        if proposal.start < end:
            proposal = Proposal(flag.start, flag.end, proposal.wording)
        yield Piece(words, Detail(flag, words, proposal))
        end = flag.end
    if end < len(text):
        yield Piece(text[end:])


def flag_to_decide(asking: Asking, kind: str, object_id: UUID, flag_id: UUID) -> Flag:
    """One flag of an object. Raises Unreadable (404) when it is hidden, missing, or of another object."""
    rows = Flag.objects.filter(pk=flag_id, screened__kind=kind, screened__object_id=object_id)
    flag = can_read_flag.filter(rows.select_related("screened"), asking).first()
    if flag is None:
        raise Unreadable
    return flag

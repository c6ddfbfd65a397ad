"""What in a source may point at somebody: looked for in a text, and shown as it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from nuserus.corpus.enums import NAMED, DetailFoundBy, DetailKind, DetailState
from nuserus.corpus.models import Detail, Masking, Source, SourceVersion, Turn
from nuserus.corpus.queries.excerpts import Shown, shown_in
from nuserus.corpus.queries.sealing import words_digest
from nuserus.corpus.readers.labels import is_generic
from nuserus.corpus.rules import can_read_detail, can_read_masking
from nuserus.corpus.standard.wanted import Wanted
from nuserus.foundation.asking import Asking
from nuserus.studies.models import Participant, StudyPlace
from nuserus_analysis.screening import Flag, Span, known, screen
from nuserus_analysis.screening.flags import Found, Kind
from nuserus_analysis.screening.wording import proposed

GROUPS_A_PAGE = 10
CONTEXTS = 6
_SHORTEST_NAME = 3
_TITLE = re.compile(
    r"(?:m\.|mm\.|mr\.?|mmes?|mlles?|monsieur|madame|mademoiselle|messieurs|mesdames|dr\.?|docteure?|pr\.?|professeure?)"
    r"[\s\u00a0]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found in a text: code points of the text, half-open."""

    kind: DetailKind
    start: int
    end: int
    found_by: DetailFoundBy


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where words stand, and what stands around."""

    detail: Detail
    shown: Shown


@dataclass(frozen=True, slots=True)
class Group:
    """The same words wherever they stand in the source. `proposal` is what may stand instead; it may be empty."""

    digest: str
    words: str
    kind: DetailKind
    count: int
    occurrences: tuple[Occurrence, ...]
    proposal: str
    by_model: bool

    @property
    def more(self) -> int:
        """How many places are not shown."""
        return self.count - len(self.occurrences)

    @property
    def is_named(self) -> bool:
        return self.kind in NAMED


@dataclass(frozen=True, slots=True)
class Done:
    """Words that were replaced, by what stands there now."""

    digest: str
    shown: str
    kind: DetailKind
    count: int
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What a text is looked at with: words that are nobody, and names of places to hide."""

    spared: tuple[str, ...]
    wanted: Mapping[str, DetailKind]


def look_for(source: Source) -> Look:
    """What is known of a source: pseudonyms are no names; its places, and who speaks, are looked for by their words."""
    places = StudyPlace.objects.filter(study=source.study_id).select_related("institution")
    wanted: dict[str, DetailKind] = {}
    for place in places:
        wanted[place.institution.town_name] = DetailKind.TOWN
        wanted[place.institution.name] = DetailKind.INSTITUTION
    wanted |= dict.fromkeys(said_names(source), DetailKind.NAME)
    pseudonyms = Participant.objects.filter(study=source.study_id).values_list("pseudonym", flat=True)
    shown = Detail.objects.filter(source__study=source.study_id, state=DetailState.MASKED).values_list(
        "shown", flat=True
    )
    spared = {*pseudonyms, *shown}
    return Look(tuple(sorted(spared)), {words: kind for words, kind in wanted.items() if words and words not in spared})


def passages_in(
    version: SourceVersion, turns: Sequence[Turn], look: Look, names: Sequence[Sequence[Span]] | None = None
) -> list[Passage]:
    """What the rules find in each turn; with `names`, also the spans of people that a model found in each."""
    nobody = known(look.spared, [words for words, kind in look.wanted.items() if kind == DetailKind.TOWN])
    wanted = Wanted(look.wanted)
    found: list[Passage] = []
    for rank, turn in enumerate(turns):
        words = version.text[turn.start : turn.end]
        given = [
            Passage(kind, turn.start + start, turn.start + end, DetailFoundBy.RULES)
            for start, end, kind in wanted.found_in(words)
            if words[start].isupper()  # « petit » is not Karine Petit
        ]
        flags = screen(words, known=nobody)
        given += [_passage(flag, words, turn, DetailFoundBy.RULES) for flag in flags]
        if names is not None:
            by_both = screen(words, known=nobody, names=names[rank])
            given += [_passage(flag, words, turn, DetailFoundBy.MODEL) for flag in by_both]
        found += _apart(given)
    return found


def _passage(flag: Flag, words: str, turn: Turn, found_by: DetailFoundBy) -> Passage:
    """A flag as a passage of the text. A title stays in the sentence: the name is the same with it and without."""
    title = _TITLE.match(words, flag.start, flag.end) if flag.kind == Kind.NAME else None
    start = title.end() if title is not None and title.end() < flag.end else flag.start
    return Passage(DetailKind(flag.kind.value), turn.start + start, turn.start + flag.end, found_by)


def _apart(passages: Iterable[Passage]) -> list[Passage]:
    """None over another: places before rules, rules before the model; a longer one goes before what is inside it."""
    kept: list[Passage] = []
    for one in sorted(passages, key=lambda one: (one.found_by != DetailFoundBy.RULES, one.start - one.end)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def said_names(source: Source, *, whole: bool = False) -> dict[str, str]:
    """The names by which people who speak are called in the labels, and their pseudonyms; the parts of a name too.

    With `whole`, the names as they stand alone.
    """
    rows = Turn.objects.filter(version__source=source).exclude(participant=None).exclude(speaker="")
    found: dict[str, str] = {}
    for speaker, pseudonym in rows.values_list("speaker", "participant__pseudonym").distinct():
        if speaker != pseudonym and not is_generic(speaker) and "█" not in speaker:
            parts = [part for part in speaker.split() if len(part) >= _SHORTEST_NAME and part[0].isupper()]
            for words in (speaker, *(parts if len(parts) > 1 and not whole else ())):
                found.setdefault(words, pseudonym)
    return found


def masking_of(asking: Asking, source: Source) -> Masking | None:
    """How far the pseudonymisation of a source is; None before it began."""
    rows = Masking.objects.select_related("version").filter(source=source)
    return can_read_masking.filter(rows, asking).first()


def details_of(asking: Asking, source: Source) -> list[Detail]:
    """What was found in a source, in the order of the text."""
    rows = Detail.objects.filter(source=source).order_by("start", "id")
    return list(can_read_detail.filter(rows, asking))


def open_groups(details: Sequence[Detail], version: SourceVersion, proposals: Mapping[str, str]) -> list[Group]:
    """What is to be decided, by its words: names first, then as they come in the text."""
    found: dict[str, list[Detail]] = {}
    for detail in details:
        if detail.state == DetailState.OPEN:
            found.setdefault(detail.words_digest, []).append(detail)
    groups = [_group(version.text, same, proposals) for same in found.values()]
    return sorted(groups, key=lambda group: not group.is_named)


def _group(text: str, same: Sequence[Detail], proposals: Mapping[str, str]) -> Group:
    first = same[0]
    shown = tuple(Occurrence(one, shown_in(text, one.start, one.end)) for one in same[:CONTEXTS])
    return Group(
        first.words_digest,
        text[first.start : first.end],
        DetailKind(first.kind),
        len(same),
        shown,
        proposals.get(first.words_digest) or wording_for(text, first)[2],
        all(one.found_by == DetailFoundBy.MODEL for one in same),
    )


def wording_for(text: str, detail: Detail) -> tuple[int, int, str]:
    """The neutral wording that may stand instead of a detail, and over which span; names have none."""
    kind = DetailKind(detail.kind)
    if kind == DetailKind.INSTITUTION:
        return detail.start, detail.end, "[établissement]"
    if kind == DetailKind.TOWN:
        return detail.start, detail.end, "[ville]"
    if kind in NAMED:
        return detail.start, detail.end, ""
    # a proposal may reach to the words before it, never to another line
    line = text.rfind("\n", 0, detail.start) + 1
    end = text.find("\n", detail.end)
    inside = text[line : end if end != -1 else len(text)]
    proposal = proposed(inside, Found(Kind(kind.value), detail.start - line, detail.end - line))
    return line + proposal.start, line + proposal.end, proposal.wording


def done_groups(details: Sequence[Detail]) -> list[Done]:
    """What was replaced, by what stands there now."""
    found: dict[tuple[str, str], list[Detail]] = {}
    for detail in details:
        if detail.state == DetailState.MASKED:
            found.setdefault((detail.shown, detail.words_digest), []).append(detail)
    return [
        Done(digest, shown, DetailKind(same[0].kind), len(same), all(one.sealed is not None for one in same))
        for (shown, digest), same in sorted(found.items())
    ]


def proposals_for(source: Source) -> dict[str, str]:
    """By the digest of words, the pseudonym that they have in the study already.

    From the table of names (without a name of it being read), from sources being pseudonymised, from who speaks.
    """
    found = {words_digest(source.study_id, words): pseudonym for words, pseudonym in said_names(source).items()}
    masked = Q(state=DetailState.MASKED, source__study=source.study_id, kind__in=NAMED)
    found |= dict(Detail.objects.filter(masked).values_list("words_digest", "shown"))
    return found | known_pseudonyms(source.place_id)


def known_pseudonyms(place_id: UUID) -> dict[str, str]:
    """By digest, the pseudonyms of the table of names, in the places whose materials the person keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words_digest, pseudonym FROM corpus_known_pseudonyms(%s)", [place_id])
        return dict(cursor.fetchall())


def pseudonyms_of(source: Source) -> list[str]:
    """The pseudonyms that one may choose: of participants of the study, and those already standing in the source."""
    people = Participant.objects.filter(study=source.study_id).values_list("pseudonym", flat=True)
    used = Detail.objects.filter(source=source, state=DetailState.MASKED, kind__in=NAMED).values_list(
        "shown", flat=True
    )
    return sorted({*people, *used}, key=str.casefold)

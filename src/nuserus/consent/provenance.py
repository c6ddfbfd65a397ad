"""What comes from a participant's words: who keeps it says how it is taken back.

Each app that keeps something derived from what a participant said, wrote or did registers a redactor. A
withdrawal calls them all, as the system role, in its one transaction (docs/adr/009-withdrawal.md).

What a redactor cannot do alone it leaves to others, with the words of this module: `forget_file` (a file leaves
the disk once the transaction is committed), `flag` (a person must look). Apps that make one thing from another
say so when they do (`note_derivation`), and their redactors say what they dealt with (`reached`): what was made
from it and no redactor dealt with is shown to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connections, router
from django.utils import timezone
from django.utils.functional import Promise

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.models import Flagged, ForgottenFile, LeftExport, ProvenanceEdge
from nuserus.foundation.levels import Level

MASK = "█"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawal that is being done: who (a participant), in which place of a study (its mission), how far."""

    id: UUID
    subject: UUID
    mission: UUID
    mode: Mode
    done: set[UUID] = field(default_factory=set, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the receipt: what, how many, what became of it. Never content, never a name."""

    what: str | Promise
    count: int
    fate: Fate


Redact = Callable[[Withdrawn], list[Trace]]
Answers = Callable[[UUID, UUID], UUID | None]


@dataclass(frozen=True, slots=True)
class Redactor:
    """How one app takes back what it keeps in `models` ("corpus.Turn")."""

    key: str
    models: tuple[str, ...]
    redact: Redact


_redactors: dict[str, Redactor] = {}
_subjects: dict[str, Answers] = {}
_pages: dict[str, Callable[[UUID], str]] = {}


def register_redactor(key: str, *, models: tuple[str, ...], redact: Redact) -> None:
    """Say how the rows of `models` that come from somebody are taken back. Called from `AppConfig.ready`.

    `redact` uses the ORM plainly, as the system role, inside the transaction of the withdrawal; whatever it
    raises undoes the whole. It is called for every mode, and done twice it changes nothing more. Raises
    ValueError when the key is taken.
    """
    if key in _redactors:
        raise ValueError(f"There is a redactor {key} already")
    _redactors[key] = Redactor(key, models, redact)


def redactors() -> Iterator[Redactor]:
    """All of them, by key: the same order each time, so that two withdrawals never wait for each other."""
    for key in sorted(_redactors):
        yield _redactors[key]


def forget_redactor(key: str) -> None:
    """Take a redactor back (tests)."""
    _redactors.pop(key, None)


def register_subject(kind: str, answers: Answers) -> None:
    """Say who answers for a person of `kind` ("studies.Participant") on a mission. From `AppConfig.ready`.

    `answers(subject, mission)`: an account, or None when who asks knows no such person on this mission. Raises
    ValueError when the kind is taken.
    """
    if kind in _subjects:
        raise ValueError(f"{kind} is registered already")
    _subjects[kind] = answers


def who_answers_for(subject: UUID, mission: UUID) -> UUID | None:
    """The account that answers for this person on this mission; None for who may know of no such person."""
    found = (answers(subject, mission) for answers in _subjects.values())
    return next((account for account in found if account is not None), None)


def subject_kinds() -> tuple[str, ...]:
    """The kinds of people who may take everything back at once."""
    return tuple(_subjects)


def register_page(kind: str, address: Callable[[UUID], str]) -> None:
    """Say where rows of a model ("fieldwork.Observation") are read, for who must look at one again."""
    _pages[kind] = address


def page_of(kind: str, object_id: UUID) -> str:
    """The path of the page of a row; empty when there is none."""
    return _pages[kind](object_id) if kind in _pages else ""


def reached(withdrawn: Withdrawn, *ids: UUID) -> None:
    """Say which rows a redactor dealt with: what was made from them, and nobody dealt with, goes to a person."""
    withdrawn.done.update(ids)


def placeholder(text: str) -> str:
    """The same length and the same lines, without a word: offsets into the text stay true.

    >>> placeholder("Il rit.\\nSouvent.")
    '███████\\n████████'
    """
    return "".join("\n" if sign == "\n" else MASK for sign in text)


def forget_file(withdrawn: Withdrawn, storage_name: str) -> None:
    """Let a file of the default storage leave the disk once the withdrawal is committed; empty names are none."""
    if storage_name:
        ForgottenFile.objects.bulk_create(
            [ForgottenFile(withdrawal_id=withdrawn.id, storage_name=storage_name)], ignore_conflicts=True
        )


def flag(
    withdrawn: Withdrawn, what: str | Promise, *, kind: str, object_id: UUID | None = None, address: str = ""
) -> None:
    """Ask the team to look at one thing; `address` is the path of its page.

    The redactor still returns a Trace with the fate `flagged`, which counts them. One that returns such a
    trace and flags nothing gets one line without an address.
    """
    Flagged(
        withdrawal_id=withdrawn.id, what=str(what)[:200], object_kind=kind, object_id=object_id, address=address[:300]
    ).save(force_insert=True)


def note_derivation(
    *, source: tuple[str, UUID], made: tuple[str, UUID], mission: UUID, author: UUID | None = None
) -> None:
    """Write that `made` comes from `source` (label of the model, id), both of one mission, in the caller's transaction.

    Done twice it changes nothing. The source may be a participant: ("studies.Participant", id).
    """
    edge = ProvenanceEdge(
        from_kind=source[0],
        from_id=source[1],
        to_kind=made[0],
        to_id=made[1],
        scope_level=Level.RESTRICTED,
        scope_author=author,
        scope_mission=mission,
    )
    ProvenanceEdge.objects.bulk_create([edge], ignore_conflicts=True)


_WALK = """
WITH RECURSIVE reached(kind, id) AS (
  SELECT to_kind, to_id FROM consent_provenanceedge WHERE from_id = ANY (%s)
  UNION
  SELECT edge.to_kind, edge.to_id FROM consent_provenanceedge AS edge JOIN reached ON edge.from_id = reached.id
)
SELECT kind, id FROM reached ORDER BY kind, id
"""


def derived_from(starts: Iterable[UUID]) -> list[tuple[str, UUID]]:
    """Everything that was made from these, or from what was made from them: label of the model and id.

    As far as who asks may read; a circle ends by itself.
    """
    with connections[router.db_for_read(ProvenanceEdge)].cursor() as cursor:
        cursor.execute(_WALK, [list(starts)])
        return [(kind, object_id) for kind, object_id in cursor.fetchall()]


def note_export(
    *,
    what: str | Promise,
    mission: UUID,
    author: UUID | None,
    subject: UUID | None = None,
    at: datetime | None = None,
) -> None:
    """Write, in the caller's transaction, that words collected on a mission leave in a file.

    `what` tells the export to anybody ("tableau des observations"), without content or name; `subject` is
    null when it holds what everybody said there; `author` is who takes it away.
    """
    LeftExport(
        subject=subject,
        what=str(what)[:200],
        at=at or timezone.now(),
        scope_level=Level.RESTRICTED,
        scope_author=author,
        scope_mission=mission,
    ).save(force_insert=True)

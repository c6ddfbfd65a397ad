"""How others call somebody who had everything erased: their pseudonym leaves what the field keeps of the study.

It is covered where it stands as it was given, or in capitals. In lower case it may be a word like any other: a
person looks. So do authors at pages of their journal that say of no visit or participant which study they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Trace, Withdrawn, flag, register_redactor
from nuserus.fieldwork.models import (
    DraftTurn,
    Interview,
    JournalEntry,
    Observation,
    RestitutionMeeting,
    RestitutionTheme,
    Saying,
    Visit,
)
from nuserus.instruments.actions.covering import may_call, uncalled
from nuserus.studies.models import Participant

CALLED = _("textes du terrain où d’autres disent son pseudonyme")
LOOK = _("textes du terrain où son pseudonyme est peut-être un mot comme un autre")
PAGES = _("pages de journaux où son pseudonyme est peut-être dit")
# After all the others of the field, which look for the very words of the person as they were written.
_KEY = "fieldwork.pseudonyms"


def register_pseudonyms() -> None:
    """Say to withdrawals how others call somebody. Called from `AppConfig.ready`."""
    register_redactor(_KEY, models=("fieldwork.Visit",), redact=take_pseudonym_back)


def take_pseudonym_back(withdrawn: Withdrawn) -> list[Trace]:
    """As the system, in the transaction of the withdrawal. Nothing, once the pseudonym is erased."""
    person = Participant.objects.filter(pk=withdrawn.subject).first()
    if withdrawn.mode != Mode.ERASE or person is None or person.is_erased:
        return []
    study, called = person.study_id, _Called(person.pseudonym)
    seen = called.cover(Observation.objects.filter(study=study), ("where", "fact", "interpretation"))
    said = called.cover(Saying.objects.filter(observation__study=study), ("text",), of="observation_id")
    notes = called.cover(Interview.objects.filter(study=study), ("where", "notes"))
    turns = called.cover(DraftTurn.objects.filter(interview__study=study), ("speaker", "text"), of="interview_id")
    given = called.cover(RestitutionMeeting.objects.filter(study=study), ("notes",))
    themes = called.cover(RestitutionTheme.objects.filter(meeting__study=study), ("title", "said"), of="meeting_id")
    visits = called.cover(Visit.objects.filter(study=study), ("where", "aim", "reason"))
    for model, found in ((Observation, seen + said), (RestitutionMeeting, given + themes)):
        QuerySet(model=model).filter(pk__in=found.changed).update(revision=F("revision") + 1)
        QuerySet(model=model).filter(pk__in=found.doubtful, flagged_at=None).update(flagged_at=timezone.now())
    Interview.objects.filter(pk__in=notes.changed).update(notes_revision=F("notes_revision") + 1)
    Interview.objects.filter(pk__in=turns.changed).update(revision=F("revision") + 1)
    looked = 0
    for kind, page, found in (
        ("Observation", "observation", seen + said),
        ("Interview", "interview", notes + turns),
        ("RestitutionMeeting", "restitution", given + themes),
        ("Visit", "visit", visits),
    ):
        looked += _look(withdrawn, LOOK, kind, page, found.doubtful)
    covered, to_read = _cover_pages(study, called)
    count = sum(found.rows for found in (seen, said, notes, turns, given, themes, visits))
    return [
        Trace(CALLED, count + covered, Fate.REMOVED),
        Trace(LOOK, looked, Fate.FLAGGED),
        # nobody but their authors learns which
        Trace(PAGES, to_read, Fate.FLAGGED),
    ]


@dataclass(slots=True)
class _Found:
    """Rows that were changed, and rows that a person must look at (of what they belong to)."""

    rows: int = 0
    changed: set[UUID] = field(default_factory=set)
    doubtful: set[UUID] = field(default_factory=set)

    def __add__(self, other: _Found) -> _Found:
        return _Found(self.rows + other.rows, self.changed | other.changed, self.doubtful | other.doubtful)


@dataclass(frozen=True, slots=True)
class _Called:
    pseudonym: str

    def cover(self, rows: QuerySet[Model], names: Sequence[str], *, of: str = "pk") -> _Found:
        """Cover it in these columns; `of` names what a row belongs to, where it has no page of its own."""
        found = _Found()
        somewhere = Q()
        for name in names:
            somewhere |= Q(**{f"{name}__icontains": self.pseudonym})
        for row in rows.filter(somewhere).order_by("pk"):
            told = {name: str(getattr(row, name)) for name in names}
            left = {name: uncalled(words, self.pseudonym) for name, words in told.items()}
            if left != told:
                for name, words in left.items():
                    setattr(row, name, words)
                row.save(update_fields=list(names))
                found.rows += 1
                found.changed.add(getattr(row, of))
            if any(may_call(words, self.pseudonym) for words in left.values()):
                found.doubtful.add(getattr(row, of))
        return found


def _look(withdrawn: Withdrawn, what: Promise, kind: str, page: str, rows: Iterable[UUID]) -> int:
    found = sorted(rows)
    for one in found:
        address = reverse(f"fieldwork:{page}", args=[one])
        flag(withdrawn, what, kind=f"fieldwork.{kind}", object_id=one, address=address)
    return len(found)


def _cover_pages(study: UUID, called: _Called) -> tuple[int, int]:
    """Pages about the study are covered; those that are about none that is known are for their authors to read."""
    now, covered, to_read = timezone.now(), 0, 0
    about = Q(visit__study=study) | Q(mentions__participant__study=study)
    team = Observation.objects.filter(study=study).values("scope_author")
    visitors = Visit.objects.filter(study=study).values("scope_author")
    theirs = Q(visit=None, mentions=None) & (Q(scope_author__in=team) | Q(scope_author__in=visitors))
    ours = set(JournalEntry.objects.filter(about).values_list("pk", flat=True))
    rows = JournalEntry.objects.filter(about | theirs).distinct().order_by("pk")
    for page in rows:
        text, tags = page.text, page.tags
        if page.pk in ours:
            text = uncalled(text, called.pseudonym)
            tags = [tag for tag in tags if tag.lower() != called.pseudonym.lower()]
        doubtful = any(may_call(words, called.pseudonym) for words in (text, *tags))
        if (text, tags) == (page.text, page.tags) and not doubtful:
            continue
        covered += (text, tags) != (page.text, page.tags)
        to_read += doubtful
        page.revision += (text, tags) != (page.text, page.tags)
        page.text, page.tags = text, tags
        page.flagged_at = (page.flagged_at or now) if doubtful else page.flagged_at
        page.save(update_fields=["text", "tags", "revision", "flagged_at"])
    return covered, to_read

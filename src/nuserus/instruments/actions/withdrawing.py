"""Fiches that name somebody who withdrew: emptied when they are of that person alone, else shown to a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.consent.actions.withdrawing import redact_again
from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Trace, Withdrawn, flag, reached
from nuserus.foundation.asking import as_system
from nuserus.instruments.actions.covering import masked_names, may_call, uncalled
from nuserus.instruments.actions.emptying import cover_words, empty, put_aside, texts_of, texts_of_xml
from nuserus.instruments.models import Submission
from nuserus.instruments.standard.people import named_in, parts_named_in
from nuserus.studies.actions.withdrawn import nameless
from nuserus.studies.models import Participant

REDACTOR = "instruments.fiches"
MODELS = ("instruments.Submission", "instruments.SubmittedFile")
FICHE = gettext_lazy("fiche remplie")
FICHES = gettext_lazy("fiches remplies")
FILES = gettext_lazy("photos et sons des fiches")
CALLED = gettext_lazy("fiches où d’autres disent son pseudonyme")
LOOK = gettext_lazy("fiches où son pseudonyme est peut-être un mot comme un autre")


@dataclass(slots=True)
class _Found:
    alone: list[Submission] = field(default_factory=list)
    shared: list[Submission] = field(default_factory=list)
    calling: list[Submission] = field(default_factory=list)


def take_fiches_back(withdrawn: Withdrawn) -> list[Trace]:
    """Empty, or put aside, what names this person alone; what names others too is for a person to look at.

    The number and the hash of a fiche stay: a device that sends it again is told that it is there.
    """
    person = Participant.objects.select_related("place").filter(pk=withdrawn.subject).first()
    if person is None or withdrawn.mode == Mode.STOP_COLLECTING:
        return []
    found = _naming(person)
    for row in found.shared:
        address = reverse("instruments:fiche", args=[row.instrument_id, row.pk])
        flag(withdrawn, FICHE, kind="instruments.Submission", object_id=row.pk, address=address)
    reached(withdrawn, *(row.pk for row in (*found.alone, *found.shared)))
    erased = withdrawn.mode == Mode.ERASE
    files = 0
    for row in found.alone:
        why = _("La personne de cette fiche s’est retirée.")
        if erased:
            files += empty(withdrawn, row, why=why)
        else:
            put_aside(row, why=why)
    return [
        Trace(FICHES, len(found.alone), Fate.REMOVED if erased else Fate.WITHHELD),
        Trace(FILES, files, Fate.REMOVED),
        Trace(FICHES, len(found.shared), Fate.FLAGGED),
        *(_call_no_more(withdrawn, found.calling, person.pseudonym) if erased else ()),
        *(_call_late_no_more(person, found.shared) if erased and person.is_erased else ()),
    ]


def _call_late_no_more(person: Participant, rows: list[Submission]) -> list[Trace]:
    """The same in what arrives later: their pseudonym is known again by what is left of it, where people are named."""
    covered = 0
    for row in rows:
        said = [name for name in named_in(row.content) if nameless(person.study_id, name) == person.pseudonym]
        covered += cover_words(row, partial(masked_names, names=said))
    return [Trace(CALLED, covered, Fate.REMOVED)]


def take_back_crossed(submission_id: UUID) -> None:
    """A fiche that arrives after the people it names withdrew: done to it what was done to the others."""
    with as_system("a fiche that crossed a withdrawal"):
        row = Submission.objects.select_related("instrument").get(pk=submission_id)
        places = Q(place__study=row.instrument.study_id) | Q(place__institution=row.instrument.institution_id)
        people = [one.pk for one in Participant.objects.filter(places) if _is_named(one, set(named_in(row.content)))]
    for person in people:
        redact_again(person, REDACTOR)


def _naming(person: Participant) -> _Found:
    of = Q(instrument__study=person.study_id) | Q(instrument__institution=person.place.institution_id)
    rows = Submission.objects.select_for_update(of=("self",)).filter(of).order_by("pk")
    found = _Found()
    for row in rows.iterator(chunk_size=200):
        named = _is_named(person, set(named_in(row.content)))
        others = named and any(not _is_named(person, {part}) for part in parts_named_in(row.content))
        if named:
            (found.shared if others else found.alone).append(row)
        if (others or not named) and not person.is_erased and _calls(row, person.pseudonym):
            found.calling.append(row)
    return found


def _calls(row: Submission, pseudonym: str) -> bool:
    # what did not answer as expected has its words in the XML alone
    texts = [*texts_of(row.content), *texts_of(row.problems), *texts_of_xml(bytes(row.xml))]
    return any(may_call(text, pseudonym) for text in texts)


def _call_no_more(withdrawn: Withdrawn, rows: list[Submission], pseudonym: str) -> list[Trace]:
    """How others call the person leaves their fiches; where it may be a word like any other, a person looks."""
    covered = sum(cover_words(row, partial(uncalled, pseudonym=pseudonym)) for row in rows)
    doubtful = [row for row in rows if _calls(row, pseudonym)]
    for row in doubtful:
        address = reverse("instruments:fiche", args=[row.instrument_id, row.pk])
        flag(withdrawn, LOOK, kind="instruments.Submission", object_id=row.pk, address=address)
    return [Trace(CALLED, covered, Fate.REMOVED), Trace(LOOK, len(doubtful), Fate.FLAGGED)]


def _is_named(person: Participant, names: set[str]) -> bool:
    lowered = {name.lower() for name in names}
    known = {str(person.pk), person.pseudonym.lower()}
    return bool(lowered & known) or any(nameless(person.study_id, name) == person.pseudonym for name in names)

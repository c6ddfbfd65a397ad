"""Fiches that name somebody who withdrew: emptied when they are of that person alone, else shown to a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, tostring

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.consent.actions.withdrawing import redact_again
from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Trace, Withdrawn, flag, forget_file, placeholder, reached
from nuserus.foundation.asking import as_system
from nuserus.instruments.actions.withdrawn import OF_A_PERSON, named_in, parts_named_in
from nuserus.instruments.enums import SubmissionStatus
from nuserus.instruments.models import Submission, SubmittedFile
from nuserus.instruments.standard.schema import StrangeForm, parse_xml
from nuserus.studies.actions.withdrawn import nameless
from nuserus.studies.models import Participant

REDACTOR = "instruments.fiches"
MODELS = ("instruments.Submission", "instruments.SubmittedFile")
FICHE = gettext_lazy("fiche remplie")
FICHES = gettext_lazy("fiches remplies")
FILES = gettext_lazy("photos et sons des fiches")


@dataclass(slots=True)
class _Found:
    alone: list[Submission] = field(default_factory=list)
    shared: list[Submission] = field(default_factory=list)


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
        row.status, row.reason = SubmissionStatus.QUARANTINED, OF_A_PERSON
        row.reason_words = _("La personne de cette fiche s’est retirée.")
        if erased:
            row.content, row.xml, row.problems = _masked(row.content), _masked_xml(bytes(row.xml)), []
            files += _forget_files(withdrawn, row)
        row.save(update_fields=["status", "reason", "reason_words", "content", "xml", "problems"])
    return [
        Trace(FICHES, len(found.alone), Fate.REMOVED if erased else Fate.WITHHELD),
        Trace(FILES, files, Fate.REMOVED),
        Trace(FICHES, len(found.shared), Fate.FLAGGED),
    ]


def take_back_crossed(submission_id: UUID) -> None:
    """A fiche that arrives after the people it names withdrew: done to it what was done to the others."""
    with as_system("a fiche that crossed a withdrawal"):
        row = Submission.objects.select_related("instrument").get(pk=submission_id)
        places = Q(place__study=row.instrument.study_id) | Q(place__institution=row.instrument.institution_id)
        people = [one.pk for one in Participant.objects.filter(places) if _is_named(one, set(named_in(row.content)))]
        if not people:  # its words are gone already: a second half that arrives later goes the same way
            for file in SubmittedFile.objects.filter(submission=row).exclude(file=""):
                file.file.storage.delete(str(file.file.name))
            SubmittedFile.objects.filter(submission=row).update(file="")
    for person in people:
        redact_again(person, REDACTOR)


def _naming(person: Participant) -> _Found:
    of = Q(instrument__study=person.study_id) | Q(instrument__institution=person.place.institution_id)
    rows = Submission.objects.select_for_update(of=("self",)).filter(of).order_by("pk")
    found = _Found()
    for row in rows.iterator(chunk_size=200):
        if _is_named(person, set(named_in(row.content))):
            others = [part for part in parts_named_in(row.content) if not _is_named(person, {part})]
            (found.shared if others else found.alone).append(row)
    return found


def _is_named(person: Participant, names: set[str]) -> bool:
    lowered = {name.lower() for name in names}
    known = {str(person.pk), person.pseudonym.lower()}
    return bool(lowered & known) or any(nameless(person.study_id, name) == person.pseudonym for name in names)


def _masked(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _masked(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_masked(value) for value in content]
    return placeholder(content) if isinstance(content, str) else None


def _masked_xml(xml: bytes) -> bytes:
    """The same elements without what was answered; the number of the fiche stays."""
    try:
        root = parse_xml(xml)
    except StrangeForm:
        return b""
    _mask(root)
    masked: bytes = tostring(root, encoding="utf-8")
    return masked


def _mask(element: Element) -> None:
    for child in element:
        if child.tag.rsplit("}", 1)[-1] == "meta":
            continue
        child.text = placeholder(child.text or "") if (child.text or "").strip() else child.text
        child.tail = placeholder(child.tail or "") if (child.tail or "").strip() else child.tail
        _mask(child)


def _forget_files(withdrawn: Withdrawn, row: Submission) -> int:
    """Their names stay, so that they are not taken in again; what they hold leaves the disk."""
    files = list(SubmittedFile.objects.filter(submission=row).exclude(file=""))
    for file in files:
        forget_file(withdrawn, str(file.file.name))
    SubmittedFile.objects.filter(pk__in=[file.pk for file in files]).update(file="")
    return len(files)

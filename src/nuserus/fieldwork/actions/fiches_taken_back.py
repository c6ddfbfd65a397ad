"""The fiche that an observation comes from follows it when somebody takes back their agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from nuserus.consent.provenance import Withdrawn, forget_file, placeholder, reached
from nuserus.fieldwork.models import Observation
from nuserus.instruments.actions.withdrawn import OF_A_PERSON
from nuserus.instruments.enums import SubmissionStatus
from nuserus.instruments.models import Submission, SubmittedFile


def put_fiche_aside(observation: Observation) -> None:
    """Nobody works with it any more; it stays as it is."""
    fiche = _fiche(observation)
    if fiche is not None:
        _put_aside(fiche)
        fiche.save(update_fields=["status", "reason", "reason_words"])


def erase_fiche(withdrawn: Withdrawn, observation: Observation) -> None:
    """Its answers are covered, what came from the device and its files are gone; its number stays, so that no copy
    of it enters again."""
    fiche = _fiche(observation)
    if fiche is None:
        return
    reached(withdrawn, fiche.pk)
    fiche.content = _each_text(fiche.content, placeholder)
    fiche.xml, fiche.problems, fiche.expected_files = b"", [], []
    _put_aside(fiche)
    fiche.save(update_fields=["content", "xml", "problems", "expected_files", "status", "reason", "reason_words"])
    for file in SubmittedFile.objects.filter(submission=fiche):
        forget_file(withdrawn, str(file.file.name))
        file.delete()


def mask_fiche(observation: Observation, words: Iterable[str]) -> None:
    """The very words of the person are covered in a fiche that speaks of several."""
    fiche = _fiche(observation)
    if fiche is None:
        return
    xml = bytes(fiche.xml).decode("utf-8", errors="surrogateescape")
    for one in words:
        fiche.content = _each_text(fiche.content, partial(_covered, one))
        for written in (one, escape(one)):
            xml = xml.replace(written, placeholder(written))
    fiche.xml = xml.encode("utf-8", errors="surrogateescape")
    fiche.save(update_fields=["content", "xml"])


def _covered(words: str, text: str) -> str:
    return text.replace(words, placeholder(words))


def _fiche(observation: Observation) -> Submission | None:
    if observation.submission_id is None:
        return None
    return Submission.objects.select_for_update().filter(pk=observation.submission_id).first()


def _put_aside(fiche: Submission) -> None:
    fiche.status, fiche.reason = SubmissionStatus.QUARANTINED, OF_A_PERSON
    fiche.reason_words = _("Une personne qui était là s’est retirée. Personne ne s’en sert.")


def _each_text(content: Any, change: Callable[[str], str]) -> Any:
    if isinstance(content, str):
        return change(content)
    if isinstance(content, list):
        return [_each_text(one, change) for one in content]
    if isinstance(content, dict):
        return {name: _each_text(one, change) for name, one in content.items()}
    return content

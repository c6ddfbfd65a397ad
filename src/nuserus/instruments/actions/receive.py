"""Receiving a fiche: kept once, whatever cuts the line before or after."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import puremagic
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.actions.emptying import OF_A_PERSON, cover_all
from nuserus.instruments.actions.limits import refuse_beyond
from nuserus.instruments.actions.withdrawing import take_back_crossed
from nuserus.instruments.enums import Origin, QuarantineReason, SubmissionStatus
from nuserus.instruments.models import Instrument, InstrumentVersion, Submission, SubmittedFile
from nuserus.instruments.registry import MOST_WORDS, Candidate, hold_for
from nuserus.instruments.rules import can_read_instrument, can_submit
from nuserus.instruments.standard.answers import Answer, check_answer, read_answer

_FORM_ID = re.compile(r"nuserus-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z")
_MEDIA = re.compile(r"(image/(jpeg|png|webp|heic|heif)|audio/[\w.+-]+|video/[\w.+-]+|application/pdf|text/plain)\Z")


@dataclass(frozen=True, slots=True)
class Received:
    """What the reply says. `code`: 201 something new is kept, 202 nothing new, 409 kept beside another."""

    code: int
    submission: UUID
    instance_id: str
    sha256: str
    quarantined: bool
    words: str
    files: list[dict[str, str | int]] = field(default_factory=list)


@transaction.atomic
def receive_submission(*, actor: Asking, xml: bytes, files: Mapping[str, bytes], origin: str) -> Received:
    """Keep a fiche and the files that it names; the same one again changes nothing.

    Raises StrangeForm when it is no fiche, Unreadable when its questionnaire is not one the person may
    read or was never published, TooMuch when they have sent as much as they may. A fiche that does not
    answer as expected is kept, put aside: nothing is lost.
    """
    if actor.user_id is None:
        raise PermissionDenied
    answer = read_answer(xml)
    instrument = _instrument_of(actor, answer)
    row = _row(sender=actor.user_id, instrument=instrument, answer=answer, xml=xml, origin=origin)
    if not can_submit.allows(actor, row):
        raise PermissionDenied
    kept = _insert_once(row)
    if kept.sha256 != row.sha256:
        kept = _insert_twin(row, kept)
    new = kept.pk == row.pk
    coming = _not_there(kept.pk, row.expected_files, files)
    emptied = kept.emptied or _is_emptied(kept.pk)
    if new or coming:
        weight = sum(len(content) for content in coming.values())
        refuse_beyond(sender=actor.user_id, instrument=instrument.pk, coming=weight)
    added = _note_files(kept.pk, coming) if emptied else _add_files(kept.pk, coming)
    if new:
        record("receive submission", actor=actor.user_id, object_id=row.pk)
    if row.reason == OF_A_PERSON and (new or added) and not emptied:
        transaction.on_commit(partial(take_back_crossed, kept.pk))
    if kept.twin is not None and row.reason != OF_A_PERSON:
        _put_aside(row, QuarantineReason.CONFLICT, str(QuarantineReason.CONFLICT.label))
    code = 409 if kept.twin else 201 if new or added else 202
    return _received(code, row, kept.pk, aside=row.status == SubmissionStatus.QUARANTINED)


@dataclass(frozen=True, slots=True)
class _Kept:
    pk: UUID
    sha256: str
    twin: UUID | None
    emptied: bool


def _instrument_of(actor: Asking, answer: Answer) -> Instrument:
    found = _FORM_ID.match(answer.form_id)
    rows = can_read_instrument.filter(Instrument.objects.all(), actor)
    instrument = rows.filter(pk=found.group(1)).first() if found else None
    if instrument is None:
        raise Unreadable
    if not InstrumentVersion.objects.filter(instrument=instrument, published_at__isnull=False).exists():
        raise Unreadable
    return instrument


def _row(*, sender: UUID, instrument: Instrument, answer: Answer, xml: bytes, origin: str) -> Submission:
    published = InstrumentVersion.objects.filter(instrument=instrument, published_at__isnull=False)
    number = int(answer.version) if answer.version.isascii() and answer.version[:5].isdigit() else 0
    version = published.defer("workbook", "xform").filter(number=min(number, 32_000)).first()
    if version is None:
        answer.problems.append(_("Cette fiche a été remplie avec une version qui n’a pas été publiée."))
    else:
        check_answer(answer, version.asked)
    filled_at = _filled_at(answer)
    row = Submission(
        instrument=instrument,
        version=version,
        instance_id=answer.instance_id,
        xml=xml,
        sha256=hashlib.sha256(xml).hexdigest(),
        content=answer.content,
        expected_files=answer.files,
        problems=answer.problems,
        origin=Origin(origin),
        sent_by_id=sender,
        filled_at=filled_at,
        scope_level=Level.RESTRICTED,
        scope_author=sender,
        scope_mission=instrument.pk,
    )
    if answer.problems:
        _put_aside(row, QuarantineReason.INVALID, " ".join(answer.problems))
    else:
        hold = hold_for(Candidate(instrument.pk, row.instance_id, row.content, filled_at, sender))
        if hold is not None:
            _put_aside(row, hold.reason, hold.words)
    return row


def _put_aside(row: Submission, reason: str, words: str) -> None:
    row.status, row.reason, row.reason_words = SubmissionStatus.QUARANTINED, reason[:40], words[:MOST_WORDS]


def _filled_at(answer: Answer) -> datetime | None:
    """The end of the filling, or its beginning, as the form noted it."""
    for name in ("end", "start"):
        value = answer.content.get(name)
        if isinstance(value, str):
            with suppress(ValueError):
                moment = datetime.fromisoformat(value)
                return moment if moment.tzinfo else timezone.make_aware(moment)
    return None


def _insert_once(row: Submission) -> _Kept:
    """Insert the row unless its number is taken; what stands there now, whoever sent it.

    A request that sends the same at this very moment is waited for, then seen.
    """
    Submission.objects.bulk_create([row], ignore_conflicts=True)
    found = _kept(row)
    same = next((one for one in found if one.sha256 == row.sha256), None)
    return same or found[0]


def _insert_twin(row: Submission, first: _Kept) -> _Kept:
    """Keep it beside the first. What names somebody who withdrew stays aside for that, and goes as the first went."""
    row.twin = first.pk
    if first.emptied:
        cover_all(row)
        _put_aside(row, OF_A_PERSON, _("Une fiche de ce numéro a été effacée : ce qui arrive encore n’est pas gardé."))
    elif row.reason != OF_A_PERSON:
        _put_aside(row, QuarantineReason.CONFLICT, str(QuarantineReason.CONFLICT.label))
    Submission.objects.bulk_create([row], ignore_conflicts=True)
    return next(one for one in _kept(row) if one.sha256 == row.sha256)


def _kept(row: Submission) -> list[_Kept]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, sha256, twin, emptied FROM instruments_kept(%s, %s)", [row.instrument_id, row.instance_id]
        )
        return [_Kept(*found) for found in cursor.fetchall()]


def _not_there(submission: UUID, expected: list[str], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that the fiche names and that are not kept yet."""
    wanted = {name: files[name] for name in expected if name in files}
    if not wanted or not Submission.objects.filter(pk=submission).exists():
        return {}
    # two halves of one fiche may arrive together
    Submission.objects.select_for_update(no_key=True).filter(pk=submission).first()
    there = set(SubmittedFile.objects.filter(submission=submission).values_list("name", flat=True))
    return {name: content for name, content in wanted.items() if name not in there}


def _is_emptied(submission: UUID) -> bool:
    """Whether it was while this request waited for the row."""
    return Submission.objects.filter(pk=submission, emptied_at__isnull=False).exists()


def _note_files(submission: UUID, files: Mapping[str, bytes]) -> bool:
    """Say that files of an emptied fiche arrived, so that the device forgets them; nothing of them is written."""
    rows = [
        SubmittedFile(
            submission_id=submission,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=0,
            media_type="application/octet-stream",
        )
        for name, content in files.items()
    ]
    for row in rows:
        row.save(force_insert=True)
    return bool(rows)


def _add_files(submission: UUID, files: Mapping[str, bytes]) -> bool:
    """Keep the files. Whether there were any."""
    written: list[SubmittedFile] = []
    try:
        for name, content in files.items():
            row = SubmittedFile(
                submission_id=submission,
                name=name,
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                media_type=_media_type(content),
                file=ContentFile(content, name=name),
            )
            written.append(row)
            row.save(force_insert=True)
    except BaseException:
        for row in written:
            if row.file.name:
                row.file.storage.delete(row.file.name)
        raise
    return bool(written)


def _media_type(content: bytes) -> str:
    sniffed = ""
    with suppress(puremagic.PureError, ValueError):
        sniffed = str(puremagic.from_string(content, mime=True))
    return sniffed if _MEDIA.match(sniffed) and len(sniffed) <= 60 else "application/octet-stream"


def _received(code: int, row: Submission, kept: UUID, *, aside: bool) -> Received:
    files: list[dict[str, str | int]] = [
        {"name": file.name, "sha256": file.sha256, "size": file.size}
        for file in SubmittedFile.objects.filter(submission=kept)
    ]
    return Received(code, kept, row.instance_id, row.sha256, aside, row.reason_words if aside else "", files)

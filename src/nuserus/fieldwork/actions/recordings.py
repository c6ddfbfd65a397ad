"""Recordings of interviews, piece after piece: acknowledged is on the disk and committed."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.consent.provenance import note_export
from nuserus.fieldwork.actions.interviews import hold_interview, require_recordable
from nuserus.fieldwork.actions.recordings_ended import end_recording
from nuserus.fieldwork.enums import InterviewState, RecordingEnding, RecordingOrigin, RecordingState
from nuserus.fieldwork.models import Interview, InterviewParticipant, Recording, RecordingPiece
from nuserus.fieldwork.models.recordings import recording_name
from nuserus.fieldwork.rules import can_add_recording, can_change_recording
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.files import megabytes
from nuserus.foundation.files.listening import look_at_sound
from nuserus.foundation.files.pieces import PIECE, bytes_there, sum_of, write_piece
from nuserus.foundation.files.sizes import MEGABYTE
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.actions.leaving import note_left_once
from nuserus.instruments.registry import PersonThere
from nuserus.studies.queries.materials import scope_of_material

# Left on the disk for everything else of the instance.
ROOM: Final = 1024 * MEGABYTE
MOST_ARRIVING: Final = 20


@dataclass(frozen=True, slots=True)
class Announced:
    """What a browser says of the file that it is about to send."""

    size: int
    first: str
    origin: str = RecordingOrigin.FILE


@dataclass(frozen=True, slots=True)
class Standing:
    """Up to where the site has a recording; `placed` is false when a piece came elsewhere than at the end."""

    offset: int
    placed: bool = True


def recording_limit() -> int:
    """Most bytes of one recording, as the operator set it."""
    return int(settings.NUSERUS_RECORDING_MEGABYTES) * MEGABYTE


@transaction.atomic
def begin_recording(*, actor: Asking, interview: Interview, announced: Announced) -> Recording:
    """Open an upload, or find again the one that the same file began.

    Raises Unreadable or PermissionDenied to who may not, ValidationError in words when somebody has not agreed
    to be recorded, or when it is too heavy for the place or the disk.
    """
    recording = Recording(
        interview=interview,
        origin=RecordingOrigin(announced.origin),
        file=recording_name(),
        size=announced.size,
        first_sha256=announced.first,
        **scope_of_material(interview.place, author=interview.scope_author),
    )
    can_add_recording.require(actor, recording)
    require_recordable(interview)
    arriving = Recording.objects.filter(interview=interview, state=RecordingState.ARRIVING)
    same = arriving.filter(first_sha256=announced.first, size=announced.size)
    if known := same.first():
        return known
    _refuse_too_much(interview, announced.size, arriving.count())
    Recording.objects.bulk_create([recording], ignore_conflicts=True)
    found = same.get()
    if found.pk == recording.pk:
        record("begin a recording", actor=actor.user_id, object_id=recording.pk)
    return found


def _refuse_too_much(interview: Interview, size: int, arriving: int) -> None:
    limit = recording_limit()
    if size <= 0:
        raise ValidationError(_("Ce fichier est vide. Choisissez-en un autre."), code="empty")
    if size > limit:
        raise ValidationError(
            _("Cet enregistrement fait %(size)s, la limite est %(limit)s. Coupez-le en plusieurs parties.")
            % {"size": megabytes(size), "limit": megabytes(limit)},
            code="too_heavy",
        )
    if arriving >= MOST_ARRIVING:
        raise ValidationError(_("Trop d’envois ne sont pas finis pour cet entretien. Finissez-les ou abandonnez-les."))
    rows = Recording.objects.filter(interview__place=interview.place_id).exclude(state=RecordingState.ENDED)
    held = rows.order_by().aggregate(weight=Sum("size"))["weight"] or 0
    most = int(settings.NUSERUS_RECORDINGS_GIGABYTES) * 1024 * MEGABYTE
    if held + size > most:
        raise ValidationError(
            _("Les enregistrements de ce lieu pèsent déjà %(held)s, la limite est %(limit)s. Effacez ceux qui ne ")
            % {"held": megabytes(held), "limit": megabytes(most)}
            + _("servent plus, ou écrivez à la personne qui tient le site."),
            code="place_full",
        )
    if shutil.disk_usage(_folder()).free < size + ROOM:
        raise ValidationError(
            _("Le disque du site est presque plein. Gardez votre fichier et écrivez à la personne qui tient le site."),
            code="disk",
        )


def _folder() -> Path:
    folder = Path(default_storage.path(""))
    return folder if folder.is_dir() else folder.parent


@transaction.atomic
def standing_of(*, actor: Asking, recording: Recording) -> Standing:
    """Up to where the site has it; a disk that was put back to an earlier day has less than was acknowledged."""
    can_change_recording.require(actor, recording)
    return Standing(_really_there(_held(recording)))


@transaction.atomic
def take_piece(*, actor: Asking, recording: Recording, offset: int, content: bytes, sha256: str) -> Standing:
    """Keep the piece that begins at `offset`; it is on the disk when this returns, and counts once committed.

    The same piece again changes nothing. One that was damaged on its way, or comes elsewhere than at the end, is
    not kept: `placed` is false. Raises ValidationError in words when an agreement was taken back, Unreadable when
    the upload was given up.
    """
    can_change_recording.require(actor, recording)
    held = _held(recording)
    if held.state == RecordingState.STORED:
        return Standing(held.size)
    if not 0 < len(content) <= PIECE or offset < 0 or offset + len(content) > held.size:
        return Standing(_really_there(held), placed=False)
    if hashlib.sha256(content).hexdigest() != sha256:
        return Standing(held.received, placed=False)
    known = RecordingPiece.objects.filter(recording=held, begin=offset, size=len(content), sha256=sha256)
    if offset != held.received and known.exists():
        return Standing(held.received)
    if offset != _really_there(held):
        return Standing(held.received, placed=False)
    require_recordable(held.interview)
    write_piece(Path(held.file.path), offset, content)
    scope = scope_of_material(held.interview.place, author=held.scope_author)
    RecordingPiece.objects.create(recording=held, begin=offset, size=len(content), sha256=sha256, **scope)
    held.received = offset + len(content)
    held.last_at = timezone.now()
    held.save(update_fields=["received", "last_at"])
    return Standing(held.received)


def finish_recording(*, actor: Asking, recording: Recording, sha256: str) -> Standing:
    """All pieces left: the file is the same to the byte, and it is a sound, or it is refused.

    Again: the same answer. Raises ValidationError in words when it is another file or no sound; what came is then
    forgotten. Unreadable when the upload was given up.
    """
    with transaction.atomic():
        can_change_recording.require(actor, recording)
        held = _held(recording)
        if held.state == RecordingState.STORED:
            if held.sha256 != sha256:
                raise ValidationError(_("Un autre fichier a été reçu sous ce numéro. Rechargez la page."))
            return Standing(held.size)
        if _really_there(held) != held.size:
            return Standing(held.received, placed=False)
        require_recordable(held.interview)
        try:
            _store(actor, held, sha256)
        except ValidationError as refusal:
            problem = refusal
        else:
            return Standing(held.size)
        end_recording(held, RecordingEnding.ABANDONED, actor=actor.user_id)
    raise problem


def _store(actor: Asking, held: Recording, sha256: str) -> None:
    path = Path(held.file.path)
    if sum_of(path) != sha256:
        raise ValidationError(
            _("Ce qui est arrivé n’est pas le fichier annoncé : il a peut-être changé pendant l’envoi. Envoyez-le de ")
            + _("nouveau."),
            code="another_file",
        )
    sounding = look_at_sound(path)
    held.state, held.sha256 = RecordingState.STORED, sha256
    held.media_type, held.seconds = sounding.media_type, sounding.seconds
    held.stored_at = timezone.now()
    held.save(update_fields=["state", "sha256", "media_type", "seconds", "stored_at"])
    RecordingPiece.objects.filter(recording=held).delete()
    if held.interview.state == InterviewState.PLANNED:
        hold_interview(actor=actor, interview=held.interview)
    record("store a recording", actor=actor.user_id, object_id=held.pk)


def deposit_recording(*, actor: Asking, interview: Interview, upload: UploadedFile[bytes]) -> Recording:
    """A whole file in one request, for browsers without programs. Raises as the steps above."""
    whole, first = hashlib.sha256(), ""
    for content in _pieces(upload):
        first = first or hashlib.sha256(content).hexdigest()
        whole.update(content)
    announced = Announced(upload.size or 0, first)
    recording = begin_recording(actor=actor, interview=interview, announced=announced)
    at = 0
    for content in _pieces(upload):
        if at >= recording.received:
            digest = hashlib.sha256(content).hexdigest()
            take_piece(actor=actor, recording=recording, offset=at, content=content, sha256=digest)
        at += len(content)
    finish_recording(actor=actor, recording=recording, sha256=whole.hexdigest())
    return recording


def _pieces(upload: UploadedFile[bytes]) -> list[bytes]:
    upload.seek(0)
    return list(iter(lambda: upload.read(PIECE), b""))


@transaction.atomic
def abandon_recording(*, actor: Asking, recording: Recording) -> None:
    """Give up an upload; what came goes. Given up already, or whole: nothing happens."""
    can_change_recording.require(actor, recording)
    held = Recording.objects.select_for_update().get(pk=recording.pk)
    if held.state == RecordingState.ARRIVING:
        end_recording(held, RecordingEnding.ABANDONED, actor=actor.user_id)


def _held(recording: Recording) -> Recording:
    rows = Recording.objects.select_for_update(of=("self",)).select_related("interview__place")
    found = rows.filter(pk=recording.pk).first()
    if found is None or found.state == RecordingState.ENDED:
        raise Unreadable
    return found


def _really_there(held: Recording) -> int:
    """How much of it both the rows and the disk have; the rows are told when the disk has less."""
    if held.state == RecordingState.STORED:
        return held.size
    there = bytes_there(Path(held.file.path))
    if there < held.received:
        rows = RecordingPiece.objects.filter(recording=held)
        kept = [piece for piece in rows.order_by("begin") if piece.begin + piece.size <= there]
        rows.exclude(pk__in=[piece.pk for piece in kept]).delete()
        held.received = kept[-1].begin + kept[-1].size if kept else 0
        held.save(update_fields=["received"])
    return held.received


@transaction.atomic
def note_taken_away(*, actor: Asking, recording: Recording, piece: bool = False) -> None:
    """Write that the sound leaves in a file, for each person listened to: their receipt will say so.

    Of what is taken piece by piece, one line a day tells.
    """
    what = _("enregistrement d’un entretien")
    place = recording.interview.place_id
    listened = InterviewParticipant.objects.filter(interview=recording.interview_id)
    people = [PersonThere(subject, place) for subject in listened.values_list("participant", flat=True)]
    if piece:
        note_left_once(actor=actor, people=people, what=what)
        return
    for one in sorted(people):
        note_export(what=what, mission=place, author=actor.user_id, subject=one.person)
    record("take a recording away", actor=actor.user_id, object_id=recording.pk)

"""Asking for an import, for the same file again, or for its undoing; a job or the command line does it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from nuserus.directory.enums import ImportSource, ImportState, OnProblem
from nuserus.directory.models import Import
from nuserus.directory.queries.imports import state_of
from nuserus.directory.rules import can_add_import, can_undo_import
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.files.sizes import MEGABYTE, megabytes
from nuserus.foundation.plain import plain_line

RUN, UNDO = "nuserus.directory.tasks.run", "nuserus.directory.tasks.undo"
LARGEST = 600 * MEGABYTE
# One file at a time: the turn is held anyway, and a worker that waits for it does nothing else.
LOCK = "directory.imports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the operator chose."""

    dry_run: bool = False
    on_problem: OnProblem = OnProblem.KEEP_VALID
    partial: bool = False
    may_close_many: bool = False


def note_run(*, source: ImportSource, path: Path, options: Options) -> Import:
    """Write down a run whose file stays where it is: the command line."""
    with as_system("ask for an import"):
        return Import.objects.create(
            source=source,
            file_name=_name(path.name),
            file_size=path.stat().st_size if path.exists() else 0,
            **asdict(options),
        )


def ask_import(*, actor: Asking, source: ImportSource, upload: UploadedFile[bytes], options: Options) -> Import:
    """Keep the file and let a job read it.

    Raises PermissionDenied for who may not, ValidationError in words for a file that is empty or too heavy.
    """
    run = Import(
        source=source,
        file_name=_name(upload.name or ""),
        file_size=upload.size or 0,
        asked_by_id=actor.user_id,
        **asdict(options),
    )
    can_add_import.require(actor, run)
    if not upload.size:
        raise ValidationError(_("Le fichier est vide. Rien n’a été gardé : choisissez-en un autre."))
    if upload.size > LARGEST:
        raise too_heavy(upload.size)
    run.file.save(upload.name or "registre", upload, save=False)
    return _send(actor, run)


def too_heavy(size: int) -> ValidationError:
    """The refusal of a file of `size` bytes."""
    return ValidationError(
        _(
            "Le fichier fait %(size)s, la limite est %(limit)s. Rien n’a été gardé : "
            "compressez-le en .gz, ou lancez « nuserus import » sur la machine qui sert le site."
        )
        % {"size": megabytes(size), "limit": megabytes(LARGEST)}
    )


def ask_again(*, actor: Asking, run: Import, options: Options) -> Import:
    """Read the kept file of a run that changed nothing once more, with other options.

    Raises ValidationError where the file is gone or the run changed something.
    """
    can_add_import.require(actor, run)
    if state_of(run) not in (ImportState.TRIED, ImportState.REFUSED, ImportState.INTERRUPTED) or not run.file:
        raise ValidationError(_("Ce fichier n’est plus gardé. Envoyez-le de nouveau."))
    again = Import(
        source=run.source,
        file_name=run.file_name,
        file_size=run.file_size,
        asked_by_id=actor.user_id,
        **asdict(options),
    )
    try:
        with run.file.open("rb") as kept:
            again.file.save(run.file_name, File(kept), save=False)
    except FileNotFoundError:
        raise ValidationError(_("Ce fichier n’est plus gardé. Envoyez-le de nouveau.")) from None
    return _send(actor, again)


def ask_undo(*, actor: Asking, run: Import) -> None:
    """Let a job take an applied import back. Raises ValidationError where there is nothing to take back."""
    can_undo_import.require(actor, run)
    if run.state != ImportState.APPLIED:
        raise ValidationError(_("Cet import n’a rien changé, ou il est déjà défait."))
    with as_system("ask to undo an import"):
        Import.objects.filter(pk=run.pk, state=ImportState.APPLIED).update(state=ImportState.UNDOING, step="")
    app.configure_task(UNDO, lock=LOCK).defer(import_id=str(run.pk), user_id=str(actor.user_id))


def _send(actor: Asking, run: Import) -> Import:
    if actor.user_id is None:
        raise PermissionDenied
    run.save(force_insert=True)
    record("ask import", actor=actor.user_id, object_id=run.pk)
    app.configure_task(RUN, lock=LOCK).defer(import_id=str(run.pk))
    return run


def _name(given: str) -> str:
    return plain_line(given)[:200] or "-"

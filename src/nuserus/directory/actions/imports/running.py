"""One run of an import, from the file to the report. It may be killed at any moment: then nothing was changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.directory.actions.imports import applying
from nuserus.directory.actions.imports.lists import read_lists
from nuserus.directory.actions.imports.reading import reading, targets_of
from nuserus.directory.actions.imports.staging import Staging
from nuserus.directory.actions.imports.targets import Target
from nuserus.directory.actions.imports.turns import Pauses, our_turn, quietly, rarely_collecting
from nuserus.directory.enums import ImportState, OnProblem
from nuserus.directory.models import Import
from nuserus.directory.readers.opening import UnreadableFile
from nuserus.foundation.asking import as_system
from nuserus.foundation.audit import record

# A file that would close more than this share of what is open is taken for a part of the register.
MOST_CLOSED: Final = 0.10
FEW: Final = 20
# After each piece of work the database rests this many times as long.
REST: Final = 0.05
TOLD_EVERY: Final = 1.0  # seconds

READ, COMPARE, APPLY, FOLLOW = "read", "compare", "apply", "follow"
Heard = Callable[[str, int, int], None]
UNDER_WAY = (ImportState.WAITING, ImportState.RUNNING, ImportState.INTERRUPTED)


class _Refusal(Exception):
    """Nothing is changed. `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def run_import(
    run_id: UUID, *, path: Path | None = None, patient: bool = True, rest: float = REST, heard: Heard | None = None
) -> Import | None:
    """Read the file of a run and apply it, once; a run that has ended is left as it is.

    `path` says where the file is when the instance does not keep it. Raises TurnTaken when another import
    is under way, unless `patient`.
    """
    return quietly(lambda: _in_turn(run_id, path=path, patient=patient, rest=rest, heard=heard))


def _in_turn(run_id: UUID, *, path: Path | None, patient: bool, rest: float, heard: Heard | None) -> Import | None:
    with our_turn(patient=patient):
        run = _found(run_id)
        if run is None or run.state not in UNDER_WAY:
            return run
        _begin(run)
        try:
            with Progress(run, heard) as progress, rarely_collecting():
                _carry_on(run, path or Path(run.file.path), Pauses(rest), progress)
        except (_Refusal, UnreadableFile) as refused:
            _end(run, state=ImportState.REFUSED, refusal=refused.sentence)
        except BaseException:
            _end(run, state=ImportState.INTERRUPTED)
            raise
        finally:
            applying.clear()
    return run


def _found(run_id: UUID) -> Import | None:
    with as_system("read an import", recorded=False):
        return Import.objects.filter(pk=run_id).first()


def _begin(run: Import) -> None:
    with as_system("begin an import", recorded=False):
        # we hold the turn, so whoever says the same is gone
        Import.objects.filter(state=ImportState.RUNNING).exclude(pk=run.pk).update(state=ImportState.INTERRUPTED)
        run.state, run.started_at, run.ended_at = ImportState.RUNNING, timezone.now(), None
        run.problems, run.problem_count, run.notes, run.counts, run.refusal = [], 0, [], {}, ""
        run.save()


def _end(run: Import, **fields: Any) -> None:
    with as_system("end an import", recorded=False):
        for name, value in fields.items():
            setattr(run, name, value)
        run.step, run.ended_at = "", timezone.now()
        run.save()


class Progress:
    """How far a run is: told to who listens, and written where the page finds it."""

    def __init__(self, run: Import, heard: Heard | None) -> None:
        self._run = run
        self._heard = heard
        self._told_at = 0.0
        self.written = True

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def step(self, name: str) -> None:
        """A step begins."""
        self._told_at = 0.0
        self._run.step = name
        self(0, 0)

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told_at < TOLD_EVERY:
            return
        self._told_at = now
        if self._heard is not None:
            self._heard(self._run.step, done, total)
        if self.written:
            with as_system("tell how far an import is", recorded=False):
                Import.objects.filter(pk=self._run.pk).update(step=self._run.step, done=done, total=total)


def _carry_on(run: Import, path: Path, pauses: Pauses, progress: Progress) -> None:
    progress.step(READ)
    with reading(run.source, path) as file:
        day = file.register_date or timezone.localdate()
        with as_system("read the lists of the directory", recorded=False):
            lists = read_lists(day)
        staging = Staging(source=run.source, day=day, lists=lists)
        covered = targets_of(run.source)
        staging.prepare(covered)
        for number, one in enumerate(file.changed(staging.said_before)):
            staging.take(one)
            if number % 500 == 0:
                progress(file.source.consumed, file.source.size or 0)
        staging.finish()
    run.register_date = day
    closing = _closing(run, staging, covered)
    progress.step(COMPARE)
    staging.lay_the_gone(closing)
    for line, place in applying.find_places():
        staging.problems.add(line, _("Le lieu « %(place)s » de ce service n’est pas connu.") % {"place": place})
    run.problem_count, run.problems = staging.problems.count, staging.problems.kept
    if run.problem_count and run.on_problem == OnProblem.KEEP_NOTHING:
        raise _Refusal(_some_lines(run.problem_count))
    run.counts = applying.compare(staging.unchanged, closing)
    run.notes = _notes(run, staging, day)
    progress.step(APPLY)
    progress.written = False  # the connection is busy with the one transaction
    _apply(run, day, pauses, progress)


def _closing(run: Import, staging: Staging, covered: tuple[Target, ...]) -> list[Target]:
    """What may be closed by this file. Raises _Refusal where the file can't be the register."""
    run.problem_count, run.problems = staging.problems.count, staging.problems.kept
    read = sum(staging.read.values())
    if not read and staging.problems.fatal:
        raise _Refusal(staging.problems.fatal)
    if not read and not staging.has_points:
        raise _Refusal(_("Le fichier ne contient rien qui puisse être gardé."))
    if staging.problems.fatal and run.on_problem == OnProblem.KEEP_NOTHING:
        raise _Refusal(staging.problems.fatal)
    if run.partial or staging.problems.fatal:
        return []  # what is not in a part of the file is not gone
    closing = [target for target in covered if staging.read[target.kind]]
    for target in closing:
        missing, known = staging.missing(target)
        if missing > FEW and missing > MOST_CLOSED * known and not run.may_close_many:
            raise _Refusal(
                _(
                    "Il manque dans ce fichier %(missing)d des %(known)d objets ouverts de ce registre : "
                    "il semble incomplet. S’il l’est, dites que c’est une partie du registre ; sinon, dites que "
                    "beaucoup de fermetures sont attendues."
                )
                % {"missing": missing, "known": known}
            )
    return closing


def _some_lines(count: int) -> str:
    return ngettext(
        "%(count)d ligne est refusée, et vous avez demandé de ne rien garder dans ce cas.",
        "%(count)d lignes sont refusées, et vous avez demandé de ne rien garder dans ce cas.",
        count,
    ) % {"count": count}


def _notes(run: Import, staging: Staging, day: date) -> list[str]:
    notes = []
    if staging.problems.fatal:
        notes.append(
            _("La lecture s’est arrêtée avant la fin : %(why)s Rien n’a été fermé.") % {"why": staging.problems.fatal}
        )
    if staging.lists.new_categories:
        named = ", ".join(f"{code} {label}" for _pk, code, label, _line in staging.lists.new_categories[:10])
        notes.append(_("Catégories ajoutées à la liste, avec les mots du fichier : %(names)s.") % {"names": named})
    with as_system("read earlier imports", recorded=False):
        later = Import.objects.filter(source=run.source, state=ImportState.APPLIED, register_date__gt=day).exists()
    if later:
        notes.append(_("Un fichier plus récent de ce registre avait déjà été lu."))
    return notes


def _apply(run: Import, day: date, pauses: Pauses, progress: Progress) -> None:
    """All that was read, and the report of it, in one transaction."""
    what = applying.Applied(run.pk, run.source, day)
    with as_system("try an import" if run.dry_run else "apply an import"):
        with connections["system"].cursor() as cursor:
            if run.dry_run:
                applying.note_trial(cursor, what)
            else:
                applying.apply(cursor, what, pauses=pauses, told=progress)
        run.state = ImportState.TRIED if run.dry_run else ImportState.APPLIED
        run.step = "" if run.dry_run else FOLLOW
        run.ended_at = timezone.now()
        record("try import" if run.dry_run else "apply import", actor=run.asked_by_id, object_id=run.pk)
        run.save()

"""`nuserus import SOURCE FILE|-`: read a register into the directory, and `--undo ID` to take it back."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from nuserus.directory.actions.imports.asking import Options, note_run
from nuserus.directory.actions.imports.following import follow_import
from nuserus.directory.actions.imports.running import APPLY, COMPARE, READ, run_import
from nuserus.directory.actions.imports.turns import TurnTaken
from nuserus.directory.actions.imports.undoing import undo_import
from nuserus.directory.enums import ImportSource, ImportState, OnProblem
from nuserus.directory.models import Import
from nuserus.directory.queries.reports import counted_lines

SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    help = "Lit un fichier d’un registre dans l’annuaire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="?", choices=ImportSource.values)
        parser.add_argument("file", nargs="?")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--all-or-nothing", action="store_true")
        parser.add_argument("--partial", action="store_true")
        parser.add_argument("--close-many", action="store_true")
        parser.add_argument("--undo", type=UUID, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["undo"]:
                self._tell(self._undone(options["undo"]))
                return
            if not options["source"] or not options["file"]:
                raise CommandError(_("Dites quel registre, et donnez son fichier."))
            with _local(options["file"]) as path:
                self._tell(self._imported(path, options))
        except TurnTaken:
            raise CommandError(
                _("Un autre import est en cours. Rien n’a été lu : recommencez quand il sera terminé.")
            ) from None

    def _imported(self, path: Path, options: dict[str, Any]) -> Import:
        chosen = Options(
            dry_run=options["dry_run"],
            on_problem=OnProblem.KEEP_NOTHING if options["all_or_nothing"] else OnProblem.KEEP_VALID,
            partial=options["partial"],
            may_close_many=options["close_many"],
        )
        run = note_run(source=ImportSource(options["source"]), path=path, options=chosen)
        done = run_import(run.pk, path=path, patient=False, heard=self._heard)
        follow_import(run.pk)
        return done or run

    def _undone(self, run_id: UUID) -> Import:
        run = undo_import(run_id, patient=False)
        if run is None or run.state != ImportState.UNDONE:
            raise CommandError(_("Cet import n’existe pas, ou n’a rien changé."))
        follow_import(run_id)
        return run

    def _heard(self, step: str, done: int, total: int) -> None:
        names = {READ: _("Lecture"), COMPARE: _("Comparaison"), APPLY: _("Écriture")}
        share = f" {min(100, 100 * done // total)} %" if total and done else ""
        self.stderr.write(f"{names.get(step, step)}{share}")

    def _tell(self, run: Import) -> None:
        for line in counted_lines(run):
            self.stdout.write(line)
        for note in run.notes:
            self.stdout.write(note)
        for line_number, sentence in run.problems[:SHOWN_PROBLEMS]:
            self.stdout.write(_("ligne %(line)s : %(sentence)s") % {"line": line_number, "sentence": sentence})
        if run.problem_count > SHOWN_PROBLEMS:
            self.stdout.write(_("… %(count)d lignes signalées en tout.") % {"count": run.problem_count})
        for left in run.left[:SHOWN_PROBLEMS]:
            self.stdout.write(_("laissé : %(label)s (%(key)s), %(why)s") % left)
        self.stdout.write(f"{run.get_state_display()} · {run.pk}")
        if run.state == ImportState.REFUSED:
            raise CommandError(run.refusal)


@contextmanager
def _local(given: str) -> Iterator[Path]:
    """The file; what comes by the standard input is laid on disk, since it is read twice."""
    if given != "-":
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="nuserus-import-") as folder:
        laid = Path(folder) / "stdin"
        with laid.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file, 1024 * 1024)
        yield laid

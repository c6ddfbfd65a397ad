"""`nuserus check`: what is right and what is wrong, a plain line each."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from nuserus.config.command.hosted import VARIABLES, Hosted, connect, hosted_database, wrong_powers
from nuserus.config.command.managing import instance_environment
from nuserus.config.instance import KEY_BYTES, Instance, default_folder
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _
from nuserus.voice.queries.model import model_problem


class Report:
    """Lines printed as they come; remembers whether all was right."""

    def __init__(self) -> None:
        self.right = True

    def ask(self, question: Callable[[], str]) -> bool:
        """Run a question that returns the good news or raises Refusal; False stops what depends on it."""
        try:
            line = question()
        except Refusal as refusal:
            print(f"✗ {refusal}", flush=True)
            self.right = False
            return False
        print(f"✓ {line}", flush=True)
        return True


def check(data: Path | None) -> int:
    """Say what holds; exit code 0 when everything does, 1 otherwise. Creates nothing."""
    report = Report()
    with ExitStack() as stack:
        _check_all(report, data, stack)
    if report.right:
        print(_("Tout va bien."))
    return 0 if report.right else 1


def _check_all(report: Report, data: Path | None, stack: ExitStack) -> None:
    if not report.ask(_database_named):
        return
    if os.environ.get("NUSERUS_SPEECH_MODEL"):
        report.ask(_speech)
    hosted = hosted_database()
    instance = Instance(data or default_folder(embedded=hosted is None))
    if not report.ask(lambda: _folder(instance)):
        return
    report.ask(lambda: _keys(instance))
    if not report.ask(lambda: _ready(instance, stack)):
        return
    found = hosted_database(os.environ)  # for an embedded server, the URLs just set
    if found is None:
        return
    answers = [report.ask(partial(_role, found, role)) for role in VARIABLES]
    if all(answers) and report.ask(_migrations):
        report.ask(_jobs)


def _database_named() -> str:
    hosted = hosted_database()
    if hosted is None:
        return _("Base de données : PostgreSQL intégré.")
    return _("Base de données : hébergée, base %(name)s.") % {"name": hosted.database}


def _folder(instance: Instance) -> str:
    if not instance.exists() and not instance.folder.is_dir():
        raise Refusal(
            _("Dossier de données : %(folder)s n’existe pas encore (« nuserus serve » le crée).")
            % {"folder": instance.folder}
        )
    instance.refuse_unusable()
    if not instance.exists():
        raise Refusal(
            _("Dossier de données : %(folder)s est vide (« nuserus serve » le remplit).") % {"folder": instance.folder}
        )
    if instance.folder.stat().st_mode & 0o007:
        raise Refusal(
            _("Dossier de données : %(folder)s est ouvert aux autres comptes (chmod 700).")
            % {"folder": instance.folder}
        )
    return _("Dossier de données : %(folder)s.") % {"folder": instance.folder}


def _keys(instance: Instance) -> str:
    for name in ("secret", "audit"):
        status = (instance.keys / name).stat()
        if status.st_size < KEY_BYTES:
            raise Refusal(_("Clés : %(name)s est trop courte.") % {"name": name})
        if status.st_mode & 0o077:
            raise Refusal(_("Clés : %(name)s est lisible par d’autres comptes (chmod 600).") % {"name": name})
    return _("Clés : présentes, lisibles par ce compte seulement.")


def _speech() -> str:
    folder = os.environ["NUSERUS_SPEECH_MODEL"]
    problem = model_problem(folder, _)
    if problem:
        raise Refusal(_("Voix : %(problem)s.") % {"problem": problem})
    return _("Voix : écrite par le modèle %(folder)s.") % {"folder": folder}


def _ready(instance: Instance, stack: ExitStack) -> str:
    stack.enter_context(instance_environment(instance.folder))
    return _("PostgreSQL : il répond.") if hosted_database() else ""


def _role(hosted: Hosted, role: str) -> str:
    variable = VARIABLES[role]
    with connect(variable, getattr(hosted, role)) as connection:
        problem = wrong_powers(connection, role, hosted.names)
        name = connection.info.user
    if problem:
        raise Refusal(_("Rôle %(name)s : %(problem)s.") % {"name": name, "problem": problem})
    return _("Rôle %(name)s : il peut ce qu’il doit, pas plus.") % {"name": name}


def _migrations() -> str:
    import django

    from nuserus.config.command.preparing import migrations_state

    django.setup()
    missing, unknown = migrations_state()
    if unknown:
        raise Refusal(_("Migrations : la base vient d’une version plus récente (%(name)s).") % {"name": unknown[0]})
    if missing:
        raise Refusal(
            _("Migrations : %(count)d à appliquer (« nuserus serve » les applique).") % {"count": len(missing)}
        )
    return _("Migrations : toutes appliquées.")


def _jobs() -> str:
    from nuserus.foundation.queue import waiting_jobs

    jobs = waiting_jobs()
    if jobs.late:
        raise Refusal(
            _("Travaux de fond : %(count)d en retard, le premier de %(minutes)d minutes (« nuserus serve » les fait).")
            % {"count": jobs.late, "minutes": jobs.minutes}
        )
    return _("Travaux de fond : aucun en retard.")

"""`nuserus import`: a file of a register into the directory. The command of Django does it, on this instance."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from nuserus.config.wording import gettext as _

SOURCES = ("finess-classic", "finess-json", "data-inclusion", "mediation-numerique")


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("import", help=_("lire un registre (FINESS, data·inclusion…) dans l’annuaire"))
    parser.add_argument("source", choices=SOURCES, metavar=_("REGISTRE"), help=" · ".join(SOURCES))
    parser.add_argument("file", metavar=_("FICHIER"), help=_("le fichier, compressé ou non ; - : l’entrée standard"))
    parser.add_argument("--dry-run", action="store_true", help=_("dire ce qui changerait, ne rien changer"))
    parser.add_argument("--all-or-nothing", action="store_true", help=_("ne rien garder si une ligne est refusée"))
    parser.add_argument("--partial", action="store_true", help=_("c’est une partie du registre : ne rien fermer"))
    parser.add_argument("--close-many", action="store_true", help=_("beaucoup de fermetures sont attendues"))
    parser.add_argument("--data", type=Path, default=None, metavar="DIR", help=_("dossier des données (./var)"))


def import_register(options: argparse.Namespace) -> int:
    """Run the command of Django with the same words."""
    from nuserus.config.command.managing import manage

    if options.data is not None:
        os.environ["NUSERUS_DATA"] = str(options.data)
    flags = [
        flag
        for flag, asked in (
            ("--dry-run", options.dry_run),
            ("--all-or-nothing", options.all_or_nothing),
            ("--partial", options.partial),
            ("--close-many", options.close_many),
        )
        if asked
    ]
    return manage(["import_register", options.source, options.file, *flags])

"""The command `nuserus`: serve, manage, check, import, backup, restore, create-roles, analyse.

Django is loaded only where it works.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from nuserus.config.command.analysing import add_analyse
from nuserus.config.command.importing import add_import
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

EXIT_REFUSED = 2


def main(words: list[str] | None = None) -> int:
    """Run one command; the result is the exit code. A refusal is one line on the error output."""
    given = sys.argv[1:] if words is None else words
    try:
        return _run(given)
    except Refusal as refusal:
        print(f"nuserus : {refusal}", file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    if given[:1] == ["manage"]:  # its options belong to Django
        from nuserus.config.command.managing import manage

        return manage(given[1:])
    options = _parser().parse_args(given)
    if options.command == "serve":
        from nuserus.config.command.serving import serve

        return serve(options.data, host=options.host, port=options.port, demo=options.demo)
    if options.command == "check":
        from nuserus.config.command.checking import check

        return check(options.data)
    if options.command in ("backup", "restore"):
        return _save_or_restore(options)
    if options.command in ("analyse", "import"):
        return _read_a_file(options)
    from nuserus.config.command.hosted import create_hosted_roles

    for line in create_hosted_roles(options.admin_url):
        print(line)
    return 0


def _read_a_file(options: argparse.Namespace) -> int:
    if options.command == "import":
        from nuserus.config.command.importing import import_register

        return import_register(options)
    from nuserus.config.command.analysing import analyse, asked

    return analyse(asked(options))


def _save_or_restore(options: argparse.Namespace) -> int:
    if options.command == "backup":
        from nuserus.config.backup.saving import backup

        return backup(options.file, options.keys, options.data)
    from nuserus.config.backup.restoring import restore
    from nuserus.config.backup.withdrawals import Ledger

    return restore(options.file, options.keys, options.data, Ledger(options.ledger, options.without_ledger))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nuserus", description=_("Les pratiques numériques racontées entre pairs."))
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("commande"))

    serve = commands.add_parser("serve", help=_("démarrer le site (Ctrl-C pour arrêter)"))
    _add_data(serve)
    serve.add_argument("--host", default="127.0.0.1", help=_("adresse d’écoute (127.0.0.1 : cette machine seulement)"))
    serve.add_argument("--port", type=_port, default=8000, help=_("port d’écoute (8000)"))
    serve.add_argument("--demo", action="store_true", help=_("charger la démonstration, une seule fois"))

    commands.add_parser("manage", help=_("commandes d’administration (nuserus manage help)"), add_help=False)

    check = commands.add_parser("check", help=_("dire ce qui va et ce qui ne va pas"))
    _add_data(check)

    add_import(commands)
    _add_backup(commands)
    add_analyse(commands)

    roles = commands.add_parser("create-roles", help=_("créer les trois rôles d’un PostgreSQL hébergé"))
    roles.add_argument(
        "--admin-url",
        required=True,
        help=_("adresse d’un compte qui peut créer des rôles et des bases, par exemple postgresql://postgres@hote/"),
    )
    return parser


def _add_backup(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    file = _("FICHIER")
    backup = commands.add_parser("backup", help=_("sauvegarder toute l’instance dans un fichier, site en marche"))
    backup.add_argument(
        "file", nargs="?", type=Path, metavar=file, help=_("le fichier à écrire ; il ne doit pas exister")
    )
    backup.add_argument("--keys", type=Path, metavar=file, help=_("écrire les clés à part, dans ce fichier"))
    _add_data(backup)

    restore = commands.add_parser("restore", help=_("refaire une instance d’une sauvegarde, dans un dossier vide"))
    restore.add_argument("file", type=Path, metavar=file, help=_("le fichier de « nuserus backup »"))
    restore.add_argument("--keys", type=Path, metavar=file, help=_("le fichier de « nuserus backup --keys »"))
    ledger = restore.add_mutually_exclusive_group()
    ledger.add_argument("--ledger", type=Path, metavar=file, help=_("le registre des retraits de l’instance d’origine"))
    ledger.add_argument(
        "--without-ledger", action="store_true", help=_("il est perdu : ce qui a été retiré depuis reviendra")
    )
    _add_data(restore)


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=_data_of_environment(), metavar="DIR", help=_("dossier des données (./var)")
    )


def _data_of_environment() -> Path | None:
    value = os.environ.get("NUSERUS_DATA", "")
    return Path(value) if value else None


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(_("un port est un nombre de 1 à 65535"))
    return port

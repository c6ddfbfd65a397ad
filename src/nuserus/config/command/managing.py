"""`nuserus manage …`: Django's commands, on this instance and its database."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nuserus.config.command.hosted import hosted_database
from nuserus.config.command.serving import embedded_environment
from nuserus.config.embedded.sharing import shared_server
from nuserus.config.instance import Instance, default_folder

# these read or write the source code only
WITHOUT_DATABASE = {"", "help", "--help", "-h", "version", "--version", "makemessages", "compilemessages"}
WITHOUT_DATABASE |= {"makemigrations", "findstatic", "diffsettings"}


def manage(words: list[str]) -> int:
    """Run one Django command. The embedded server is started for it unless it runs already."""
    command = words[0] if words else ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuserus.config.settings")
    if command in WITHOUT_DATABASE:
        warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
        _execute(words)
        return 0
    data = os.environ.get("NUSERUS_DATA", "")
    with instance_environment(Path(data) if data else None):
        _execute(_as_owner(words))
    return 0


def _execute(words: list[str]) -> None:
    from django.core.management import execute_from_command_line

    sys.argv = ["nuserus manage", *words]
    execute_from_command_line(sys.argv)


def _as_owner(words: list[str]) -> list[str]:
    """Migrations are the owner's: nobody has to remember it."""
    owner_commands = {"migrate", "showmigrations", "sqlmigrate"}
    if words[0] not in owner_commands or any(word.startswith("--database") for word in words):
        return words
    return [*words, "--database", "owner"]


@contextmanager
def instance_environment(data: Path | None) -> Iterator[Instance]:
    """The instance with its variables set in this process and its database ready."""
    hosted = hosted_database()
    instance = Instance(data or default_folder(embedded=hosted is None))
    instance.refuse_unusable()
    instance.create(embedded=hosted is None)
    os.environ.update(instance.environment())
    if hosted is not None:
        yield instance
        return
    with shared_server(instance.postgresql) as server:
        os.environ.update(embedded_environment(server))
        yield instance

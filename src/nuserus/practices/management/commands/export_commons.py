"""`nuserus manage export_commons FILE`: every public sheet in one zip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nuserus.foundation.files import megabytes
from nuserus.practices.actions.commons import export_commons


class Command(BaseCommand):
    help = "Écrit toutes les fiches publiques dans une archive zip (JSON-LD, Markdown, photos, empreintes)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="le fichier à écrire ; celui qui y est n’est remplacé qu’à la fin")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if file.is_dir():
            example = file / "commun.zip"
            raise CommandError(f"{file} est un dossier : donnez le nom d’un fichier, par exemple {example}.")
        try:
            made = export_commons(file)
        except OSError as error:
            said = f"L’archive n’a pas pu être écrite ({error}). Ce qui était là n’a pas changé."
            raise CommandError(said) from error
        if made.missing:
            self.stderr.write(f"{made.missing} photo(s) manquent sur le disque : les fiches sont là, sans elles.")
        self.stdout.write(f"{file} : {made.sheets} fiche(s), {made.files} fichiers, {megabytes(file.stat().st_size)}.")

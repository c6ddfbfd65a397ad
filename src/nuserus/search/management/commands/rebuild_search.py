"""`nuserus manage rebuild_search`: write the search index again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nuserus.search.actions.rebuild_index import rebuild_index


class Command(BaseCommand):
    help = "Réécrit l’index de recherche et le vocabulaire à partir de tout ce qui est publié."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = rebuild_index()
        for name in sorted(counts):
            self.stdout.write(f"{name} : {counts[name]}")
        self.stdout.write(f"Index réécrit : {counts.total()} objet(s).")

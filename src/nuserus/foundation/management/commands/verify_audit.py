"""`nuserus manage verify_audit`: does the sealed journal still say what it said?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuserus.foundation.audit.chain import verify_chain


class Command(BaseCommand):
    help = "Recalcule la chaîne scellée du journal et dit si quelque chose a été changé."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_chain()
        for fault in verdict.faults:
            self.stderr.write(f"Position {fault.position} : {fault.what}")
        if verdict.faults:
            raise CommandError(f"Le journal a été altéré : {len(verdict.faults)} anomalie(s).")
        self.stdout.write(f"Journal intact : {verdict.sealed} événement(s) scellé(s), {verdict.waiting} en attente.")

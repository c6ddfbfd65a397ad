"""What is left of imports after a week: files that nobody applied, and what follows that was cut."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from nuserus.directory.actions.imports.following import forget_file
from nuserus.directory.actions.imports.running import FOLLOW
from nuserus.directory.enums import ImportState
from nuserus.directory.models import Import
from nuserus.foundation.asking import as_system

KEPT = timedelta(days=7)
UNDER_WAY = (ImportState.WAITING, ImportState.RUNNING, ImportState.UNDOING)


def forget_files() -> list[UUID]:
    """Remove the kept files that are a week old; the imports that something still follows."""
    with as_system("forget the files of imports"):
        old = Import.objects.filter(asked_at__lt=timezone.now() - KEPT).exclude(file="").exclude(state__in=UNDER_WAY)
        for run in old:
            forget_file(run)
            Import.objects.filter(pk=run.pk).update(file="")
        followed = Q(state=ImportState.APPLIED, step=FOLLOW)
        return list(Import.objects.filter(followed).order_by("asked_at").values_list("pk", flat=True))

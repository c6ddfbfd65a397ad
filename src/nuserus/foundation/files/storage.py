"""Files on the disk of the instance: whole and lasting, or not there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Leaves nothing of a file that could not be written to its end, and returns when the disk has it."""

    def _save(self, name: str, content: Any) -> str:
        there = Path(self.path(name)).exists()
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]  # the types do not know it
            _reach_the_disk(Path(self.path(saved)))
        except OSError:
            if not there:
                Path(self.path(name)).unlink(missing_ok=True)
            raise
        return saved


def _reach_the_disk(path: Path) -> None:
    """A row that names a file is committed after it: a power cut must not keep the row alone."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Addresses of style, programs and drawings that change when their content does."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def version_of(name: str) -> str:
    """First letters of the hash of a static file, read once per process; empty when there is none."""
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""


class VersionedStaticFiles(StaticFilesStorage):
    """`/static/ui/dist/nuserus.css?v=…`: a browser keeps a file for a year and still never shows an old one."""

    @cached_property
    def _addresses(self) -> dict[str | None, str]:
        return {}

    def url(self, name: str | None) -> str:
        """Put together once for each file: a page names a dozen, and each pictogram does."""
        if name not in self._addresses:
            version = version_of(name or "")
            address = super().url(name)
            self._addresses[name] = f"{address}?v={version}" if version else address
        return self._addresses[name]

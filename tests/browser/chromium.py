"""Which browser, and how it is started: known without Django."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium() -> str:
    """Path of Debian's Chromium, or the one that NUSERUS_CHROMIUM names; empty when there is none."""
    return os.environ.get("NUSERUS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""

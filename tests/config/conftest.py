"""Folders and processes for tests of the command line and the embedded server."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nuserus.config.embedded.server import EmbeddedServer

NOBODY = 65534
# what a power cut could lose does not matter here; crash recovery is tested with the real settings
FAST = {"fsync": "off"}


@pytest.fixture
def place() -> Iterator[Path]:
    """A new folder that PostgreSQL's own account may pass through (pytest's are closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="nu-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def module_place() -> Iterator[Path]:
    """The same, one for all tests of a module."""
    folder = Path(tempfile.mkdtemp(prefix="nu-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(place: Path) -> Iterator[EmbeddedServer]:
    """A started server, empty."""
    server = EmbeddedServer(place / "pg", options=FAST)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def other_account() -> str:
    """Name of an account that is neither ours nor PostgreSQL's; only root can become it."""
    if os.geteuid() != 0:
        pytest.skip("only root can try as another account")
    return "nobody"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Run the block as another local account (the kernel judges by effective ids)."""
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)

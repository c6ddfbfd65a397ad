"""The world, built once, put back after each test; refusals are asked for by the thousand, and not written to the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from nuserus.config.embedded.server import EmbeddedServer
from tests.access.world import World, build_world
from tests.cleaning import Cleaner


@pytest.fixture(scope="module")
def built(
    migrated: Cleaner, server: EmbeddedServer, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[World, Cleaner]]:
    with django_db_blocker.unblock():
        world = build_world()
        cleaner = Cleaner(server.admin_url.replace("/postgres?", "/nuserus?"), schema="world")
        yield world, cleaner
        cleaner.close()
        migrated.clean()


@pytest.fixture
def world(built: tuple[World, Cleaner], django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Somebody in every role and something at every level."""
    with django_db_blocker.unblock():
        yield built[0]
        built[1].clean()


@pytest.fixture
def unlogged() -> Iterator[None]:
    """Refused pages leave no line: each would keep its request, and the frames it passed through, until the test ends."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)


@pytest.fixture
def put_back(built: tuple[World, Cleaner]) -> Cleaner:
    """Puts the world back in the middle of a test."""
    return built[1]

"""The demonstration, loaded once for the tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from nuserus.config.embedded.server import EmbeddedServer
from nuserus.portal.demonstration.actions import load_demonstration
from tests.cleaning import Cleaner


@pytest.fixture(scope="module")
def loaded(migrated: Cleaner, server: EmbeddedServer, django_db_blocker: DjangoDbBlocker) -> Iterator[Cleaner]:
    with django_db_blocker.unblock():
        assert load_demonstration()
        cleaner = Cleaner(server.admin_url.replace("/postgres?", "/nuserus?"), schema="demonstration")
        yield cleaner
        cleaner.close()
        migrated.clean()


@pytest.fixture
def demonstration(loaded: Cleaner, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration as it is after loading."""
    with django_db_blocker.unblock():
        yield
        loaded.clean()

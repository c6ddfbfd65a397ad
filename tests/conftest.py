"""Fixtures of every test: the database with its three roles, signed-in clients, the served site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from nuserus.config.command.preparing import few_collections
from nuserus.config.embedded.server import EmbeddedServer
from tests.cleaning import Cleaner
from tests.clients import one_chain
from tests.instance import SERVER

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from nuserus.people.models import Account

# No test is timed: a busy machine makes no example wrong.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def chain() -> Iterator[None]:
    """Clients share their middleware, for the whole run."""
    with one_chain():
        yield


@pytest.fixture(autouse=True)
def language_of_the_site() -> None:
    """A request in English leaves its language to the thread: each test begins in that of the site."""
    translation.deactivate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for the whole run."""
    from tests.browser.conftest import launched_browser  # most runs of one room need none

    with launched_browser() as launched:
        yield launched


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """The PostgreSQL of this run, not migrated."""
    SERVER.start()
    yield SERVER
    SERVER.stop()


@pytest.fixture(scope="session")
def migrated(server: EmbeddedServer, django_db_blocker: DjangoDbBlocker) -> Iterator[Cleaner]:
    """The migrated database, for the whole run."""
    with django_db_blocker.unblock(), few_collections():
        call_command("migrate", database="owner", verbosity=0)
    with django_db_blocker.unblock():
        cleaner = Cleaner(server.admin_url.replace("/postgres?", "/nuserus?"))
        yield cleaner
        cleaner.close()
        for alias in connections:
            connections[alias].close()


@pytest.fixture
def database(migrated: Cleaner) -> Iterator[None]:
    """The database, seen as the application role; emptied afterwards."""
    yield
    from django.core.cache import caches

    for alias in connections:
        connection = connections[alias]
        assert not connection.in_atomic_block, f"a transaction was left open on {alias}"
    migrated.clean()
    # the ledger is outside the database, and would tell the next test of what is not there any more
    Path(settings.NUSERUS_LEDGER).unlink(missing_ok=True)
    caches["local"].clear()


@pytest.fixture
def client_as() -> Callable[[Account | None], Client]:
    """A function that gives a browser-less client, signed in as the account (None: a visitor)."""

    def client_as(account: Account | None) -> Client:
        client = Client()
        if account is not None:
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_as

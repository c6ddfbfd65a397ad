"""One chain of middleware for all the clients of a process, as a site has, instead of one for each client.

Each chain reads every static file's date again; a test that changes a setting still gets a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import setting_changed
from django.test.client import ClientHandler

_make = ClientHandler.load_middleware


class _Chain:
    """The chain of the settings as they are."""

    def __init__(self) -> None:
        self._first: ClientHandler | None = None

    def lend(self, handler: ClientHandler) -> None:
        if self._first is None:
            _make(handler)
            self._first = handler
        handler._middleware_chain = self._first._middleware_chain

    def forget(self, **changed: object) -> None:
        self._first = None


@contextmanager
def one_chain() -> Iterator[None]:
    """As long as this lasts, clients share their chain."""
    chain = _Chain()

    def load(handler: ClientHandler) -> None:
        chain.lend(handler)

    setting_changed.connect(chain.forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load)
        yield
    setting_changed.disconnect(chain.forget)

"""Addresses of notices and of the end of mails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from nuserus.notifications.actions.stopping import Stop, stop_address
from nuserus.notifications.enums import DIGEST

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

PLAIN = ("notices:list", "notices:read_all", "notices:preferences", "notices:sendings", "portal:need")


def notifications_examples(world: World) -> Iterator[Example]:
    """One's own pages, one notice, and the signed link of a mail, which needs nobody to be signed in."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in PLAIN:
        yield Example(name, name, reverse(name))
    notice = world.rows["notifications.Notice"][0]
    yield _on("notices:open", "", notice.pk, missing=(NOT_THERE,))
    address = stop_address(Stop(notice.scope_author, DIGEST))
    yield Example("stopping:stop", "stopping:stop · lien signé", address)
    yield Example("stopping:stop", "stopping:stop · lien coupé", "/avis/arreter/coupe/")

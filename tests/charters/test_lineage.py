"""Whom rules of use thank: never by a name that fewer people may read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.charters.actions.charters import start_charter
from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.charters import make_charter, make_referent, make_version
from tests.factories.directory import make_institution

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.mark.parametrize(("level", "is_named"), [(Level.NETWORK, False), (Level.PUBLIC, True)])
def test_a_place_named_to_professionals_is_not_named_to_all(level: str, is_named: bool, client_as: ClientAs) -> None:
    origin = make_version(make_charter(make_institution("EHPAD CANARI")), level=level, named=True)
    here = make_institution()
    referent = make_referent(here)
    with acting_as(referent.pk) as asking:
        taken = start_charter(actor=asking, institution=here, title="Chez nous", version=origin)
    make_version(taken, level=Level.PUBLIC)
    page = client_as(None).get(reverse("charters:charter", args=[taken.pk])).content.decode()
    assert "Merci" in page
    assert ("EHPAD CANARI" in page) is is_named

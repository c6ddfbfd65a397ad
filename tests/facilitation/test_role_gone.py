"""Somebody who is no facilitator any more reads nothing that the role had opened to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.facilitation.enums import TellingState
from nuserus.foundation.asking import acting_as
from nuserus.people.actions.roles import revoke_role
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant
from nuserus.voice.actions.entrusting import entrust, take_recording
from tests.factories.directory import make_institution
from tests.factories.facilitation import get_telling, make_facilitator, make_together
from tests.factories.people import make_account
from tests.factories.practices import make_draft
from tests.factories.sheets import make_member
from tests.factories.voice import get_recording, make_recording

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_drafts_and_voices_close_with_the_role(client_as: ClientAs) -> None:
    author, facilitator = make_member(make_institution()), make_facilitator()
    telling = make_together(author, facilitator)
    recording = make_recording(make_draft(author))
    with acting_as(author.pk) as asking:
        entrust(actor=asking, recording=recording)
    with acting_as(facilitator.pk) as asking:
        assert take_recording(actor=asking, recording_id=recording.pk)
    draft = reverse("telling:question", args=[telling.sheet_id, "did"])
    assert client_as(facilitator).get(draft).status_code == 200
    with acting_as(facilitator.pk):
        grant = RoleGrant.objects.get(account_id=facilitator.pk, role=Role.FACILITATOR)
    with acting_as(make_account(Role.SITE_ADMIN).pk) as asking:
        revoke_role(actor=asking, grant=grant, reason="elle part")
    assert client_as(facilitator).get(draft).status_code == 404
    assert get_telling(telling).state == TellingState.ENDED
    with acting_as(facilitator.pk) as asking:
        assert not asking.missions & {telling.sheet_id, recording.pk}
    assert get_recording(recording).taken_by is None
    with acting_as(make_facilitator("Autre").pk) as asking:
        assert take_recording(actor=asking, recording_id=recording.pk)

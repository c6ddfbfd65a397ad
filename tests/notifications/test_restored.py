"""A restored copy keeps back the mail that the original has sent since."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.restoring import put_right_after_restore
from nuserus.notifications.enums import SendingState
from nuserus.notifications.models import Sending


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (SendingState.WAITING, SendingState.DROPPED),
        (SendingState.CLAIMED, SendingState.DROPPED),
        (SendingState.LEAVING, SendingState.UNKNOWN),
        (SendingState.SENT, SendingState.SENT),
    ],
)
def test_mail_under_way_is_ended(database: None, state: SendingState, after: SendingState) -> None:
    left = timezone.now() if state in {SendingState.LEAVING, SendingState.SENT} else None
    with as_system("test data"):
        row = Sending.objects.create(
            week="2026-W47", state=state, left_at=left, scope_level=Level.RESTRICTED, scope_author=uuid.uuid4()
        )
    lines = put_right_after_restore()
    with as_system("test data"):
        assert Sending.objects.get(pk=row.pk).state == after
    assert any("ne partiront pas" in line for line in lines) == (state != after)

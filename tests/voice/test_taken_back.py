"""A recording that is taken back at the very moment at which somebody takes it."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connections, transaction

from nuserus.foundation.asking import acting_as
from nuserus.voice.actions.entrusting import entrust, take_back, take_recording
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import make_draft
from tests.factories.sheets import make_member
from tests.factories.voice import get_recording, make_recording

pytestmark = pytest.mark.usefixtures("database")


def test_taken_back_while_somebody_takes_it_stays_with_who_spoke() -> None:
    author, facilitator = make_member(make_institution()), make_account("facilitator")
    recording = make_recording(make_draft(author))
    with acting_as(author.pk) as asking:
        entrust(actor=asking, recording=recording)
    taken: list[bool] = []

    def take() -> None:
        try:
            with acting_as(facilitator.pk) as asking:
                taken.append(take_recording(actor=asking, recording_id=recording.pk))
        finally:
            connections.close_all()

    other = threading.Thread(target=take)
    with acting_as(author.pk) as asking, transaction.atomic():
        take_back(actor=asking, recording=recording)
        other.start()
        time.sleep(0.7)  # it waits for the row
    other.join()
    assert taken == [False]
    assert get_recording(recording).taken_by is None
    with acting_as(facilitator.pk) as asking:
        assert recording.pk not in asking.missions

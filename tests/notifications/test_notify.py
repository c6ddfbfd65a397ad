"""Leaving notices: who gets one, who may read it, and when a mail is to leave."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from procrastinate.contrib.django.models import ProcrastinateJob

from nuserus.foundation.asking import acting_as
from nuserus.notifications.actions import notify
from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency, SendingState
from nuserus.notifications.models import Notice, Preference, Sending
from tests.factories.people import make_account
from tests.notifications.kinds import KIND, tell

pytestmark = pytest.mark.usefixtures("database", "kind")


def test_each_recipient_has_a_notice_that_nobody_else_reads() -> None:
    ana, ben, eve = make_account(), make_account(), make_account()
    tell(eve, ana, ben, eve, ana)
    for person in (ana, ben):
        with acting_as(person.pk):
            assert Notice.objects.count() == 1
            assert Sending.objects.get().state == SendingState.WAITING
    for stranger in (eve.pk, None):
        with acting_as(stranger):
            assert not Notice.objects.exists()
            assert not Sending.objects.exists()


def test_job_carries_ids_only_and_leaves_with_the_transaction() -> None:
    ana, eve = make_account(), make_account()
    with pytest.raises(RuntimeError), acting_as(eve.pk):
        tell(eve, ana)
        raise RuntimeError
    assert not ProcrastinateJob.objects.exists()
    tell(eve, ana)
    job = ProcrastinateJob.objects.get()
    assert job.task_name == "nuserus.notifications.tasks.send"
    assert set(job.args) == {"sending_id", "recipient_id"}


@pytest.mark.parametrize(
    ("preferred", "mailed"),
    [
        ({}, True),
        ({KIND: Frequency.WEEKLY}, False),
        ({KIND: Frequency.NONE}, False),
        ({DIGEST: Frequency.NONE}, True),
        ({KIND: Frequency.IMMEDIATE, EVERYTHING: Frequency.NONE}, False),
    ],
)
def test_mail_is_prepared_for_those_who_want_it_at_once(preferred: dict[str, Frequency], *, mailed: bool) -> None:
    ana, eve = make_account(), make_account()
    with acting_as(ana.pk):
        for kind, frequency in preferred.items():
            Preference.objects.create(kind=kind, frequency=frequency, scope_author=ana.pk)
    tell(eve, ana)
    with acting_as(ana.pk):
        assert Notice.objects.count() == 1
        assert Sending.objects.exists() is mailed
    assert ProcrastinateJob.objects.exists() is mailed


def test_nobody_writes_a_notice_but_through_the_function() -> None:
    ana = make_account()
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(ana.pk):
        Notice.objects.create(kind=KIND, address="/", scope_author=ana.pk)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO notifications_sending (id) VALUES (gen_random_uuid())")


def test_notice_of_an_unknown_kind_or_to_elsewhere_is_refused() -> None:
    ana = make_account()
    with pytest.raises(ValueError, match="kind"):
        tell(ana, kind="test.unknown")
    with pytest.raises(ValueError, match="path"), acting_as(ana.pk):
        notify(kind=KIND, recipients=[], about=None, address="//ailleurs.example/", details={}, actor=None)

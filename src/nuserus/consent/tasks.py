"""Upkeep of consents."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.consent.actions.expire import expire_consents, remind_of_ends
from nuserus.consent.actions.outbox import EMPTY_OUTBOX, empty_whole_outbox
from nuserus.consent.actions.settling import settle_withdrawals
from nuserus.consent.actions.withdrawing import CARRY_OUT, carry_out


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="expire_consents", pass_context=False)
def end_consents(timestamp: int) -> None:
    """Write the end of the consents whose term has come, and tell of those that end soon."""
    expire_consents()
    remind_of_ends()


@app.task(name=CARRY_OUT)
def carry_out_withdrawal(*, withdrawal_id: str) -> None:
    """Do a withdrawal that had to wait."""
    carry_out(UUID(withdrawal_id))


@app.task(name=EMPTY_OUTBOX)
def empty_withdrawal_outbox(*, withdrawal_id: str) -> None:
    """Erase the files of a withdrawal that had too many for the person to wait."""
    empty_whole_outbox(UUID(withdrawal_id))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="settle_consent_withdrawals", pass_context=False)
def end_withdrawals(timestamp: int) -> None:
    """Take up the withdrawals, and the files of withdrawals, that a dying process or a failure left."""
    settle_withdrawals()

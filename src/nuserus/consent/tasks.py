"""Upkeep of consents."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nuserus.consent.actions.expire import expire_consents


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="expire_consents", pass_context=False)
def end_consents(timestamp: int) -> None:
    """Write the end of the consents whose term has come."""
    expire_consents()

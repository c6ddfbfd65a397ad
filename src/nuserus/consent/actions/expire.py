"""Consents whose term came, and the states made again from the events."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from nuserus.consent.enums import State, Step
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.queries.states import standing_after
from nuserus.consent.registry import reminders
from nuserus.foundation.asking import as_system

# How long before the end those who record consents are told, so that there is time to ask again.
SOON = timedelta(days=30)


def expire_consents() -> int:
    """Write the end of every consent whose term has come. Returns how many there were."""
    with as_system("consents whose term came"):
        over = Consent.objects.filter(state=State.GIVEN, expires_at__lte=timezone.now())
        for consent in over:
            ConsentEvent(
                consent=consent.pk,
                kind=Step.EXPIRED,
                subject=consent.subject,
                purpose=consent.purpose,
                object_kind=consent.object_kind,
                object_id=consent.object_id,
                voice=consent.voice,
                notice_version_id=consent.notice_version_id,
                expires_at=consent.expires_at,
                scope_author=consent.scope_author,
                scope_mission=consent.scope_mission,
            ).save(force_insert=True)
        return len(over)


def remind_of_ends() -> int:
    """Tell those on each mission, once, of the consents that end within a month. Returns how many there were."""
    now = timezone.now()
    told = 0
    for kind, remind in sorted(reminders().items()):
        with as_system("consents that end soon"), transaction.atomic(using="system"):
            ending = Consent.objects.filter(
                Q(reminded_for=None) | ~Q(reminded_for=F("expires_at")),
                object_kind=kind,
                state=State.GIVEN,
                expires_at__gt=now,
                expires_at__lte=now + SOON,
                scope_mission__isnull=False,
            )
            rows = list(ending.order_by("scope_mission", "id").select_for_update())
            for mission, consents in groupby(rows, lambda one: one.scope_mission):
                if mission is not None:
                    remind(mission, len(list(consents)))
            Consent.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_for=F("expires_at"))
            told += len(rows)
    return told


def rebuild_consents() -> int:
    """Make every state again from its events alone, as the system. Returns how many there are."""
    with as_system("states of consents rebuilt"), transaction.atomic(using="system"):
        Consent.objects.all().delete()
        made = []
        for consent_id, steps in groupby(ConsentEvent.objects.order_by("consent", "position"), lambda e: e.consent):
            events = list(steps)
            standing = standing_after(events)
            if standing is None:
                continue
            last = events[-1]
            made.append(
                Consent(
                    pk=consent_id,
                    subject=last.subject,
                    purpose=last.purpose,
                    object_kind=last.object_kind,
                    object_id=last.object_id,
                    voice=last.voice,
                    state=standing.state,
                    since=standing.since,
                    expires_at=standing.expires_at,
                    notice_version_id=standing.notice_version,
                    position=standing.position,
                    scope_level=last.scope_level,
                    scope_author=last.scope_author,
                    scope_mission=last.scope_mission,
                )
            )
        Consent.objects.bulk_create(made)
        return len(made)

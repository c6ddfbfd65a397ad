"""Consents whose term came, and the states made again from the events."""

from __future__ import annotations

from itertools import groupby

from django.db import transaction
from django.utils import timezone

from nuserus.consent.enums import State, Step
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.queries.states import standing_after
from nuserus.foundation.asking import as_system


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

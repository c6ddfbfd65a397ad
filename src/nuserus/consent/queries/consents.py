"""Consents as they are asked about: does it hold, whose are they, what was shown."""

from __future__ import annotations

from uuid import UUID

from django.db import connections, router
from django.db.models import QuerySet

from nuserus.consent.enums import Purpose
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.rules import can_read_consent, can_read_consent_event
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable


def consent_holds(object_id: UUID, purpose: Purpose, *, mission: UUID) -> bool:
    """Whether everybody who was asked agrees today, the person among them.

    A representative's consent alone does not hold, and one refusal, withdrawal or end is enough for
    it not to. Only what was said on the `mission` of the object counts. The database answers, also
    to who may not read the consents themselves.
    """
    with connections[router.db_for_read(Consent)].cursor() as cursor:
        cursor.execute("SELECT nuserus_consent_holds(%s, %s, %s)", [object_id, purpose.value, mission])
        (holds,) = cursor.fetchone()
    return bool(holds)


def own_consents(asking: Asking) -> QuerySet[Consent]:
    """What the person was asked and answered, last first."""
    found = Consent.objects.select_related("notice_version__notice")
    return found.filter(subject=asking.user_id) if asking.user_id is not None else found.none()


def consents_about(asking: Asking, object_id: UUID, purpose: Purpose) -> QuerySet[Consent]:
    """The voices about one object, for those who may read them."""
    found = Consent.objects.filter(object_id=object_id, purpose=purpose).select_related("notice_version__notice")
    return can_read_consent.filter(found, asking)


def readable_consent(asking: Asking, consent_id: UUID) -> Consent:
    """One consent. Raises Unreadable when it is hidden or missing."""
    consent = Consent.objects.select_related("notice_version__notice").filter(pk=consent_id).first()
    if consent is None:
        raise Unreadable
    can_read_consent.require(asking, consent)
    return consent


def steps_of(asking: Asking, consent: Consent) -> QuerySet[ConsentEvent]:
    """What was said about a consent, in order, with the text shown each time."""
    steps = ConsentEvent.objects.filter(consent=consent.pk).select_related("notice_version__notice")
    return can_read_consent_event.filter(steps, asking).order_by("position")

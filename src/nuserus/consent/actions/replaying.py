"""A consent withdrawn since the backup does not hold in the copy either."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from nuserus.consent.enums import How, State, Step
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.registry import matter_of
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.ledger.lines import Entry


def withdraw_again(entry: Entry) -> None:
    """Withdraw the consent `entry.object_id` if the copy has it and it holds; what depends on it leaves."""
    with as_system("a consent withdrawn since the backup"):
        consent = Consent.objects.filter(pk=entry.object_id, state=State.GIVEN).first()
        if consent is None:
            return
        how = How(entry.details["how"])
        by = entry.details.get("by", "")
        ConsentEvent(
            consent=consent.pk,
            kind=Step.WITHDRAWN,
            subject=consent.subject,
            purpose=consent.purpose,
            object_kind=consent.object_kind,
            object_id=consent.object_id,
            voice=consent.voice,
            how=how,
            witness=_("registre des retraits") if how == How.ORAL else "",
            notice_version_id=consent.notice_version_id,
            recorded_by=UUID(by) if by else None,
            at=datetime.fromisoformat(entry.at),
            scope_author=consent.scope_author,
            scope_mission=consent.scope_mission,
        ).save(force_insert=True)
    matter = matter_of(consent.object_kind)
    if matter is not None:
        with acting_as(consent.scope_author) as asking:
            matter.ended(asking, Consent.objects.select_related("notice_version__notice").get(pk=consent.pk))

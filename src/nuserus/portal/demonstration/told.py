"""Slots on offer, and one sheet that was told to somebody."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from nuserus.consent.enums import How, NoticeFormat, Purpose, Step
from nuserus.consent.models import ConsentEvent
from nuserus.consent.queries.notices import current_notice
from nuserus.facilitation.enums import TellingState
from nuserus.facilitation.models import Slot, Telling
from nuserus.facilitation.queries.tellings import SHEET_MATTER
from nuserus.foundation.models.base import new_id
from nuserus.people.models import Account
from nuserus.practices.enums import Contribution, SheetStatus
from nuserus.practices.models import Contributor, Sheet

FACILITATOR = "malik-g"
_OFFERED = ((1, time(13, 45)), (1, time(14)), (3, time(20, 15)))


def load_told(people: dict[str, Account], sheets: dict[str, Sheet]) -> None:
    """Three slots to come, and the first published sheet told to the same facilitator, both credited."""
    facilitator = people[FACILITATOR]
    for days, hour in _OFFERED:
        day = timezone.localdate() + timedelta(days=days)
        Slot.objects.create(
            facilitator=facilitator,
            starts_at=timezone.make_aware(datetime.combine(day, hour)),
            how="Je vous appelle à votre travail.",
            scope_author=facilitator.pk,
        )
    told = next(
        sheet
        for sheet in sheets.values()
        if sheet.status == SheetStatus.PUBLISHED and sheet.author_id != facilitator.pk and sheet.adapted_from_id is None
    )
    Telling.objects.create(
        sheet=told,
        teller=told.author,
        subject=told.author_id,
        facilitator=facilitator,
        helpers=[facilitator.pk],
        state=TellingState.ENDED,
        facilitator_signs=True,
        ended_at=told.published_at,
        scope_author=told.author_id,
        scope_mission=told.pk,
    )
    Contributor.objects.get_or_create(
        sheet=told,
        name=facilitator.display_name,
        contribution=Contribution.WRITING,
        defaults={"account": facilitator},
    )
    ConsentEvent(
        consent=new_id(),
        kind=Step.GIVEN,
        subject=told.author_id,
        purpose=Purpose.PUBLISH,
        object_kind=SHEET_MATTER,
        object_id=told.pk,
        how=How.ON_SCREEN,
        notice_version=current_notice("publier-une-pratique", NoticeFormat.WRITTEN),
        recorded_by=told.author_id,
        at=told.sent_at or timezone.now(),
        scope_author=told.author_id,
        scope_mission=told.pk,
    ).save(force_insert=True)

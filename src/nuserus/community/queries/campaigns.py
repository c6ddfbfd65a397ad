"""Campaigns and what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections, router
from django.db.models import QuerySet
from django.utils import timezone

from nuserus.community.models import Campaign
from nuserus.community.rules import can_read_campaign
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.queries.facets import facet_words
from nuserus.practices.queries.labels import labels


@dataclass(frozen=True, slots=True)
class Counted:
    """A campaign with what was told, tried and answered in its days."""

    campaign: Campaign
    sheets: int
    trials: int
    answers: int
    theme: str

    @property
    def total(self) -> int:
        return self.sheets + self.trials + self.answers

    @property
    def share(self) -> int:
        """How much of the goal, 0 to 100."""
        return min(100, self.total * 100 // self.campaign.goal)

    @property
    def reached(self) -> bool:
        return self.total >= self.campaign.goal

    @property
    def when(self) -> str:
        """ "now", "soon" or "past"."""
        return moment(self.campaign, timezone.localdate())

    @property
    def days_left(self) -> int:
        """Days to come, today not counted."""
        return (self.campaign.ends_on - timezone.localdate()).days


def moment(campaign: Campaign, day: date) -> str:
    """Where a campaign stands on a day."""
    if day < campaign.starts_on:
        return "soon"
    return "past" if day > campaign.ends_on else "now"


def campaigns_visible_to(asking: Asking) -> QuerySet[Campaign]:
    """Every campaign, the last first."""
    read = can_read_campaign.filter(Campaign.objects.all(), asking)
    return read.select_related("operator", "department").order_by("-starts_on", "id")


def campaign_for_reading(asking: Asking, campaign_id: UUID) -> Campaign:
    """One campaign. Raises Unreadable."""
    campaign = campaigns_visible_to(asking).filter(pk=campaign_id).first()
    if campaign is None:
        raise Unreadable
    return campaign


def campaigns_of_today(asking: Asking) -> list[Counted]:
    """Those under way, counted; the one that ends first comes first."""
    today = timezone.localdate()
    now = campaigns_visible_to(asking).filter(starts_on__lte=today, ends_on__gte=today).order_by("ends_on", "id")
    return counted(list(now[:3]))


def counted(campaigns: Sequence[Campaign]) -> list[Counted]:
    """The same campaigns with their numbers; one query for all."""
    if not campaigns:
        return []
    with connections[router.db_for_read(Campaign)].cursor() as cursor:
        cursor.execute("SELECT * FROM community_campaign_counts(%s)", [[campaign.pk for campaign in campaigns]])
        numbers = {row[0]: row[1:] for row in cursor.fetchall()}
    themes = facet_words("theme", labels())
    found = []
    for campaign in campaigns:
        sheets, trials, answers = numbers.get(campaign.pk, (0, 0, 0))
        found.append(Counted(campaign, sheets, trials, answers, themes.get(campaign.theme, "")))
    return found

"""Opening a campaign and changing its words or days."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.community.actions.words import who
from nuserus.community.models import Campaign
from nuserus.community.rules import can_change_campaign, can_open_campaign
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level


@transaction.atomic
def open_campaign(*, actor: Asking, told: dict[str, Any]) -> Campaign:
    """A new campaign, public at once; `told` are the fields of the form. Raises PermissionDenied."""
    campaign = Campaign(**told, opened_by_id=who(actor), scope_level=Level.PUBLIC)
    if not can_open_campaign.allows(actor, campaign):
        raise PermissionDenied(_("Les campagnes sont ouvertes par la modération ou l’administration du site."))
    campaign.save(force_insert=True)
    record("open campaign", actor=actor.user_id, object_id=campaign.pk, content=campaign.title)
    return campaign


@transaction.atomic
def change_campaign(*, actor: Asking, campaign: Campaign, told: dict[str, Any]) -> None:
    """Change a campaign. Raises PermissionDenied."""
    can_change_campaign.require(actor, campaign)
    for name, value in told.items():
        setattr(campaign, name, value)
    campaign.save()
    record("change campaign", actor=actor.user_id, object_id=campaign.pk, content=campaign.title)

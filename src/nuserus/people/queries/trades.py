"""Trades to choose from."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nuserus.people.models import Account, Trade

Choices = list[tuple[Any, Any]]


def trade_choices(account: Account | None = None) -> Choices:
    """Trades by family, for a list to choose from; with the account's own even when retired."""
    own = Q(pk=account.trade_id) if account and account.trade_id else Q(pk__in=[])
    trades = Trade.objects.filter(Q(retired=False) | own).order_by("position")
    families = groupby(trades, key=lambda trade: trade.group_label)
    grouped: Choices = [(family, [(trade.pk, trade.label) for trade in members]) for family, members in families]
    return [("", _("Je préfère ne pas dire")), *grouped]

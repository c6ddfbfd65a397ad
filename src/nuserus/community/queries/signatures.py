"""How somebody signs what they say: by name among verified professionals, by trade for everybody else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.people.models import Account


def signature(author: Account, asking: Asking) -> str:
    """ "Nadia B., éducatrice spécialisée" or, outside the network, the trade alone. Reads `trade`."""
    trade = author.trade.label if author.trade else ""
    if asking.verified or author.pk == asking.user_id:
        return f"{author.shown_name}, {trade}" if trade else author.shown_name
    return trade or _("Une personne de nuserus")

"""How often somebody hears of something, and what became of a mail."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """When a kind of notice goes out by e-mail. In page it is always there."""

    IMMEDIATE = "immediate", _("tout de suite")
    WEEKLY = "weekly", _("une fois par semaine")
    NONE = "none", _("jamais")


class SendingState(TextChoices):
    """Where one mail is on its way. After `LEAVING` nothing is ever sent again."""

    WAITING = "waiting", _("en attente")
    CLAIMED = "claimed", _("en préparation")
    LEAVING = "leaving", _("en train de partir")
    SENT = "sent", _("envoyé")
    UNKNOWN = "unknown", _("peut-être envoyé")
    REFUSED = "refused", _("refusé")
    DROPPED = "dropped", _("sans objet")


# Nothing more will happen to these.
ENDED = (SendingState.SENT, SendingState.UNKNOWN, SendingState.REFUSED, SendingState.DROPPED)
# The mail did not surely arrive: what it said goes into the next digest.
NOT_SURELY_SENT = (SendingState.UNKNOWN, SendingState.REFUSED, SendingState.DROPPED)

# Keys of preferences that are no kind of notice.
DIGEST = "digest"
EVERYTHING = "everything"

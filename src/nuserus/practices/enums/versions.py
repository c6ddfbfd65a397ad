"""Words of the versions of a sheet, of its freshness and of its simple version."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# A sheet is asked about a year after it was last confirmed; it sinks a month later.
YEAR = timedelta(days=365)
GRACE = timedelta(days=30)
# How long the link of the mail answers.
LINK_DAYS = 60
# Somebody who saved less than this ago is writing now.
PRESENT = timedelta(minutes=3)


class ClosingReason(TextChoices):
    """Why a version of a sheet cannot be read any more."""

    WORDS = "words", _("une personne a retiré ses paroles ou son accord")
    RECOGNISED = "recognised", _("une personne pouvait être reconnue")
    MODERATED = "moderated", _("retirée par la modération")
    REVIEWED = "reviewed", _("retirée à la relecture")
    MISTAKE = "mistake", _("elle contenait une erreur qui pouvait nuire")


class StillValid(TextChoices):
    """What authors answer once a year."""

    VALID = "valid", _("Toujours valable")
    TO_FIX = "to_fix", _("À corriger")
    STOPPED = "stopped", _("Ne se fait plus")


class PlainWay(TextChoices):
    """How people concerned read a simple version over."""

    WORKSHOP = "workshop", _("en atelier, à plusieurs")
    PAIR = "pair", _("en lecture à deux")
    ALONE = "alone", _("chacun de son côté, puis ensemble")
    OTHER = "other", _("autrement")

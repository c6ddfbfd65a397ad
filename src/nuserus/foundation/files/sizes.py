"""Sizes in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024


def megabytes(size: int) -> str:
    """A size in bytes as it is said: "34 Mo", "1,5 Mo", "moins de 0,1 Mo"."""
    amount = size / MEGABYTE
    if amount < 0.1:
        return _("moins de 0,1 Mo")
    return _("%(amount)s Mo") % {"amount": number_format(amount, decimal_pos=0 if amount >= 10 else 1)}

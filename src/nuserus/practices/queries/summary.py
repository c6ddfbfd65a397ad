"""A sheet in a few lines: what was asked, what was answered, where to change it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from nuserus.devices.models import Device
from nuserus.directory.models import Public
from nuserus.practices.enums.telling import TELLING
from nuserus.practices.models import Sheet
from nuserus.practices.queries.drafts import cover_of


def summary_of(sheet: Sheet, back: str) -> list[dict[str, Any]]:
    """One row a question: key, value, and the address where it is changed, which comes back to `back`."""
    cover = cover_of(sheet)
    devices = list(Device.objects.filter(slug__in=sheet.devices).order_by("name").values_list("name", flat=True))
    publics = list(Public.objects.filter(slug__in=sheet.publics).values_list("label", flat=True))
    values = {
        "photo": cover.alternative if cover and cover.alternative else "",
        "device": ", ".join([*devices, *([sheet.own_devices] if sheet.own_devices else [])]),
        "public": ", ".join(publics),
        "intention": sheet.intention,
        "did": "\n".join(f"{place}. {card.text}" for place, card in enumerate(sheet.cards.all(), 1)),
        "happened": sheet.happened,
        "watch_for": sheet.watch_for,
    }
    return [
        {
            "key": TELLING[question],
            "value": value,
            "url": f"{reverse('telling:question', args=[sheet.pk, question])}?depuis={back}",
        }
        for question, value in values.items()
    ]

"""Words of the reference lists, kept in the process: every page needs a few of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Device, DeviceFamily
from nuserus.directory.models import Category, Public
from nuserus.people.models import Trade

_KEY = "practices.labels"
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Labels:
    """Words by slug (categories by code), in the order of their lists.

    `family_of` gives the family of a device, `drawings` the pictogram of a family. Only devices of
    the catalogue are here: what is proposed is not public. `edition` changes when they are read again.
    """

    edition: str

    publics: dict[str, str]
    trades: dict[str, str]
    categories: dict[str, str]
    families: dict[str, str]
    drawings: dict[str, str]
    device_names: dict[str, str]
    family_of: dict[str, str]

    def families_of(self, devices: Iterable[str]) -> list[str]:
        """Slugs of the families of some devices, each once."""
        return list(dict.fromkeys(self.family_of[slug] for slug in devices if slug in self.family_of))

    def drawing_of(self, devices: Iterable[str]) -> str:
        """The pictogram that stands for some devices where there is no photo."""
        families = self.families_of(devices)
        return self.drawings[families[0]] if families else "autre"


_held: Labels | None = None


def labels() -> Labels:
    """The words of today's lists; read again every five minutes, and when the cache is emptied."""
    global _held  # noqa: PLW0603 (the point of this module: one copy in the process, no unpickling)
    cache = caches["local"]
    if _held is None or cache.get(_KEY) != _held.edition:
        _held = _read()
        cache.set(_KEY, _held.edition, _SECONDS)
    return _held


def _read() -> Labels:
    accepted = Device.objects.filter(status=DeviceStatus.ACCEPTED).order_by("name", "id")
    devices = list(accepted.values_list("slug", "name", "family__slug"))
    families = list(DeviceFamily.objects.values_list("slug", "label", "pictogram"))
    categories = Category.objects.values_list("code", "short", "label")
    return Labels(
        edition=secrets.token_hex(8),
        publics=dict(Public.objects.values_list("slug", "label")),
        trades=dict(Trade.objects.values_list("slug", "label")),
        categories={code: short or label for code, short, label in categories},
        families={slug: label for slug, label, _drawing in families},
        drawings={slug: drawing for slug, _label, drawing in families},
        device_names={slug: name for slug, name, _family in devices},
        family_of={slug: family for slug, _name, family in devices},
    )

"""Slugs of the lists: those that exist, and those a sheet already had."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nuserus.devices.queries import devices_to_choose_from
from nuserus.directory.models import Public
from nuserus.foundation.asking import Asking
from nuserus.people.models import Trade
from nuserus.practices.enums import FACETS, Contribution, Evidence
from nuserus.practices.enums.telling import MAX_CONTRIBUTORS

Fields = dict[str, Any]


def refuse_unknown_slugs(actor: Asking, question: str, fields: Fields, *, known: Fields) -> None:
    """Raise ValidationError when a choice is neither in its list nor already on the sheet (`known`)."""
    for name, values in _chosen(question, fields).items():
        before = known.get(name) or []
        new = set(values) - set(before if isinstance(before, list) else [before])
        if new and not new <= _existing(actor, name, new):
            raise ValidationError({name: _("Ce choix n’est pas dans la liste. Le reste est gardé.")})


def _chosen(question: str, fields: Fields) -> dict[str, list[str]]:
    """The answers that are choices, as lists."""
    chosen = {name: value for name, value in fields.items() if isinstance(value, list) and name != "shows_institution"}
    if question == "more" and fields.get("evidence"):
        chosen["evidence"] = [fields["evidence"]]
    if question == "names":
        kinds = (fields.get(f"contribution_{place}", "") for place in range(1, MAX_CONTRIBUTORS + 1))
        chosen["contributions"] = [kind for kind in kinds if kind]
    return chosen


def _existing(actor: Asking, name: str, slugs: Collection[str]) -> set[str]:
    if name == "devices":
        return set(devices_to_choose_from(actor).filter(slug__in=slugs).values_list("slug", flat=True))
    if name == "publics":
        return set(Public.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if name == "trades":
        return set(Trade.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if name == "evidence":
        return set(Evidence.values)
    if name == "contributions":
        return set(Contribution.values) - {Contribution.REVIEW}
    return set(FACETS.get(name, {}))

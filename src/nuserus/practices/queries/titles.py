"""A title made from the answers, in good French; the author may always write another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from nuserus.devices.models import Device
from nuserus.directory.models import Public
from nuserus.practices.models import Sheet

MAX_TITLE = 160
MAX_DID = 70
_NO_CAPITAL_LOSS = re.compile(r"^(?:[A-ZÀ-Ý]{2,}|[A-ZÀ-Ý]\d|[A-ZÀ-Ý][a-zà-ÿ]*[A-ZÀ-Ý])")
_CLAUSE_END = re.compile(r"[.;:!?…\n]|,\s")
_YOUNG = re.compile(r"^jeunes (?!majeurs|dont)", re.IGNORECASE)


def proposed_title(sheet: Sheet) -> str:
    """« Tablette avec des enfants autistes : l’enfant range les photos »; empty when nothing is known."""
    devices = dict(Device.objects.filter(slug__in=sheet.devices).values_list("slug", "name"))
    publics = dict(Public.objects.filter(slug__in=sheet.publics).values_list("slug", "label"))
    first = sheet.cards.order_by("position").first()
    return title_from(
        [devices[slug] for slug in sheet.devices if slug in devices] or [sheet.own_devices],
        [publics[slug] for slug in sheet.publics if slug in publics],
        first.text if first else "",
    )


def title_from(devices: Sequence[str], publics: Sequence[str], did: str) -> str:
    """The title of these device names, labels of publics and text of the first card.

    >>> title_from(["Tablette"], ["Enfants autistes"], "Nous photographions le car. Ensuite, on range.")
    'Tablette avec des enfants autistes\\xa0: nous photographions le car'
    """
    things = _joined([capital(name) if rank == 0 else small(name) for rank, name in enumerate(devices[:2]) if name])
    people = _joined([with_article(label) for label in publics[:2]])
    if things and people:
        start = _("%(device)s avec %(public)s") % {"device": things, "public": people}
    else:
        start = things or capital(people)
    end = first_clause(did)
    if start and end:
        return shortened(_("%(start)s : %(end)s") % {"start": start, "end": small(end)}, MAX_TITLE)
    return shortened(start or capital(end), MAX_TITLE)


def with_article(label: str) -> str:
    """A label of people after « avec ».

    >>> with_article("Enfants autistes"), with_article("Jeunes enfants et leurs familles")
    ('des enfants autistes', 'de jeunes enfants et leurs familles')
    """
    name = small(label)
    return ("de " if _YOUNG.match(name) else "des ") + name


def small(text: str) -> str:
    """The text with a small first letter, unless it begins with an acronym or a brand's odd capital."""
    return text if _NO_CAPITAL_LOSS.match(text) else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def first_clause(text: str) -> str:
    """The beginning of what was done, to the first pause that leaves something to read."""
    whole = " ".join(text.split())
    for pause in _CLAUSE_END.finditer(whole):
        if pause.start() >= 15:
            whole = whole[: pause.start()]
            break
    return shortened(whole.rstrip(" .;:!?…,"), MAX_DID)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between two words."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:") + "…"


def _joined(parts: list[str]) -> str:
    return _(" et ").join(parts)

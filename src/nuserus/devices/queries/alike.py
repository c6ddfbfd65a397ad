"""« Des lieux comme le nôtre » : what similar places have, with the numbers that anybody may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.devices.enums import OperatorSize, size_of
from nuserus.devices.queries.inventory import inventory_of
from nuserus.devices.queries.network import Counts, network_counts
from nuserus.devices.queries.pictures import Line, Picture, Words, pictures_of
from nuserus.devices.rules.blocks import NONE, THRESHOLD
from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking

# How many of the devices that the others have are named in the sentence.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who is compared with: the choice of dimensions, in words and in numbers."""

    chosen: dict[str, str]
    words: list[str]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Comparison:
    """The similar places, their devices with what we say of ours, and what we have that is not counted there."""

    likeness: Likeness
    picture: Picture | None
    only_here: list[str]


def likeness_of(institution: Institution) -> Likeness | None:
    """The places that are most like this one, among the descriptions that gather enough places; None without any."""
    for chosen, words in _descriptions(institution):
        counts = network_counts(chosen)
        if counts.places >= THRESHOLD and counts.total:
            return Likeness(chosen, words, counts)
    return None


def comparison_of(asking: Asking, institution: Institution) -> Comparison | None:
    """What similar places have beside what ours has; None when too few places are similar."""
    likeness = likeness_of(institution)
    if likeness is None:
        return None
    ours = {line.device.slug: line for line in inventory_of(asking, institution)}
    stages = {
        slug: _("chez vous : %(stage)s") % {"stage": line.get_stage_display() or _("degré non dit")}
        for slug, line in ours.items()
    }
    words = Words([likeness.counts])
    pictures = pictures_of(likeness.counts, likeness.chosen, words, stages)
    picture = next((picture for picture in pictures if picture.key == "device"), None)
    told = set(likeness.counts.by["device"])
    only_here = sorted({line.device.name for slug, line in ours.items() if slug not in told})
    if picture is not None:
        picture = replace(picture, finding=_finding(picture.lines, set(ours)), lines=_unlinked(picture.lines))
    return Comparison(likeness, picture, only_here)


def _descriptions(institution: Institution) -> Iterator[tuple[dict[str, str], list[str]]]:
    """From the narrowest to the widest; the same as those of the release (`actions.release_figures`)."""
    category = institution.category.code if institution.category else NONE
    kind = _("autre type de lieu")
    if institution.category:
        kind = _("type de lieu : %(kind)s") % {"kind": institution.kind}
    region = institution.department.region
    size, size_words = NONE, ""
    if institution.operator_id:
        alike = Institution.objects.filter(operator=institution.operator_id, closed_on=None)
        found = size_of(alike.count())
        size, size_words = found.value, _("organisme qui gère %(size)s") % {"size": OperatorSize(found).label}
    where = _("région : %(region)s") % {"region": region}
    if size_words:
        yield {"category": category, "region": region, "size": size}, [kind, where, size_words]
    yield {"category": category, "region": region}, [kind, where]
    if size_words:
        yield {"category": category, "size": size}, [kind, size_words]
    yield {"category": category}, [kind]
    yield {"region": region}, [where]


def _finding(lines: list[Line], ours: set[str]) -> str:
    missing = [line.label for line in lines if line.value not in ours]
    if not missing:
        return _("Vous avez tout ce que des lieux comme le vôtre montrent")
    return ngettext(
        "Ces lieux ont %(count)d matériel que vous n’avez pas : %(names)s",
        "Ces lieux ont %(count)d matériels que vous n’avez pas, d’abord : %(names)s",
        len(missing),
    ) % {"count": len(missing), "names": ", ".join(missing[:NAMED])}


def _unlinked(lines: list[Line]) -> list[Line]:
    """To the page of the device, where its sheets are."""
    return [replace(line, url=reverse("devices:device", args=[line.value])) for line in lines]

"""The pictures of the network: bars with their words, and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Device, DeviceFamily
from nuserus.devices.queries.network import Counts
from nuserus.devices.rules.blocks import NONE
from nuserus.directory.models import Category, Department, Operator

# More bars than this are a table.
LONGEST = 12
# The words of an address → the dimension that they choose.
PARAMETERS = {
    "famille": "family",
    "materiel": "device",
    "type": "category",
    "region": "region",
    "departement": "department",
    "organisme": "operator",
    "degre": "stage",
}
_DRAWINGS = {"category": "etablissement", "region": "lieu", "department": "lieu", "operator": "public"}
_STAGES = [*AppropriationStage.values, NONE, ""]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar, in percents of the widest; `look` is its pattern, `stage` its word."""

    look: str
    stage: str
    count: int
    x: float
    width: float

    @property
    def swatch(self) -> Segment:
        """The same look, filling the square of a legend."""
        return replace(self, x=0, width=100)


@dataclass(frozen=True, slots=True)
class Line:
    """A value and its number; `url` narrows the page to it, "" where it is narrowed already."""

    value: str
    label: str
    count: int
    percent: int
    segments: list[Segment]
    url: str = ""
    drawing: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it says in a sentence, its lines, and what cannot be told apart."""

    key: str
    heading: str
    finding: str
    lines: list[Line]
    total: int
    apart: int
    stacked: bool = False
    column: str = ""
    stages: list[Segment] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        return self.lines[:LONGEST]


class Words:
    """The words of the values: families, devices, kinds of place, departments, operators, stages."""

    def __init__(self, counts: Iterable[Counts]) -> None:
        """Reads the words of all the values of these counts; five queries."""
        listed = list(counts)

        def values(name: str) -> set[str]:
            return {value for count in listed for value in count.by[name]} - {NONE}

        families = DeviceFamily.objects.values_list("slug", "label", "pictogram", "position")
        self.families = {slug: label for slug, label, _drawing, _position in families}
        self.drawings = {slug: drawing for slug, _label, drawing, _position in families}
        self.devices = dict(Device.objects.filter(slug__in=values("device")).values_list("slug", "name"))
        categories = Category.objects.filter(code__in=values("category")).values_list("code", "short", "label")
        self.categories = {code: short or label for code, short, label in categories}
        departments = Department.objects.filter(code__in=values("department"))
        self.departments = {department.code: str(department) for department in departments}
        operators = Operator.objects.filter(pk__in=values("operator")).values_list("pk", "name")
        self.operators = {str(pk): name for pk, name in operators}

    def of(self, dimension: str, value: str) -> str:
        """The words of a value; the value itself where it left the lists."""
        if value == NONE:
            return {
                "category": _("autre type de lieu"),
                "operator": _("organisme non dit"),
                "stage": _("degré non dit"),
            }.get(dimension, _("non dit"))
        known: Mapping[str, str] = {
            "family": self.families,
            "device": self.devices,
            "category": self.categories,
            "department": self.departments,
            "operator": self.operators,
            "stage": {stage.value: str(stage.label) for stage in AppropriationStage},
        }.get(dimension, {})
        said = known.get(value, value)
        return said[:1].upper() + said[1:] if dimension == "family" else said

    def stage(self, value: str) -> str:
        """The words of a stage; "" is what cannot be told apart."""
        return self.of("stage", value) if value else _("degré pas montré")


def pictures_of(
    counts: Counts, chosen: Mapping[str, str], words: Words, more: Mapping[str, str] | None = None
) -> list[Picture]:
    """The pictures of a choice: devices and their stages, stages, kinds of place, where, who runs it.

    `more` says something more about a device, by its slug: "3 fiches".
    """
    found = []
    if "device" not in chosen:
        if "family" not in chosen:
            found.append(_stacked("family", _("Par famille de matériel"), counts, chosen, words))
        found.append(_stacked("device", _("Par matériel"), counts, chosen, words, more))
    if "stage" not in chosen:
        found.append(_of_stages(counts, words))
    for key, heading in (
        ("category", _("Par type de lieu")),
        ("region", _("Par région")),
        ("department", _("Par département")),
        ("operator", _("Par organisme gestionnaire")),
    ):
        if key not in chosen:
            found.append(_plain(key, heading, counts, chosen, words))
    return [picture for picture in found if picture.lines]


def _stacked(  # noqa: PLR0913, PLR0917 (one picture, its numbers and its words)
    key: str,
    heading: str,
    counts: Counts,
    chosen: Mapping[str, str],
    words: Words,
    more: Mapping[str, str] | None = None,
) -> Picture:
    ranked = _ranked(counts, key, words)
    widest = max((number for _value, number in ranked), default=1)
    lines = []
    for value, number in ranked:
        family = value if key == "family" else counts.family_of.get(value, "")
        segments = _segments(counts.stages_of(key, value), widest, words)
        lines.append(
            Line(
                value=value,
                label=words.of(key, value),
                count=number,
                percent=_percent(number, counts.total),
                segments=segments,
                url=_address(chosen, key, value),
                drawing=words.drawings.get(family, ""),
                more=(more or {}).get(value, ""),
            )
        )
    finding = _finding_of_things(key, lines, counts)
    stages = _segments(_all_stages(counts), counts.total or 1, words)
    return Picture(
        key, heading, finding, lines, counts.total, counts.apart[key], stacked=True, column=heading, stages=stages
    )


def _all_stages(counts: Counts) -> Mapping[str, int]:
    return {**counts.by["stage"], "": counts.apart["stage"]}


def _of_stages(counts: Counts, words: Words) -> Picture:
    numbers = _all_stages(counts)
    widest = max([*numbers.values(), 1])
    lines = []
    for stage in _STAGES:
        number = numbers.get(stage, 0)
        if number or stage in AppropriationStage.values:
            segment = Segment(_look(stage), words.stage(stage), number, 0, 100 * number / widest)
            percent = _percent(number, counts.total)
            lines.append(Line(stage, words.stage(stage), number, percent, [segment], drawing="parcours"))
    known = sum(numbers.get(stage, 0) for stage in AppropriationStage.values)
    settled = sum(numbers.get(stage, 0) for stage in (AppropriationStage.SETTLED, AppropriationStage.REINVENTED))
    finding = _("Le degré d’appropriation n’est pas encore dit")
    if known:
        finding = _("L’usage est installé ou réinventé dans %(settled)d relevés sur les %(known)d qui le disent") % {
            "settled": settled,
            "known": known,
        }
    # what is not told apart is one of the lines here
    return Picture(
        "stage", _("Par degré d’appropriation"), finding, lines if counts.total else [], counts.total, 0,
        column=_("Degré"),
    )  # fmt: skip


def _plain(key: str, heading: str, counts: Counts, chosen: Mapping[str, str], words: Words) -> Picture:
    ranked = _ranked(counts, key, words)
    widest = max((number for _value, number in ranked), default=1)
    lines = [
        Line(
            value=value,
            label=words.of(key, value),
            count=number,
            percent=_percent(number, counts.total),
            segments=[Segment("plain", "", number, 0, 100 * number / widest)],
            url=_address(chosen, key, value) if value != NONE else "",
            drawing=_DRAWINGS[key],
        )
        for value, number in ranked
    ]
    return Picture(
        key, heading, _finding_of_places(lines, counts), lines, counts.total, counts.apart[key], column=heading
    )


def _ranked(counts: Counts, key: str, words: Words) -> list[tuple[str, int]]:
    return sorted(counts.by[key].items(), key=lambda pair: (-pair[1], words.of(key, pair[0])))


def _finding_of_things(key: str, lines: list[Line], counts: Counts) -> str:
    if not lines:
        return ""
    first = lines[0]
    if len(lines) > 1 and lines[1].count == first.count:
        return _("Aucun matériel ne domine : les premiers ont %(count)d relevés chacun") % {"count": first.count}
    if key == "device":
        return ngettext(
            "Le plus répandu : %(name)s, dans %(count)d lieu",
            "Le plus répandu : %(name)s, dans %(count)d lieux",
            first.count,
        ) % {"name": first.label, "count": first.count}
    return _("La famille la plus répandue : %(name)s, %(percent)d %% des relevés") % {
        "name": first.label,
        "percent": first.percent,
    }


def _finding_of_places(lines: list[Line], counts: Counts) -> str:
    if not lines:
        return ""
    first = lines[0]
    if len(lines) > 1 and lines[1].count == first.count:
        return _("Les premiers ont autant de relevés : %(count)d chacun") % {"count": first.count}
    return ngettext(
        "%(name)s : %(count)d relevé sur %(total)d",
        "%(name)s : %(count)d relevés sur %(total)d",
        first.count,
    ) % {"name": first.label, "count": first.count, "total": counts.total}


def _segments(numbers: Mapping[str, int], widest: int, words: Words) -> list[Segment]:
    segments: list[Segment] = []
    x = 0.0
    for stage in _STAGES:
        if number := numbers.get(stage, 0):
            width = 100 * number / widest
            segments.append(Segment(_look(stage), words.stage(stage), number, round(x, 2), round(width, 2)))
            x += width
    return segments


def _look(stage: str) -> str:
    return {NONE: "unsaid", "": "unsaid"}.get(stage, stage)


def _percent(number: int, total: int) -> int:
    return round(100 * number / total) if total else 0


def _address(chosen: Mapping[str, str], dimension: str, value: str) -> str:
    """The query that adds a value to the choice."""
    names = {dimension: name for name, dimension in PARAMETERS.items()}
    values = {**chosen, dimension: value}
    return "?" + urlencode({names[key]: said for key, said in values.items() if key in names})

"""Gathering what is not public into numbers that may be shown, once a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import connections
from django.utils import timezone

from nuserus.devices.enums import STAGE_ORDER, DeviceStatus, size_of
from nuserus.devices.models import Deployment, NetworkBlock
from nuserus.devices.rules.blocks import DIMENSIONS, NONE, OF_PLACES, Block, Crowd, Told, blocks_of
from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level

EVERY = timedelta(days=6, hours=12)
# One release at a time, whichever process asks.
_LOCK = 7_284_113

_Where = tuple[str, ...]
# (place, device) → level, family, stage
_Lines = dict[tuple[UUID, str], tuple[str, str, str]]


def release_figures(*, only_if_due: bool = True) -> int:
    """Gather the lines that are not public and replace what was shown of them. Returns how many blocks there are.

    All at once: readers see the numbers of before or those of after. Nothing is done when the last
    release is less than a week old, unless asked.
    """
    with as_system("gather the numbers of the network"):
        with connections["system"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = NetworkBlock.objects.order_by("-released_at").values_list("released_at", flat=True).first()
        if only_if_due and last is not None and timezone.now() - last < EVERY:
            return NetworkBlock.objects.count()
        where = _places()
        crowd = Crowd(Counter(where.values()))
        lines = {key: said for key, said in _lines().items() if key[0] in where}
        rows = [
            *_rows(_of_devices(lines, where), crowd, of_places=False),
            *_rows(_of_places(lines, where), crowd, of_places=True),
        ]
        NetworkBlock.objects.all().delete()
        NetworkBlock.objects.bulk_create(rows)
        return len(rows)


def _places() -> dict[UUID, _Where]:
    """Where each open place is, as the directory says it to anybody."""
    open_places = Institution.objects.filter(closed_on=None).order_by()
    rows = list(
        open_places.values_list("pk", "category__code", "department__region", "department__code", "operator_id")
    )
    sizes = Counter(operator for *_rest, operator in rows if operator)
    return {
        place: (
            category or NONE,
            region,
            department,
            size_of(sizes[operator]).value if operator else NONE,
            str(operator) if operator else NONE,
        )
        for place, category, region, department, operator in rows
    }


def _lines() -> _Lines:
    """Each device of each place once: at its most open level, at its furthest stage of that level."""
    found: _Lines = {}
    order = {level: rank for rank, level in enumerate((Level.INSTITUTION, Level.NETWORK, Level.PUBLIC))}
    rank = {stage: position for position, stage in enumerate(STAGE_ORDER)}
    rows = Deployment.objects.filter(device__status=DeviceStatus.ACCEPTED).order_by()
    for place, device, family, level, stage in rows.values_list(
        "institution_id", "device__slug", "device__family__slug", "scope_level", "stage"
    ).iterator(5000):
        known = found.get((place, device))
        if known is None or (order[Level(level)], rank[stage]) > (order[Level(known[0])], rank[known[2]]):
            found[place, device] = (level, family, stage)
    return found


_Levelled = list[tuple[str, Told]]


def _of_devices(lines: _Lines, where: dict[UUID, _Where]) -> _Levelled:
    return [
        (level, Told(place, _at(where[place], family=family, device=device, stage=stage or NONE)))
        for (place, device), (level, family, stage) in lines.items()
    ]


def _of_places(lines: _Lines, where: dict[UUID, _Where]) -> _Levelled:
    """Each place that says anything once, at the most open level that it uses."""
    order = (Level.PUBLIC, Level.NETWORK, Level.INSTITUTION)
    most_open: dict[UUID, str] = {}
    for level in order:
        for (place, _device), said in lines.items():
            if said[0] == level:
                most_open.setdefault(place, level)
    return [
        (level, Told(place, _at(where[place], family=NONE, device=NONE, stage=NONE)))
        for place, level in most_open.items()
    ]


def _at(where: _Where, **said: str) -> tuple[str, ...]:
    values = dict(zip(OF_PLACES, where, strict=True)) | said
    return tuple(values[name] for name in DIMENSIONS)


def _rows(levelled: _Levelled, crowd: Crowd, *, of_places: bool) -> Iterable[NetworkBlock]:
    """What is told of each level that is not public, to a reader who may know all the more open ones."""
    by_level: dict[str, list[Told]] = {level: [] for level in (Level.PUBLIC, Level.NETWORK, Level.INSTITUTION)}
    for level, told in levelled:
        by_level[level].append(told)
    public, network = by_level[Level.PUBLIC], by_level[Level.NETWORK]
    for block in blocks_of(network, crowd=crowd, known=public):
        yield _row(block, of_places=of_places)
    for block in blocks_of(by_level[Level.INSTITUTION], crowd=crowd, known=[*public, *network]):
        yield _row(block, of_places=of_places)


def _row(block: Block, *, of_places: bool) -> NetworkBlock:
    said = {name: value or "" for name, value in zip(DIMENSIONS, block.at, strict=True)}
    return NetworkBlock(of_places=of_places, count=block.count, **said)

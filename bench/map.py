"""The map of a country: clusters at every zoom beside the bare SQL, pages of the list, weight of the first view."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

from bench.instance import Bench
from bench.serving import served
from bench.tables import copy_rows, loading
from bench.timing import Report, Timer, alternate_over, milliseconds, verdict
from bench.weight import opened

POINTS = 105_000
ZOOMS = tuple(range(3, 19))
PLACES = 12  # parts of the country that are looked at, for each zoom
RUNS = 4
LIMIT = 3.0
WEIGHT = 200_000
SCREEN = (1_180, 672)  # pixels of the map on a wide screen, the costlier one

# What one would write by hand over the very columns of the search: groups, then the names of what stands alone.
GROUPS = """
SELECT east >> %(shift)s, south >> %(shift)s, count(*), sum(east), sum(south), max(number) FROM directory_spot
WHERE is_open AND east BETWEEN %(west)s AND %(east)s AND south BETWEEN %(north)s AND %(south)s
GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1500
"""
NAMES = "SELECT number, id, kind, name FROM directory_spot WHERE number = ANY (%s)"


def measure(bench: Bench, report: Report) -> None:
    """Fill the directory once, then time both sides in turn."""
    report.title("Map of the country")
    rng = Random(20_261_121)
    with Timer() as filled:
        count = _fill(bench, rng)
    with Timer() as refreshed:
        _refresh(bench)
    report.say(
        f"{count:,} institutions; rows in {filled.seconds:.0f} s, what is searched in {refreshed.seconds:.1f} s."
    )
    report.say("")
    _clusters(report, rng)
    _pages(report)
    _first_view(report)


def _fill(bench: Bench, rng: Random) -> int:
    from nuserus.directory.models import Institution
    from nuserus.foundation.asking import as_system

    with as_system("measure", recorded=False):
        missing = POINTS - Institution.objects.filter(latitude__isnull=False).count()
        rows = list(_rows(rng, missing)) if missing > 0 else []
    with loading(bench.superuser_url) as connection:
        copy_rows(connection, rows)
    return POINTS


def _rows(rng: Random, count: int) -> Iterator[Any]:
    from nuserus.directory.models import Category, Department, Institution, Town

    towns = list(Town.objects.order_by("geonames_id"))
    weights = [town.population for town in towns]
    categories = list(Category.objects.filter(domain="SOC").order_by("code"))
    shares = [1 / (rank + 1) for rank in range(len(categories))]
    by_region: dict[str, list[UUID]] = {}
    for department in Department.objects.order_by("code"):
        by_region.setdefault(department.region, []).append(department.pk)
    words = ("LES", "TILLEULS", "SAINT", "JEAN", "LA", "MAISON", "DU", "PARC", "VAL", "BEAU", "SEJOUR", "RIVE")
    for rank, town in enumerate(rng.choices(towns, weights, k=count)):
        category = rng.choices(categories, shares)[0]
        name = f"{category} {' '.join(rng.sample(words, 3))} {rank}"
        yield Institution(
            name=name[:200],
            folded=name[:200].lower(),
            slug=f"mesure-{rank}",
            category_id=category.pk,
            department_id=rng.choice(by_region[town.region]),
            town_name=town.name[:80],
            town_folded=town.folded[:80],
            latitude=town.latitude + rng.gauss(0, 0.02),
            longitude=town.longitude + rng.gauss(0, 0.02),
            precision="street",
            register_name=name[:200],
        )


def _refresh(bench: Bench) -> None:
    import psycopg

    with psycopg.connect(bench.superuser_url, autocommit=True) as connection:
        connection.execute("SELECT nuserus_spots_refresh()")
        connection.execute("VACUUM (FREEZE, ANALYZE) directory_institution")
        connection.execute("VACUUM (FREEZE, ANALYZE) directory_spot")


def _clusters(report: Report, rng: Random) -> None:
    from django.db import connection

    from nuserus.directory.queries.clusters import FINER
    from nuserus.directory.queries.finding import Wanted
    from nuserus.directory.queries.squares import BITS, Box
    from nuserus.directory.views.finding import points_reply
    from nuserus.foundation.asking import acting_as

    def product(box: Box) -> str:
        return json.dumps(points_reply(Wanted(), box, zoom), separators=(",", ":"), ensure_ascii=False)

    def bare(box: Box) -> list[Any]:
        values = {"shift": BITS - zoom - FINER, "west": box.west, "east": box.east}
        with connection.cursor() as cursor:
            cursor.execute(GROUPS, values | {"north": box.north, "south": box.south})
            cells = cursor.fetchall()
            cursor.execute(NAMES, [[cell[5] for cell in cells if cell[2] == 1]])
            return [*cells, *cursor.fetchall()]

    report.say(
        f"A wide screen ({SCREEN[0]} × {SCREEN[1]} px) over {PLACES} parts of the country, {RUNS} times each, in turn, "
        "one connection; ms. Product: groups, names of what stands alone, towns, written as JSON. Bare: two statements."
    )
    report.say("")
    table = []
    with acting_as(None):
        boxes = _centres(rng)
        for zoom in ZOOMS:
            seen = [_screen(centre, zoom) for centre in boxes]
            ours, theirs = alternate_over(seen, RUNS, product=product, bare=bare)
            kilobytes = max(len(product(box).encode()) for box in seen) / 1000
            table.append(
                (
                    str(zoom),
                    *(milliseconds(value) for value in (ours.median, theirs.median, ours.p95, theirs.p95)),
                    f"{kilobytes:.1f}",
                    verdict(ours.p95 / theirs.p95, LIMIT),
                )
            )
    report.table(("zoom", "p50", "bare p50", "p95", "bare p95", "kB at most", "ratio of p95"), table)
    report.say("")


def _centres(rng: Random) -> list[tuple[int, int]]:
    from nuserus.directory.models import Town
    from nuserus.directory.queries.squares import east_of, south_of

    towns = list(Town.objects.order_by("-population")[:400])
    return [(east_of(town.longitude), south_of(town.latitude)) for town in [towns[0], *rng.sample(towns, PLACES - 1)]]


def _screen(centre: tuple[int, int], zoom: int) -> Any:
    from nuserus.directory.queries.squares import SIDE, Box

    step = SIDE / (256 * 2**zoom)
    across, down = (math.ceil(pixels * step / 2) for pixels in SCREEN)
    most = SIDE - 1
    return Box(
        max(0, centre[0] - across),
        max(0, centre[1] - down),
        min(most, centre[0] + across),
        min(most, centre[1] + down),
    )


def _pages(report: Report) -> None:
    """The page of a list, the first and one from the middle, by what was asked."""
    from nuserus.directory.models import Category, Department, Spot
    from nuserus.directory.queries.finding import Wanted, one_page, things_of
    from nuserus.foundation.asking import acting_as

    with acting_as(None):
        middle = Spot.objects.order_by("folded", "id")[POINTS // 2 : POINTS // 2 + 1].get().pk
        asked = {
            "nothing": (Wanted(), None),
            "nothing, from the middle": (Wanted(), middle),
            "a word that few have": (Wanted(text="avignon"), None),
            "two words that many have": (Wanted(text="saint jean"), None),
            "a department": (Wanted(department=Department.objects.get(code="59")), None),
            "a kind": (Wanted(category=Category.objects.get(code="500")), None),
            "a public": (Wanted(text="parc", department=Department.objects.get(code="13")), middle),
        }
        table = []
        for name, (wanted, after) in asked.items():
            (sample,) = alternate_over(
                [wanted], 30, page=lambda one, after=after: things_of(one_page(one, after=after).spots)
            )
            table.append((name, str(one_page(wanted).count), milliseconds(sample.median), milliseconds(sample.p95)))
    report.say("Twenty of the list with their number, as the page asks them; ms.")
    report.say("")
    report.table(("asked", "found", "p50", "p95"), table)
    report.say("")


def _first_view(report: Report) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        report.say("Weight not measured: there is no Chromium.")
        return
    with served() as port:
        weight = opened(browser, port, "/carte/")
    kinds = sorted(weight.kinds)
    report.say("First view of the map on a phone, empty cache, everything counted; kB of 1,000 bytes.")
    report.say("")
    report.table(
        (*kinds, "total", "limit", "other hosts"),
        [
            (
                *(f"{weight.kinds[kind] / 1000:.1f}" for kind in kinds),
                f"{weight.total / 1000:.1f}",
                "ok" if weight.total <= WEIGHT else "MISSED",
                ", ".join(sorted(weight.elsewhere)) or "none",
            )
        ],
    )

"""The application beside the bare statement: search, facets, autocomplete, publishing."""

from __future__ import annotations

import json
from typing import Any

from bench.asked import PREFIXES, Query, queries
from bench.instance import Bench
from bench.people import some_lists
from bench.publishing import measure_publishing
from bench.sides import Sides, Statement, two_sides
from bench.timing import Report, Sample, alternate_over, milliseconds

RUNS = 3

# What one would write first: every match ranked, no scope, no second attempt, no bound.
BARE_SEARCH = """
SELECT e.object_id, count(*) OVER () FROM search_entry e
WHERE e.kind = 'sheet' AND e.vector @@ %(asked)s::tsquery {narrow}
ORDER BY ts_rank_cd(e.vector, %(asked)s::tsquery) DESC, e.id LIMIT 20"""
BARE_FACETS = """
SELECT f, count(*) FROM search_entry e, unnest(e.facets) AS f
WHERE e.kind = 'sheet' AND e.vector @@ %(asked)s::tsquery {narrow} GROUP BY f"""
BARE_SUGGEST = """
SELECT display, public_count FROM search_vocabularyword
WHERE folded ~>=~ %(typed)s AND folded ~<~ (%(typed)s || chr(1114111)) ORDER BY 2 DESC LIMIT 8"""


def measure(bench: Bench, report: Report) -> None:
    """Each product function in turn with the statement that does the least."""
    report.title("Application beside the bare SQL statement")
    with two_sides(None) as sides:
        asked = queries(*some_lists())
        report.say(
            f"{len(asked)} queries, {RUNS} times each, a visitor asks; the bare statement runs as the owner, with the "
            "stems already computed. Durations in ms."
        )
        report.say("")
        rows = [
            _row("search: ids and total", *_search(sides, asked)),
            _row("result page: ids, total, facets, sheets", *_page(sides, asked)),
            _row("facet counts", *_facets(sides, asked)),
            _row("autocomplete", *_autocomplete(sides)),
        ]
    rows.append(_row("publish a sheet (committed, fsync)", *measure_publishing(bench)))
    report.table(("what", "product p50", "bare p50", "product p95", "bare p95", "ratio of medians"), rows)


def _row(what: str, product: Sample, bare: Sample) -> list[str]:
    durations = [milliseconds(value) for value in (product.median, bare.median, product.p95, bare.p95)]
    return [what, *durations, f"{product.median / bare.median:.2f}"]


def _search(sides: Sides, asked: list[Query]) -> list[Sample]:
    from nuserus.search.queries.search import search

    return alternate_over(
        [(query, _bare(BARE_SEARCH, query)) for query in asked],
        RUNS,
        product=lambda pair: search(sides.asking, *pair[0], count_facets=False),
        bare=lambda pair: sides.owner(pair[1]),
    )


def _page(sides: Sides, asked: list[Query]) -> list[Sample]:
    from nuserus.practices.queries.found import find_sheets

    return alternate_over(
        [(query, _bare(BARE_SEARCH, query)) for query in asked],
        RUNS,
        product=lambda pair: find_sheets(sides.asking, *pair[0], 1),
        bare=lambda pair: sides.owner(pair[1]),
    )


def _facets(sides: Sides, asked: list[Query]) -> list[Sample]:
    return alternate_over(
        [(_product_facets(query), _bare(BARE_FACETS, query)) for query in asked],
        RUNS,
        product=lambda pair: sides.app(pair[0]),
        bare=lambda pair: sides.owner(pair[1]),
    )


def _autocomplete(sides: Sides) -> list[Sample]:
    from nuserus.search.queries.suggestions import suggest
    from nuserus_analysis.text import fold

    return alternate_over(
        [(prefix, (BARE_SUGGEST, {"typed": fold(prefix)})) for prefix in PREFIXES],
        RUNS * 4,
        product=lambda pair: suggest(sides.asking, pair[0]),
        bare=lambda pair: sides.owner(pair[1]),
    )


def _asked(text: str) -> str:
    from nuserus.search.queries.lexemes import ts_all
    from nuserus.search.queries.synonyms import wordings
    from nuserus_analysis.text import tokens_for_query

    return ts_all(tokens_for_query(text, synonyms=wordings().table).groups)


def _product_facets(query: Query) -> Statement:
    text, chosen = query
    return "SELECT * FROM nuserus_search_facets(%s, %s, %s)", [_asked(text), ["sheet"], json.dumps(_named(chosen))]


def _bare(sql: str, query: Query) -> Statement:
    text, chosen = query
    values: dict[str, Any] = {"asked": _asked(text)}
    narrow = ""
    for rank, group in enumerate(_named(chosen)):
        narrow += f" AND e.facets && %(facets{rank})s::text[]"
        values[f"facets{rank}"] = group
    return sql.format(narrow=narrow), values


def _named(chosen: dict[str, list[str]]) -> list[list[str]]:
    return [[f"{group}:{value}" for value in values] for group, values in chosen.items()]

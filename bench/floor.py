"""Cost of the floor: the same SQL as the application, for whom policies filter rows, and as the owner."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bench.asked import Query, queries
from bench.instance import Bench
from bench.people import one_member, some_lists, some_sheets
from bench.sides import Sides, Statement, bare, captured, two_sides
from bench.timing import Report, alternate_over, milliseconds, verdict

RUNS = 300
LIMIT = 1.3
COUNTING_LIMIT = 2.0


def measure(bench: Bench, report: Report) -> None:
    """A visitor, then a member on many missions: list of 20, one sheet, search, facet counts."""
    report.title("Cost of the floor")
    report.say(f"Medians in ms over {RUNS} runs of each statement, the two roles in turn, one warm connection each.")
    report.say("")
    member = one_member()
    # who comes first would pay for what both connections learn: the first round counts for nothing
    for _round in range(2):
        rows = _rows(member)
    report.table(("who asks", "statement", "app p50", "owner p50", "app p95", "owner p95", "ratio of medians"), rows)


def _rows(member: UUID) -> list[list[str]]:
    from nuserus.practices.queries.sheets import latest_sheets

    rows = []
    for name, user_id in (("visitor", None), ("member", member)):
        with two_sides(user_id) as sides:
            listed = captured(lambda: latest_sheets(sides.asking, 20))[:1]
            rows.append(_compare(name, "list of 20", sides, listed, LIMIT))
            rows.append(_compare(name, "one sheet", sides, _readings(sides), LIMIT))
            rows.append(_compare(name, "search", sides, _searches(sides, counted=False), LIMIT))
            rows.append(_compare(name, "facet counts", sides, _searches(sides, counted=True), COUNTING_LIMIT))
    return rows


def _compare(who: str, what: str, sides: Sides, statements: Sequence[Statement], limit: float) -> list[str]:
    runs = max(1, RUNS // len(statements))
    app, owner = alternate_over(
        [(statement, bare(statement)) for statement in statements],
        runs,
        app=lambda pair: sides.app(pair[0]),
        owner=lambda pair: sides.owner(pair[1]),
    )
    durations = [milliseconds(value) for value in (app.median, owner.median, app.p95, owner.p95)]
    return [who, what, *durations, verdict(app.median / owner.median, limit)]


def _readings(sides: Sides) -> list[Statement]:
    from nuserus.practices.queries.sheets import sheet_for_reading

    ids: list[UUID] = some_sheets(50)
    return [captured(lambda: sheet_for_reading(sides.asking, one))[0] for one in ids]  # noqa: B023 (as above)


def _searches(sides: Sides, *, counted: bool) -> list[Statement]:
    """The last search statement of each query, or its count of facets."""
    from nuserus.search.queries.search import search

    name = "nuserus_search_facets(" if counted else "nuserus_search("
    found = []
    for text, chosen in _some(queries(*some_lists())):
        sent = captured(lambda: search(sides.asking, text, chosen, kinds=("sheet", "generated")))  # noqa: B023
        found.append([statement for statement in sent if name in statement[0]][-1])
    return found


def _some(asked: list[Query]) -> list[Query]:
    return asked[::4]

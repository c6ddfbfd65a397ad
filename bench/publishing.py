"""Publishing: the real action, index and history included, beside the bare writes; both committed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections, transaction

from bench.instance import Bench
from bench.timing import Sample, alternate_over

PAIRS = 60
WARM = 3


def measure_publishing(bench: Bench) -> list[Sample]:
    """Publish sheets that wait for a review, half of them by the action, half by bare statements."""
    waiting = _complete_sheets(bench, 2 * (PAIRS + WARM))
    pairs = list(zip(waiting[::2], [_prepared(sheet) for sheet, _ in waiting[1::2]], strict=True))
    for pair in pairs[:WARM]:
        _publish(*pair[0])
        _write(pair[1])
    # a sheet is published only once, so the warm-up has sheets of its own
    return alternate_over(
        pairs[WARM:],
        1,
        warm_up=False,
        product=lambda pair: _publish(*pair[0]),
        bare=lambda pair: _write(pair[1]),
    )


def _complete_sheets(bench: Bench, count: int) -> list[tuple[UUID, UUID]]:
    """Ids of sheets and of their authors; what lacked for publication is filled in."""
    from nuserus.practices.enums import ETHICS

    ethics = json.dumps(dict.fromkeys(ETHICS, "Oui, demandé à la personne."))
    with psycopg.connect(bench.superuser_url) as connection:
        rows = connection.execute(
            "UPDATE practices_sheet SET status = 'in_review', ethics = %s WHERE id IN ("
            "SELECT s.id FROM practices_sheet s WHERE status <> 'published' AND 2 <= (SELECT count(*) FROM "
            "practices_sheet p WHERE p.author_id = s.author_id AND p.status = 'published') "
            "ORDER BY md5(s.id::text) LIMIT %s) "
            "RETURNING id, author_id",
            [ethics, count],
        ).fetchall()
    return [(row[0], row[1]) for row in rows]


def _publish(sheet_id: UUID, author: UUID) -> None:
    from nuserus.foundation.asking import acting_as
    from nuserus.practices.actions.publish import publish_own_sheet
    from nuserus.practices.models import Sheet

    with acting_as(author) as actor:
        publish_own_sheet(actor=actor, sheet=Sheet.objects.get(pk=sheet_id))


def _prepared(sheet_id: UUID) -> dict[str, Any]:
    """Values of the bare statements, computed beforehand."""
    from nuserus.foundation.asking import as_system
    from nuserus.foundation.models.base import new_id
    from nuserus.practices.enums import SheetStatus
    from nuserus.practices.queries.documents import sheet_document, sheets_to_index
    from nuserus.search.queries.analysed import analysed

    with as_system("prepare a measurement"):
        sheet = sheets_to_index().get(pk=sheet_id)
        sheet.status = SheetStatus.PUBLISHED
        document = sheet_document(sheet)
    assert document is not None
    read = analysed(document)
    return {
        "sheet": sheet_id,
        "author": sheet.author_id,
        "event": new_id(),
        "audit": new_id(),
        "entry": new_id(),
        "title": read.title,
        "head": read.head,
        "vector": read.vector,
        "facets": read.facets,
        "words": sorted(read.words),
    }


_STATEMENTS = (
    "UPDATE practices_sheet SET status = 'published', scope_level = 'public', version = 1, published_at = now(), "
    "review_date = current_date + 365, changed_at = now() WHERE id = %(sheet)s",
    "INSERT INTO practices_sheetevent (id, scope_level, scope_author, scope_mission, sheet_id, kind, actor_id, at, "
    "reason, version) VALUES (%(event)s, 'restricted', %(author)s, %(sheet)s, %(sheet)s, 'published', %(author)s, "
    "now(), '', 1)",
    "INSERT INTO foundation_auditevent (id, at, transaction_id, actor_id, action, object_id, salt, commitment) VALUES "
    "(%(audit)s, now(), pg_current_xact_id()::text::bigint, %(author)s, 'sheet published', %(sheet)s, '', '')",
    "INSERT INTO search_entry (id, scope_level, scope_author, scope_mission, kind, object_id, title, head, vector, "
    "facets, words, published_at, step, trials, stale) VALUES (%(entry)s, 'public', %(author)s, %(sheet)s, 'sheet', "
    "%(sheet)s, %(title)s, %(head)s, %(vector)s, %(facets)s, %(words)s, now(), 1, 0, false)",
    "UPDATE search_vocabularyword SET public_count = public_count + 1 WHERE folded = ANY (%(words)s)",
)


def _write(prepared: dict[str, Any]) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, prepared)

"""A fingerprint of everything that somebody reads on the page of a published sheet.

Two equal fingerprints mean the same page: it is made of the rows themselves, as the database lets
this reader read them now. So a page kept in memory is never older than what is committed, and a
sheet taken back is gone at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, router
from django.utils import timezone

from nuserus.practices.models import Sheet

_STATE = """
WITH me AS (SELECT * FROM practices_sheet WHERE id = %(sheet)s AND status = 'published'),
kin AS (
  SELECT s.id, s.title, s.status, s.adapted_from_id, s.shows_institution, s.institution_id, s.published_at
  FROM practices_sheet s JOIN me ON s.family = me.family),
near AS (
  SELECT id, title, status, shows_institution, institution_id FROM practices_sheet WHERE id = ANY(%(near)s)),
tried AS (SELECT * FROM practices_trial WHERE sheet_id = %(sheet)s)
SELECT md5(concat_ws(E'\\x1f',
  me::text,
  -- what is stale says for how many months: another day, another page
  CASE WHEN me.is_stale THEN %(today)s END,
  (SELECT string_agg(v::text, E'\\x1e') FROM practices_sheetversion v
    WHERE v.sheet_id = me.id AND v.number = me.version),
  (SELECT string_agg(r::text, E'\\x1e' ORDER BY r.id) FROM practices_plainreview r
    WHERE r.sheet_id = me.id AND r.text = me.simple_version),
  (SELECT string_agg(c::text, E'\\x1e' ORDER BY c.id) FROM practices_card c WHERE c.sheet_id = me.id),
  (SELECT string_agg(p::text, E'\\x1e' ORDER BY p.id) FROM practices_picture p WHERE p.sheet_id = me.id),
  (SELECT string_agg(w::text, E'\\x1e' ORDER BY w.id) FROM practices_contributor w
    WHERE w.sheet_id IN (me.id, me.adapted_from_id)),
  (SELECT string_agg(e::text, E'\\x1e' ORDER BY e.id) FROM practices_evaluation e WHERE e.sheet_id = me.id),
  (SELECT string_agg(t::text, E'\\x1e' ORDER BY t.id) FROM tried t),
  (SELECT string_agg(k::text, E'\\x1e' ORDER BY k.id) FROM kin k),
  (SELECT string_agg(a::text, E'\\x1e' ORDER BY a.id) FROM practices_absentsheet a WHERE a.family = me.family),
  (SELECT string_agg(n::text, E'\\x1e' ORDER BY n.id) FROM near n),
  (SELECT string_agg(i::text, E'\\x1e' ORDER BY i.id) FROM directory_institution i WHERE i.id IN (
    SELECT me.institution_id UNION SELECT institution_id FROM kin
    UNION SELECT institution_id FROM tried UNION SELECT institution_id FROM near))
)),
  coalesce(me.scope_author = nuserus_user() OR me.scope_mission = ANY (nuserus_ids('missions'))
    OR EXISTS (SELECT 1 FROM tried t WHERE t.author_id = nuserus_user()), false)
FROM me
"""


@dataclass(frozen=True, slots=True)
class PageState:
    """The fingerprint of a page; `own`: its reader is named on the sheet or reported a trial of it."""

    fingerprint: str
    own: bool


def page_state(sheet_id: UUID, near: Sequence[UUID]) -> PageState | None:
    """The state of a published sheet with its related ones (`near`, in order); None if hidden."""
    with connections[router.db_for_read(Sheet)].cursor() as cursor:
        cursor.execute(_STATE, {"sheet": sheet_id, "near": list(near), "today": str(timezone.localdate())})
        row = cursor.fetchone()
    return PageState(f"{row[0]}{''.join(one.hex for one in near)}", row[1]) if row else None

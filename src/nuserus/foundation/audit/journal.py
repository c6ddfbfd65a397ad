"""Writing in the journal."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.db import connections, router

from nuserus.foundation.models.audit import AuditEvent
from nuserus.foundation.models.base import new_id


def commitment_to(content: str, salt: bytes) -> bytes:
    """SHA-256 of salt and content: proves what was there to who has both, says nothing otherwise."""
    return hashlib.sha256(salt + content.encode("utf-8", "surrogatepass")).digest()


def record(
    action: str,
    *,
    actor: UUID | None,
    object_id: UUID | None = None,
    content: str = "",
) -> None:
    """Write an event in the caller's transaction: it exists exactly when what it tells was done.

    `action` is a verb and its object in English, at most 120 characters; `content` is never kept,
    only committed to.
    """
    salt = secrets.token_bytes(16)
    values = [new_id(), actor, action[:120], object_id, salt, commitment_to(content, salt)]
    with connections[router.db_for_write(AuditEvent)].cursor() as cursor:
        cursor.execute("SELECT nuserus_record(%s, %s, %s, %s, %s, %s)", values)

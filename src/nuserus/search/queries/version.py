"""Whether what was found before would be found again."""

from __future__ import annotations

from django.db import connections, router

from nuserus.search.models import IndexVersion


def index_version() -> int:
    """The version of the index and the synonyms, as committed; another one after each change.

    Read it before you search: what is found may then be kept under it. Versions have no order.
    """
    with connections[router.db_for_read(IndexVersion)].cursor() as cursor:
        cursor.execute("SELECT version FROM search_indexversion")
        (version,) = cursor.fetchone()
    return int(version)

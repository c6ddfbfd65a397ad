"""What points at the objects of the directory, wherever it is kept: such an object is not taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from nuserus.directory.models import DuplicateProposal, Import, ImportChange
from nuserus.foundation.models import Scoped

# What only tells of an import goes with what it created.
_OURS = {model._meta.db_table for model in (Import, ImportChange, DuplicateProposal)}
_BY_SCOPE = ("directory_institution", "scope_institution")


def pointing_at(table: str) -> Iterator[tuple[str, str]]:
    """(table, column) of everything that may hold the id of a row of `table`."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if not meta.managed or meta.db_table in _OURS:
            continue
        for field in meta.local_fields:
            if isinstance(field, ForeignKey) and _points_at(field, table):
                yield meta.db_table, str(field.column)
        if table == _BY_SCOPE[0] and issubclass(model, Scoped):
            yield meta.db_table, _BY_SCOPE[1]


def _points_at(field: Any, table: str) -> bool:
    related = field.related_model
    return not isinstance(field, ManyToManyField) and related is not None and related._meta.db_table == table

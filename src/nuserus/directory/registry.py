"""What the apps above keep about institutions, and that a change of the directory has to reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise

Found = tuple[str, UUID]
Finder = Callable[[Sequence[UUID]], Iterator[Found]]

_finders: list[Finder] = []


def register_dependents(finder: Finder) -> None:
    """Let what the index says of these objects follow their institution. Called from `AppConfig.ready`.

    `finder` gives (kind of the index, id) of all that tells of one of these institutions.
    """
    _finders.append(finder)


def dependents_of(institutions: Sequence[UUID]) -> Iterator[Found]:
    """Everything that tells of one of these institutions, as the index names it."""
    for finder in _finders:
        yield from finder(institutions)


@dataclass(frozen=True, slots=True)
class Follower:
    """Rows that hang on an institution and go with it when it turns out to be another one.

    `columns` hold the id of the institution; `label` names the rows where a moderator is told how
    many there are. `before` is SQL, with %(kept)s and %(gone)s, for rows that both places have and
    that only one can.
    """

    model: str
    columns: tuple[str, ...]
    label: str | Promise
    before: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table of the rows."""
        return str(apps.get_model(self.model)._meta.db_table)


_followers: dict[str, Follower] = {}


def register_follower(
    model: str,
    *columns: str,
    label: str | Promise = "",
    before: Sequence[str] = (),
) -> None:
    """Let rows of a model follow their institution when it is merged with another. Called from `AppConfig.ready`.

    Without `columns`: `scope_institution`. A row whose scope the database copies from another one is
    registered as well, after that one. Raises ValueError when the model is registered already.
    """
    if model in _followers:
        raise ValueError(f"{model} follows its institution already")
    _followers[model] = Follower(model, columns or ("scope_institution",), label, tuple(before))


def followers() -> list[Follower]:
    """Everything that hangs on institutions, in the order in which it was declared."""
    return list(_followers.values())


def columns_about_institutions(model: type[Model]) -> set[str]:
    """The columns of a model that hold the id of an institution: foreign keys, and a scope that may hold one."""
    from nuserus.directory.models import Institution

    fields = model._meta.concrete_fields
    keys = {str(field.column) for field in fields if field.is_relation and field.related_model is Institution}
    scoped = any(field.column == "scope_institution" for field in fields)
    never = any(
        ("scope_institution", None) in getattr(constraint.condition, "children", ())
        and constraint.condition.connector == "AND"
        for constraint in model._meta.constraints
        if hasattr(constraint, "condition") and constraint.__class__.__name__ == "CheckConstraint"
    )
    return keys | ({"scope_institution"} if scoped and not never else set())

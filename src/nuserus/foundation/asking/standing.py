"""What a person stands on: each app says with one SELECT which rows give which standing."""

from __future__ import annotations

from typing import Literal, get_args

Standing = Literal["roles", "institutions", "managed", "groups", "missions", "verified"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)

_sources: dict[Standing, list[str]] = {name: [] for name in STANDINGS}


def register_standing(kind: Standing, sql: str) -> None:
    """Add a source of standing: `sql` selects one column about `nuserus_user()`.

    Text for `roles`, UUID for the lists; for `verified` any row means yes. It runs as the
    application role, when only the user id has been said. Called from `AppConfig.ready`.
    """
    if sql not in _sources[kind]:
        _sources[kind].append(sql)


def standing_query() -> str:
    """One SELECT that says every standing to the transaction and gives it back, in STANDINGS order."""
    columns = ", ".join(
        f"set_config('nuserus.{kind}', coalesce(({_gathered(kind)})::text, ''), true)" for kind in STANDINGS
    )
    return f"SELECT {columns}"


def _gathered(kind: Standing) -> str:
    rows = " UNION ".join(f"({sql})" for sql in _sources[kind])
    if not rows:
        return "NULL"
    if kind == "verified":
        return f"SELECT 'yes' WHERE EXISTS ({rows})"
    return f"SELECT array_agg(source.value) FROM ({rows}) AS source(value)"

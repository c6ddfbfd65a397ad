"""How an address of a database is read."""

from __future__ import annotations

import pytest

from nuserus.config.settings.databases import database_from_url


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql://a:b@db.example:5433/n", "db.example", "5433"),
        ("postgresql://a@/n?host=/var/run/Postgres", "/var/run/Postgres", ""),
        ("postgresql://a:p%2F%40@%2Fvar%2Frun%2FPostgres:5433/n", "/var/run/Postgres", "5433"),
        ("postgresql://a@%2fvar%2frun/n", "/var/run", ""),
        ("postgresql://a@[::1]:5432/n", "::1", "5432"),
    ],
)
def test_host_of_an_address(url: str, host: str, port: str) -> None:
    found = database_from_url(url)
    assert (found["HOST"], found["PORT"], found["NAME"]) == (host, port, "n")

"""The key of the tables of names, as settings find it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from nuserus.config.settings.environment import key_table_key


def test_the_setting_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "names"
    file.write_bytes(b"f" * 32)
    monkeypatch.setenv("NUSERUS_KEY_TABLE_KEY_FILE", str(file))
    assert key_table_key() == b"f" * 32
    monkeypatch.setenv("NUSERUS_KEY_TABLE_KEY", "61" * 32)
    assert key_table_key() == b"a" * 32


def test_without_any_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NUSERUS_KEY_TABLE_KEY", raising=False)
    monkeypatch.setenv("NUSERUS_KEY_TABLE_KEY_FILE", str(tmp_path / "none"))
    assert key_table_key() is None


@pytest.mark.parametrize("given", ["61", "no key at all", "61" * 33])
def test_what_is_no_key_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("NUSERUS_KEY_TABLE_KEY", given)
    with pytest.raises(ImproperlyConfigured):
        key_table_key()

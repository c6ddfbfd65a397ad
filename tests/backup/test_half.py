"""The half of a backup being written: nobody else's file, and nobody else reads it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nuserus.config.backup import saving


@pytest.mark.parametrize("is_link", [False, True])
def test_what_lies_in_the_place_of_the_half_is_neither_written_nor_kept(
    is_link: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.write_text("of somebody else")
    part = tmp_path / "a.tar.part"
    if is_link:
        part.symlink_to(other)
    else:
        part.write_text("left behind")
        part.chmod(0o666)
    whole: Any = SimpleNamespace(run=list)
    monkeypatch.setattr(saving, "_Saving", lambda *_given, **_more: whole)
    nothing: Any = None
    saving._write(tmp_path / "a.tar", nothing, nothing, embedded=False)
    assert (tmp_path / "a.tar").lstat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "a.tar").is_symlink()
    assert other.read_text() == "of somebody else"

"""Who tests what when two run side by side: a file is one turn, long files first, the longest test by test.

Loaded with `-p tests.turns`. A file stays together, so that what it shares is made once for it. The walks through every
address and every page have a test for each person, and minutes of them: those are dealt out one by one,
in the order they are written, so that both runners share them and keep what they have built.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# Dealt out test by test, in this order, before everything else.
SPREAD = ("tests/access/test_crawl.py", "tests/browser/test_axe.py", "tests/portal/test_english.py")
# Then what takes longest: what is short comes last, so that both runners end together.
LONG = (
    "tests/browser/test_field_rig.py",
    "tests/reliability/test_killed_jobs.py",
    "tests/config/test_serving.py",
    "tests/backup/test_everything.py",
)
FIRST = {path: rank for rank, path in enumerate((*SPREAD, *LONG))}


class Turns(LoadScopeScheduling):
    """Files in the order of `in_turns`, but for those that are spread."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return nodeid if path in SPREAD else path


def in_turns(paths: list[str]) -> list[int]:
    """The ranks of the paths, one for each test, in the order of their turns; files that have many tests first."""
    count = {path: paths.count(path) for path in set(paths)}
    return sorted(range(len(paths)), key=lambda rank: (FIRST.get(paths[rank], len(FIRST)), -count[paths[rank]]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Turns | None:
    return Turns(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items[:] = [items[rank] for rank in in_turns([item.nodeid.partition("::")[0] for item in items])]

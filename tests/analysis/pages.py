"""Examples of the pages on methods: the code of a page is run, its output is the block that follows.

.venv/bin/python -m tests.analysis.pages            print what the examples say now
.venv/bin/python -m tests.analysis.pages --write    put it in the pages
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "analysis"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<said>.*?)```\n", re.DOTALL)


def pages() -> list[Path]:
    """Pages that have an example with its output."""
    return sorted(path for path in FOLDER.glob("*.md") if EXAMPLE.search(path.read_text(encoding="utf-8")))


def renewed(text: str) -> str:
    """A page with the outputs that its examples give now; examples of one page know each other's names."""
    names: dict[str, object] = {}

    def run(found: re.Match[str]) -> str:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(found["code"], names)
        return f"```python\n{found['code']}```\n\n```text\n{said.getvalue()}```\n"

    return EXAMPLE.sub(run, text)


if __name__ == "__main__":
    for page in pages():
        new = renewed(page.read_text(encoding="utf-8"))
        if "--write" in sys.argv:
            page.write_text(new, encoding="utf-8")
        print(f"== {page.name}", *(found["said"] for found in EXAMPLE.finditer(new)), sep="\n")

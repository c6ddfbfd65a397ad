"""The guide for professionals: Markdown pages of docs/guide, read here as help."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from nuserus.ui.typography import french_spaces

_PACKAGED = Path(__file__).parents[1] / "guide"
_IN_REPOSITORY = Path(__file__).parents[4] / "docs" / "guide"
_FIRST = "index"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: its slug, its title (first heading) and its HTML, made from our own Markdown."""

    slug: str
    title: str
    html: str


@cache
def guide_pages() -> dict[str, GuidePage]:
    """Every page by slug, in the order of the table of contents of index.md."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _IN_REPOSITORY
    pages = {file.stem: _page(file) for file in sorted(folder.glob("*.md"))}
    contents = pages[_FIRST].html if _FIRST in pages else ""
    return dict(sorted(pages.items(), key=lambda item: _place(contents, item[0])))


def _place(contents: str, slug: str) -> int:
    if slug == _FIRST:
        return -1
    found = contents.find(f'href="/aide/{slug}/"')
    return found if found >= 0 else len(contents)


def _page(file: Path) -> GuidePage:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    text = french_spaces(file.read_text(encoding="utf-8"))
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), file.stem)
    tokens = markdown.parse(text)
    for token in tokens:
        for part in token.children or []:
            target = str(part.attrGet("href") or "")
            if part.type == "link_open" and target.endswith(".md"):
                part.attrSet("href", f"/aide/{target.removesuffix('.md')}/".replace("/index/", "/"))
    return GuidePage(file.stem, title, markdown.renderer.render(tokens, markdown.options, {}))

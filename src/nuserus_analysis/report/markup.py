"""Pieces of a page: everything that comes from a corpus is escaped, every table has a caption and headers."""

from __future__ import annotations

import re
from html import escape
from typing import Protocol

from nuserus_analysis.report.figures import Cell, Figures

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NARROW = "\u202f"


class Drawn(Protocol):
    """What a picture gives to the page."""

    @property
    def svg(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...


def text(value: object) -> str:
    """A text as HTML, without the signs that HTML does not allow."""
    return escape(_CONTROL.sub("\ufffd", str(value)))


def spaced(sentence: str) -> str:
    """A sentence of ours with the spaces that no line breaks at.

    >>> spaced("À savoir : « oui »")
    'À savoir\\xa0: «\\xa0oui\\xa0»'
    """
    return re.sub(r"« ", "«\u00a0", re.sub(r" (?=[:;?!»])", "\u00a0", sentence))


def number(value: float) -> str:
    """A number as it is written in French: true minus, comma, thousands apart.

    >>> number(-1234.5678), number(12345), number(0.0001)
    ('−1\\u202f234,57', '12\\u202f345', '0,0001')
    """
    if isinstance(value, int):
        written = f"{value:,}"
    else:
        written = f"{value:,.4f}" if 0 < abs(value) < 0.1 else f"{value:,.2f}"
    return written.replace(",", _NARROW).replace(".", ",").replace("-", "−")


def cell(value: Cell) -> str:
    return text(value) if isinstance(value, str) else number(value)


def table(found: Figures, name: str) -> str:
    """A table in a box that scrolls by itself; `name` is its id, one per page."""
    numeric = [
        any(not isinstance(row[rank], str) for row in found.rows) for rank in range(len(found.columns))
    ]  # one number makes a column of numbers
    kinds = [' class="number"' if one else "" for one in numeric]
    head = "".join(f'<th scope="col"{kind}>{text(one)}</th>' for one, kind in zip(found.columns, kinds, strict=True))
    body = "\n".join(_row(row, kinds) for row in found.rows)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="{name}">\n<table>\n'
        f'<caption id="{name}">{text(spaced(found.caption))}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _row(row: tuple[Cell, ...], kinds: list[str]) -> str:
    first, *others = row
    cells = "".join(f"<td{kind}>{cell(one)}</td>" for one, kind in zip(others, kinds[1:], strict=True))
    return f'<tr><th scope="row"{kinds[0]}>{cell(first)}</th>{cells}</tr>'


def paragraph(sentence: str) -> str:
    return f"<p>{text(spaced(sentence))}</p>"


def note(sentence: str) -> str:
    return f'<p class="note">{text(spaced(sentence))}</p>'


def quote(said: str, source: str) -> str:
    return f"<blockquote><p>{text(said)}</p><footer>{text(source)}</footer></blockquote>"


def picture(drawn: Drawn) -> str:
    """An SVG that says by itself what it is, with its description under it."""
    box = f'<div class="wide" role="region" tabindex="0" aria-label="{text(drawn.title)}">{drawn.svg}</div>'
    return f"<figure>{box}<figcaption>{text(drawn.description)}</figcaption></figure>"


def section(name: str, title: str, *content: str) -> str:
    inside = "\n".join(one for one in content if one)
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{text(title)}</h2>\n{inside}\n</section>'


def subsection(title: str, *content: str) -> str:
    inside = "\n".join(one for one in content if one)
    return f"<h3>{text(spaced(title))}</h3>\n{inside}"


def facts(*pairs: tuple[str, Cell]) -> str:
    inside = "".join(f"<div><dt>{text(name)}</dt><dd>{cell(value)}</dd></div>" for name, value in pairs)
    return f'<dl class="facts">{inside}</dl>'

"""Paper: A4 and A3 pages as tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst.

What people wrote reaches the typesetter as data and never as source: a template reads `data.json`
and lays its strings out as they are. Nothing is read from the system: our fonts come with the built
front end, and the folder of one piece of work holds its template, its data and its pictures only.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, Final

import segno
import typst

_LOOK: Final = Path(__file__).parent / "paper" / "look.typ"
_FONTS: Final = Path(__file__).parent / "static" / "ui" / "dist" / "print"
_DRAWINGS: Final = Path(__file__).parent / "static" / "ui" / "dist" / "pictograms.svg"
_STANDARDS: Final[list[typst.PDFStandard]] = ["ua-1", "a-2a"]
# A booklet of forty sheets takes some hundred megabytes while it is set.
_SETTING = BoundedSemaphore(2)


class Unset(Exception):
    """The typesetter refused: `problems` are its own words, one for each thing."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def typeset(
    templates: Mapping[str, Path], main: str, data: Mapping[str, Any], *, day: datetime, files: Mapping[str, bytes]
) -> bytes:
    """The PDF of the template `main` (a key of `templates`), which may import the others and `look.typ`.

    It reads `data` as `data.json`, and `files` (pictures) by their names. The same input gives the same
    bytes: `day`, with its time zone, is the date that the document bears. Raises Unset.
    """
    with TemporaryDirectory(prefix="nuserus-paper-") as name:
        folder = Path(name)
        for template, source in {**templates, "look.typ": _LOOK}.items():
            (folder / template).write_bytes(source.read_bytes())
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for file, content in files.items():
            (folder / file).write_bytes(content)
        with _SETTING:
            return _compiled(folder, main, day)


def _compiled(folder: Path, main: str, day: datetime) -> bytes:
    compiler = typst.Compiler(
        input=folder / main, root=folder, font_paths=_fonts(), ignore_system_fonts=True, package_path=folder
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=int(day.timestamp()))
    except typst.TypstError as error:
        raise Unset(_said_in(error)) from error
    except BaseException as error:
        # the typesetter stops short on a few sequences of letters; its own class of error says so by name
        if type(error).__name__ == "PanicException":
            raise Unset(("internal",)) from error
        raise
    if not isinstance(made, bytes):
        raise Unset(("empty",))
    return made


def _said_in(error: typst.TypstError) -> tuple[str, ...]:
    lines = str(getattr(error, "diagnostic", "") or error).splitlines()
    said = (line.removeprefix("error: ") for line in lines if line.startswith("error: "))
    return tuple(dict.fromkeys(said)) or (str(error),)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)])


def qr_drawing(address: str) -> bytes:
    """The address as a QR code, an SVG drawing; read again even when a tenth of it is stained."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, dark="#1d2a30", light="#ffffff")
    return drawn.getvalue()


def pictogram_drawing(name: str, colour: str = "#0f5c5c") -> bytes:
    """One pictogram of the sprite as an SVG drawing of its own; an unknown name gives an empty one."""
    inner = ""
    with suppress(ValueError):
        sprite = _sprite()
        start = sprite.index(f'<symbol id="{name}"')
        inner = sprite[sprite.index(">", start) + 1 : sprite.index("</symbol>", start)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        f'stroke="{colour}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{inner}</svg>'
    ).encode()


@cache
def _sprite() -> str:
    return _DRAWINGS.read_text(encoding="utf-8")

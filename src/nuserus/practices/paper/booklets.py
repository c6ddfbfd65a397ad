"""Several sheets as one booklet: a cover, what is inside, a word to begin, a word before each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models.sheets import LICENCE
from nuserus.practices.paper.content import lay_out
from nuserus.practices.paper.sheets import FOLDER, day_of
from nuserus.practices.queries.sheets import sheet_for_reading
from nuserus.ui.dates import date_format
from nuserus.ui.printable import printable, printable_paragraphs
from nuserus.ui.typesetting import qr_drawing, typeset

TEMPLATES = {name: FOLDER / name for name in ("booklet.typ", "body.typ")}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One sheet of a booklet, by its id, and why it is there, in the words of who composed it."""

    sheet: UUID
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """What a booklet says of itself. `address` is the page of the collection, a path or ""."""

    title: str
    introduction: str = ""
    authors: Sequence[str] = ()
    address: str = ""
    fictitious: bool = False


def booklet_pdf(asking: Asking, booklet: Booklet, chapters: Sequence[Chapter], *, site: str, day: datetime) -> bytes:
    """The booklet as tagged PDF, in French; sheets that the person may not read are left out.

    `site` begins absolute addresses, without a slash at its end; `day`, with its time zone, is the
    date that it bears. Some 50 ms a sheet: call it from a job when there are many. Raises Unset.
    """
    with override("fr"):
        files: dict[str, bytes] = {}
        authors: list[str] = [printable(name) for name in booklet.authors]
        laid_chapters: list[dict[str, Any]] = []
        for rank, chapter in enumerate(chapters, 1):
            try:
                sheet = sheet_for_reading(asking, chapter.sheet)
            except Unreadable:
                continue
            laid = lay_out(asking, sheet, site=site, prefix=f"{rank}-")
            files |= laid.files
            authors += laid.authors
            laid_chapters.append({"word": printable_paragraphs(chapter.word), "sheet": laid.data})
        data = _document(booklet, laid_chapters, authors, day)
        data["qr"] = _code(booklet, site, files)
    return typeset(TEMPLATES, "booklet.typ", data, day=day, files=files)


def _document(booklet: Booklet, chapters: list[dict[str, Any]], authors: list[str], day: datetime) -> dict[str, Any]:
    title = printable(booklet.title) or _("Recueil de fiches")
    number = ngettext("%(number)d fiche", "%(number)d fiches", len(chapters)) % {"number": len(chapters)}
    by = [_("Composé par %(names)s") % {"names": ", ".join(map(printable, booklet.authors))}] if booklet.authors else []
    return {
        "title": title,
        "authors": list(dict.fromkeys(authors)),
        "day": day_of(day),
        "foot": title,
        "kind": _("Recueil de fiches pratiques"),
        "notes": [_("Exemple fictif : ces lieux et ces histoires sont inventés.")] if booklet.fictitious else [],
        "by": [number, *map(printable, by)],
        "terms": [
            date_format(day, "j F Y"),
            printable(_("Licence %(licence)s : chaque fiche dit qui l’a faite.") % {"licence": LICENCE}),
        ],
        "introduction": printable_paragraphs(booklet.introduction),
        "chapters": chapters,
        "words": {
            "introduction": _("Pour commencer"),
            "contents": _("Les fiches"),
            "why": _("Pourquoi cette fiche est ici"),
        },
    }


def _code(booklet: Booklet, site: str, files: dict[str, bytes]) -> dict[str, str] | None:
    if not booklet.address:
        return None
    address = site + booklet.address
    files["booklet.svg"] = qr_drawing(address)
    return {
        "file": "booklet.svg",
        "alt": _("Code à photographier : il ouvre la page de ce recueil."),
        "title": _("Ce recueil sur nuserus"),
        "text": _("Les fiches y sont à jour, avec les essais des autres lieux."),
        "address": address,
        "shown": printable(address),
    }

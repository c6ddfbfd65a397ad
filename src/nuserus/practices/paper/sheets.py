"""One sheet on A4: `/pratiques/<id>/fiche.pdf`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.text import Truncator, slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from nuserus.foundation.asking import Asking
from nuserus.foundation.kept import Kept
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.paper.content import Laid, lay_out
from nuserus.ui.printable import printable
from nuserus.ui.typesetting import typeset

FOLDER = Path(__file__).parent
TEMPLATES = {name: FOLDER / name for name in ("sheet.typ", "body.typ")}
# Of published sheets only, each with the fingerprint of all that stands on it.
_KEPT: Kept[tuple[UUID, str], bytes] = Kept(most=64, weigh=len)


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """The file, a name to keep it under, and a tag that is another as soon as a word of it is."""

    content: bytes
    name: str
    tag: str


def sheet_paper(asking: Asking, sheet: Sheet, *, site: str) -> SheetPaper:
    """The paper of a sheet that this person may read (the caller has asked the rule).

    In French, as the sheet is. What is not published says so on its head, and is never kept.
    Raises nuserus.ui.typesetting.Unset when the typesetter refuses.
    """
    with override("fr"):
        laid = lay_out(asking, sheet, site=site)
        data = _document(sheet, laid)
    tag = _fingerprint(data, laid)
    name = f"{slugify(sheet.title)[:60] or 'fiche'}.pdf"
    if sheet.status != SheetStatus.PUBLISHED:
        return SheetPaper(_set(data, laid), name, tag)
    key = (sheet.pk, site)
    made = _KEPT.get(key, tag)
    if made is None:
        made = _set(data, laid)
        _KEPT.keep(key, tag, made)
    return SheetPaper(made, name, tag)


def _document(sheet: Sheet, laid: Laid) -> dict[str, Any]:
    notes = []
    if sheet.status != SheetStatus.PUBLISHED:
        notes.append(_("Fiche non publiée : gardez-la pour vous."))
    if sheet.institution is not None and sheet.institution.is_fictitious:
        notes.append(_("Exemple fictif : ce lieu et cette histoire sont inventés."))
    return {
        "title": laid.data["title"],
        "authors": laid.authors,
        "day": day_of(laid.day),
        "foot": printable(f"{Truncator(str(sheet)).chars(60)} · {laid.data['terms'][0]}"),
        "kind": _("Fiche pratique"),
        "notes": notes,
        "sheet": laid.data,
    }


def day_of(moment: datetime) -> list[int]:
    """Year, month, day."""
    here = localtime(moment)
    return [here.year, here.month, here.day]


def _fingerprint(data: dict[str, Any], laid: Laid) -> str:
    said = hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode())
    for name in sorted(laid.files):
        said.update(name.encode())
        said.update(hashlib.sha256(laid.files[name]).digest())
    return said.hexdigest()[:32]


def _set(data: dict[str, Any], laid: Laid) -> bytes:
    return typeset(TEMPLATES, "sheet.typ", data, day=laid.day, files=laid.files)

"""What a file is, told from its first bytes."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

BOM = b"\xef\xbb\xbf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_PACKED = (b"\x28\xb5\x2f\xfd", b"\x1f\x9d", b"\x04\x22\x4d\x18")


class Shape(StrEnum):
    """How the content is laid out."""

    TEXT = "text"
    JSON = "json"


def shape_of(first: bytes) -> Shape:
    """JSON when the first sign is a bracket or a brace, rows of text otherwise."""
    content = first.removeprefix(BOM).lstrip(b" \t\r\n")
    return Shape.JSON if content[:1] in (b"{", b"[") else Shape.TEXT


def foreign_kind(first: bytes) -> str:
    """What is wrong with a file that is neither rows of text nor JSON; nothing when it may be one."""
    content = first.removeprefix(BOM).lstrip(b" \t\r\n")
    lowered = content[:512].lower()
    signs = (
        (content.startswith(b"%PDF"), _pdf_sentence),
        (content.startswith(_OLE), office_sentence),
        (content.startswith(_PICTURES), _picture_sentence),
        (content.startswith((*_ARCHIVES, *_PACKED)), _archive_sentence),
        (lowered.startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in lowered, _page_sentence),
        (lowered.startswith(b"<"), _xml_sentence),
        (first.startswith((b"\xff\xfe", b"\xfe\xff")), _utf16_sentence),
        (b"\x00" in first or content.startswith(b"PAR1"), _binary_sentence),
    )
    return next((sentence() for seen, sentence in signs if seen), "")


def office_sentence() -> str:
    """What to say of a workbook, which is an archive inside."""
    return _("Le fichier est un classeur ou un document de bureau. Enregistrez-le au format CSV, puis recommencez.")


def _pdf_sentence() -> str:
    return _("Le fichier est un PDF : il faut le fichier de données (CSV ou JSON) du registre.")


def _picture_sentence() -> str:
    return _("Le fichier est une image : il faut le fichier de données (CSV ou JSON) du registre.")


def _archive_sentence() -> str:
    return _("Le fichier est une archive d’un format inconnu, ou dans une autre archive : donnez un .gz ou un .zip.")


def _page_sentence() -> str:
    return _("Le fichier est une page web : le registre n’a sans doute pas répondu. Téléchargez-le à nouveau.")


def _xml_sentence() -> str:
    return _("Le fichier est du XML : il faut le fichier de données (CSV ou JSON) du registre.")


def _utf16_sentence() -> str:
    return _("Le fichier est encodé en UTF-16. Enregistrez-le en UTF-8, puis recommencez.")


def _binary_sentence() -> str:
    return _("Le fichier n’est pas du texte : il faut le fichier de données (CSV ou JSON) du registre.")

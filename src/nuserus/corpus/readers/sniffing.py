"""What a file is, from its bytes."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from django.utils.translation import gettext as _

from nuserus.corpus.readers.failing import UnreadableTranscript


class Shape(Enum):
    """The shapes that are told apart before and after the text is decoded."""

    ARCHIVE = auto()
    VTT = auto()
    SRT = auto()
    PAGE = auto()
    JSON = auto()
    PLAIN = auto()


_TIMING: Final = re.compile(r"[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}[ \t]*-->", re.ASCII)
_PAGE: Final = re.compile(r"(?:<!--|<\?xml|<!doctype\s+html|<html|<head|<body|<meta|<div|<span|<p[\s>])", re.IGNORECASE)
_JSON: Final = re.compile(r"\{\s{0,50}[\"}]|\[\s{0,50}[{\]]")
_SOUND: Final = (b"ID3", b"RIFF", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"\x1aE\xdf\xa3")


def refuse_foreign(content: bytes) -> None:
    """Say at once what to do with files that are often given instead. Raises UnreadableTranscript."""
    start = content[:16]
    if start.startswith(b"{\\rtf"):
        raise UnreadableTranscript(
            _("Le format RTF n’est pas lu. Ouvrez le fichier, enregistrez-le en DOCX ou en ODT, puis recommencez.")
        )
    if start.startswith(b"%PDF"):
        raise UnreadableTranscript(
            _("Un PDF perd les tours de parole. Donnez le fichier d’origine : DOCX, ODT, TXT, SRT ou VTT.")
        )
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTranscript(
            _("C’est un ancien fichier Word. Ouvrez-le, enregistrez-le en DOCX, puis recommencez.")
        )
    if start.startswith(_SOUND) or start[4:8] == b"ftyp":
        raise UnreadableTranscript(
            _("C’est un enregistrement, pas sa transcription. Déposez-le avec l’entretien, à « Enregistrement ».")
        )
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise UnreadableTranscript(_("C’est une image. Donnez la transcription en texte : TXT, DOCX, ODT, SRT ou VTT."))


def is_archive(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def shape_of(text: str) -> Shape:
    """The shape of a text, from how it begins."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if re.match(r"WEBVTT(?:[ \t\r\n]|$)", start):
        return Shape.VTT
    if _PAGE.match(start):
        return Shape.PAGE
    if _JSON.match(start):
        return Shape.JSON
    if any(_TIMING.match(line) for line in start.splitlines()[:6]):
        return Shape.SRT
    return Shape.PLAIN

"""Documents of Word and LibreOffice: their paragraphs, then read as lines of text.

The archive is opened by the reader of the analyses, which bounds entries, growth and depth, and expands nothing.
Sources: ECMA-376 (word/document.xml), OpenDocument 1.3 (content.xml).
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from django.utils.translation import gettext as _

from nuserus.corpus.readers.failing import MAX_UNPACKED, UnreadableTranscript
from nuserus.corpus.readers.plain import read_plain
from nuserus.corpus.readers.transcripts import Transcript, cleaned
from nuserus_analysis.corpus import Problem, UnreadableCorpus
from nuserus_analysis.corpus.office import docx_text, odt_text

_READERS: Final = {"word/document.xml": docx_text, "content.xml": odt_text}


def read_office(content: bytes) -> Transcript:
    """A DOCX or an ODT in turns. Raises UnreadableTranscript for any other archive."""
    stream = io.BytesIO(content)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableTranscript(_damaged()) from error
    wanted = next((name for name in _READERS if name in names), None)
    if wanted is None or "xl/workbook.xml" in names:
        raise UnreadableTranscript(
            _("Cette archive n’est ni un DOCX ni un ODT. Sortez-en les transcriptions et donnez-les.")
        )
    try:
        text = _READERS[wanted](io.BytesIO(content), most=MAX_UNPACKED)
    except UnreadableCorpus as error:
        raise UnreadableTranscript(_swelling() if error.problem is Problem.SWELLING else _damaged()) from error
    return read_plain(cleaned(text))


def _damaged() -> str:
    return _(
        "Ce document est abîmé ou protégé par un mot de passe. Ouvrez-le, enregistrez-le de nouveau sans mot de "
        "passe, puis recommencez."
    )


def _swelling() -> str:
    return _("Ce document grossit trop une fois ouvert. Copiez son texte dans un document neuf, puis recommencez.")

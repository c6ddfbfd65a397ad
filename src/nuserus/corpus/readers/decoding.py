"""From bytes to text: UTF-8, UTF-16 or UTF-32 with their mark, else the Western encodings of older programs."""

from __future__ import annotations

import codecs
from typing import Final

from django.utils.translation import gettext as _

from nuserus.corpus.readers.failing import UnreadableTranscript

# UTF-32 first: its mark begins with that of UTF-16
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = frozenset({*range(9), *range(14, 27), *range(28, 32)})
_FIRST: Final = 4096
# one sign of control in so many bytes: no text
_RARE: Final = 200


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and what to tell who imports. Raises UnreadableTranscript for what is no text."""
    wanted = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if wanted is not None:
        try:
            return content.decode(wanted), ()
        except UnicodeDecodeError as error:
            raise UnreadableTranscript(_damaged()) from error
    first = content[:_FIRST]
    if b"\0" in content or sum(map(_CONTROLS.__contains__, first)) * _RARE > len(first):
        raise UnreadableTranscript(
            _(
                "Ce fichier n’est pas un texte. Donnez la transcription : TXT, DOCX, ODT, SRT, VTT, ou l’export "
                "de noScribe, d’aTrain ou de Sonal."
            )
        )
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        # the five bytes that cp1252 leaves undefined
        text = content.decode("latin-1")
    return text, (_("Ce fichier n’est pas en UTF-8 : vérifiez les accents dans le texte importé."),)


def _damaged() -> str:
    return _("Ce fichier est coupé ou abîmé. Enregistrez-le de nouveau en UTF-8, puis recommencez.")

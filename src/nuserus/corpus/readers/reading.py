"""Any file, by its bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from nuserus.corpus.readers.decoding import decoded
from nuserus.corpus.readers.failing import MAX_BYTES, MEGABYTE, UnreadableTranscript
from nuserus.corpus.readers.office import read_office
from nuserus.corpus.readers.pages import read_page
from nuserus.corpus.readers.plain import read_plain
from nuserus.corpus.readers.segments import read_json
from nuserus.corpus.readers.sniffing import Shape, is_archive, refuse_foreign, shape_of
from nuserus.corpus.readers.subtitles import read_srt, read_vtt
from nuserus.corpus.readers.transcripts import Transcript, cleaned

_READERS: Final[dict[Shape, Callable[[str, tuple[str, ...]], Transcript]]] = {
    Shape.VTT: read_vtt,
    Shape.SRT: read_srt,
    Shape.PLAIN: read_plain,
    Shape.PAGE: lambda text, _warnings: read_page(text),
    Shape.JSON: lambda text, _warnings: read_json(text),
}


def read(given: bytes | BinaryIO, filename: str = "") -> Transcript:
    """The transcript of a file: SRT, VTT, DOCX, ODT, TXT, and what noScribe, aTrain and Sonal write.

    `given` are its bytes or a stream of them, read once. `filename` decides nothing; it serves messages.
    Raises UnreadableTranscript, whose sentence says what to do; nothing else, whatever the bytes.
    """
    content = given if isinstance(given, bytes) else _taken(given)
    if len(content) > MAX_BYTES:
        raise UnreadableTranscript(
            _("Ce fichier dépasse %(size)d Mo. Une transcription est bien plus petite : vérifiez que c’est la bonne.")
            % {"size": MAX_BYTES // MEGABYTE}
        )
    if not content.strip():
        raise UnreadableTranscript(
            _("Le fichier « %(name)s » est vide. Vérifiez que c’est le bon, puis recommencez.") % {"name": filename}
            if filename
            else _("Ce fichier est vide. Vérifiez que c’est le bon, puis recommencez.")
        )
    refuse_foreign(content)
    if is_archive(content):
        return read_office(content)
    text, warnings = decoded(content)
    plain = cleaned(text)
    return _READERS[shape_of(plain)](plain, warnings)


def _taken(stream: BinaryIO) -> bytes:
    """No more than one byte too many."""
    parts: list[bytes] = []
    left = MAX_BYTES + 1
    while left > 0 and (block := stream.read(min(left, MEGABYTE))):
        parts.append(block)
        left -= len(block)
    return b"".join(parts)

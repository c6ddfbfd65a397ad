"""JSON of segments: what aTrain writes as `transcription.json`, and others with it.

Sources: `create_json_file` of aTrain ({"segments": [{"start", "end", "text", "speaker", "words"}]}, seconds), the
same of Whisper and WhisperX; `convertJSON` of Sonal (the list alone). Read event by event: nothing is built but
the segments.
"""

from __future__ import annotations

import io
from typing import Any, Final

import ijson
from django.utils.translation import gettext as _
from ijson.common import JSONError

from nuserus.corpus.readers.clocks import of_seconds
from nuserus.corpus.readers.failing import MAX_DEPTH, MAX_TURNS, UnreadableTranscript
from nuserus.corpus.readers.labels import attributed
from nuserus.corpus.readers.pages import too_deep
from nuserus.corpus.readers.plain import left_in_text
from nuserus.corpus.readers.transcripts import Piece, Transcript, compose

_UNKNOWN: Final = "Speaker undefined"
# segments of one speaker make one turn, so there may be more of them
_MOST: Final = MAX_TURNS * 10


def read_json(text: str) -> Transcript:
    """The segments in turns. Raises UnreadableTranscript for a JSON that holds none."""
    reader = _Segments()
    try:
        for event, value in ijson.basic_parse(io.BytesIO(text.encode("utf-8", "replace")), use_float=True):
            reader.read(event, value)
    except (JSONError, ValueError, OverflowError, RecursionError) as error:
        raise UnreadableTranscript(
            _("Ce fichier JSON est coupé ou abîmé. Exportez-le de nouveau, puis recommencez.")
        ) from error
    if not reader.is_known:
        raise UnreadableTranscript(
            _("Ce fichier JSON n’est pas une transcription : il n’a pas de « segments ». Donnez l’export d’aTrain.")
        )
    named, left = attributed(reader.pieces)
    return compose(named, language=reader.language, warnings=left_in_text(left))


class _Segments:
    """Hears the events of a JSON and keeps the maps of its list of segments: at the top, or under « segments »."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.language = ""
        self.is_known = False
        self._depth = 0
        self._key = ""
        self._level: int | None = None  # the depth of the list, while it is read
        self._segment: dict[str, Any] = {}

    def read(self, event: str, value: Any) -> None:
        if event.startswith("start_"):
            self._open(is_list=event == "start_array")
        elif event.startswith("end_"):
            self._close(is_list=event == "end_array")
        elif event == "map_key":
            self._key = value
        elif self._in_segment and self._key in ("start", "end", "text", "speaker"):
            self._segment[self._key] = value
        elif self._depth == 1 and self._key == "language" and isinstance(value, str):
            self.language = value

    @property
    def _in_segment(self) -> bool:
        return self._level is not None and self._depth == self._level + 1

    def _open(self, *, is_list: bool) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableTranscript(too_deep())
        is_segments = self._depth == 1 or (self._depth == 2 and self._key == "segments")
        if is_list and is_segments and not self.is_known:
            self._level, self.is_known = self._depth, True
        elif self._in_segment:
            self._segment = {}

    def _close(self, *, is_list: bool) -> None:
        if self._in_segment and not is_list:
            self.pieces.append(_piece(self._segment))
            if len(self.pieces) > _MOST:
                raise UnreadableTranscript(_("Ce fichier a trop de segments : coupez l’enregistrement en plusieurs."))
        if self._depth == self._level:
            self._level = None
        self._depth -= 1


def _piece(segment: dict[str, Any]) -> Piece:
    text, speaker = segment.get("text"), segment.get("speaker")
    return Piece(
        text if isinstance(text, str) else "",
        speaker if isinstance(speaker, str) and speaker != _UNKNOWN else "",
        _time(segment.get("start")),
        _time(segment.get("end")),
    )


def _time(seconds: object) -> int | None:
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return of_seconds(float(seconds)) if is_number else None  # type: ignore[arg-type]

"""Looking at a long recording that stays as it is: is it a sound, of what kind, how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nuserus.foundation.files.sound import SHORTEST, reader_of

# Enough to know that it can be heard; the rest is only walked through, which takes a hundredth of the time.
_HEARD = 10.0
_TYPES = {
    "matroska": "audio/webm",
    "ogg": "audio/ogg",
    "mov": "audio/mp4",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
}
SUFFIXES = {
    "audio/webm": ".webm",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/wav": ".wav",
    "audio/flac": ".flac",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
}


@dataclass(frozen=True, slots=True)
class Sounding:
    """What a recording is."""

    media_type: str
    seconds: float


def look_at_sound(path: Path) -> Sounding:
    """What the file is, from its bytes; the name says nothing. Raises ValidationError, in words, for no sound."""
    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise ValidationError(_("Le fichier est vide. Choisissez-en un autre."), code="empty")
    reader = reader_of(head)
    from av.error import FFmpegError  # the libraries of sound are heavy: loaded by the first recording

    try:
        seconds = _length(path, reader)
    except (FFmpegError, ValueError, EOFError, IndexError) as error:
        raise ValidationError(
            _("L’enregistrement est abîmé. Réécoutez-le sur l’appareil qui l’a fait, puis envoyez-le de nouveau."),
            code="damaged",
        ) from error
    if seconds < SHORTEST:
        raise ValidationError(_("Cet enregistrement est vide ou presque. Choisissez-en un autre."), code="silent")
    return Sounding(_TYPES[reader], seconds)


def _length(path: Path, reader: str) -> float:
    """Seconds of the first sound track, whose beginning is decoded."""
    import av  # as above

    with av.open(str(path), "r", format=reader, metadata_errors="ignore") as source:
        if not source.streams.audio:
            raise ValidationError(_("Il n’y a pas de son dans ce fichier. Choisissez-en un autre."), code="no_sound")
        if any(not _is_cover(track) for track in source.streams.video):
            raise ValidationError(
                _("Ce fichier contient un film. L’accord donné est pour la voix : envoyez le son seul."), code="film"
            )
        track = source.streams.audio[0]
        heard = walked = ended = 0.0
        for packet in source.demux(track):
            if heard < _HEARD:
                for frame in packet.decode():
                    heard += frame.samples / frame.sample_rate
            if packet.duration and packet.time_base:
                walked += float(packet.duration * packet.time_base)
            if packet.pts is not None and packet.time_base:
                ended = max(ended, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        # recorders that were paused jump in time: what was said counts, as a player will show it
        return max(heard, walked, min(ended, walked) if walked else ended)


def _is_cover(track: object) -> bool:
    """Whether a picture track is the cover that music players draw."""
    disposition = getattr(track, "disposition", None)
    return disposition is not None and "attached_pic" in str(disposition)

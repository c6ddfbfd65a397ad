"""Taking in a recorded voice: decoded from end to end, then encoded anew, alone and without a word of metadata."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from nuserus.foundation.files.sizes import MEGABYTE, megabytes

if TYPE_CHECKING:
    from av import AudioFrame
    from av.container import InputContainer

SOUND_LIMIT = 20 * MEGABYTE
LONGEST = 10 * 60
# Recorders stop a little late.
TOLERANCE = 3
SHORTEST = 0.3
# Fine enough for a voice.
RATE = 24_000
BITS_PER_SECOND = 40_000
# A header may announce anything; voices have one or two.
MOST_CHANNELS = 8
TOO_FINE = 200_000

# The reader is named after the first bytes, never guessed by the library: some of its readers follow
# addresses that a file contains (playlists) and would fetch them.
_READERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"OggS", "ogg"),
    (4, b"ftyp", "mov"),
    (8, b"WAVE", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
)


@dataclass(frozen=True, slots=True)
class TakenSound:
    """A voice after intake: AAC in MP4, one channel, which every phone plays."""

    content: bytes
    seconds: float
    sent_sha256: str


def take_sound(upload: UploadedFile[bytes]) -> TakenSound:
    """Re-encode a recorded voice; nothing stays but the sound.

    Raises ValidationError, in words for the person, for anything but a sound of at most 20 MB and ten
    minutes that decodes from end to end.
    """
    if (upload.size or 0) > SOUND_LIMIT:
        raise sound_too_heavy(upload.size or 0)
    content = upload.read()
    if not content:
        raise _refused("empty", _("Le fichier est vide."), _("Enregistrez de nouveau, ou écrivez votre réponse."))
    reader = reader_of(content)
    from av.error import FFmpegError  # the libraries of sound are heavy: loaded by the first voice

    try:
        encoded, seconds = _encoded(content, reader)
    except (FFmpegError, ValueError, EOFError, IndexError) as error:
        raise _damaged() from error
    if seconds < SHORTEST:
        raise _refused(
            "silent",
            _("Cet enregistrement est vide ou presque."),
            _("Vérifiez le micro, puis enregistrez de nouveau."),
        )
    return TakenSound(content=encoded, seconds=seconds, sent_sha256=hashlib.sha256(content).hexdigest())


def sound_too_heavy(size: int) -> ValidationError:
    """The refusal of a sound of `size` bytes."""
    return _refused(
        "too_heavy",
        _("L’enregistrement fait %(size)s, la limite est %(limit)s.")
        % {"size": megabytes(size), "limit": megabytes(SOUND_LIMIT)},
        _("Enregistrez-le en plusieurs fois."),
    )


def _refused(code: str, happened: str, to_do: str) -> ValidationError:
    return ValidationError(" ".join([happened, _("Vos réponses écrites sont gardées."), to_do]), code=code)


def _not_a_sound() -> ValidationError:
    return _refused(
        "not_a_sound",
        _("Ce fichier n’est pas un enregistrement que nous savons lire."),
        _("Choisissez un fichier son (M4A, MP3, OGG, WebM, WAV ou FLAC), ou enregistrez ici."),
    )


def _damaged() -> ValidationError:
    return _refused(
        "damaged",
        _("L’enregistrement est abîmé ou n’est pas arrivé en entier."),
        _("Envoyez-le de nouveau, ou enregistrez ici."),
    )


def _too_long() -> ValidationError:
    return _refused(
        "too_long",
        _("L’enregistrement dure plus de dix minutes, la limite."),
        _("Enregistrez-le en plusieurs fois."),
    )


def reader_of(content: bytes) -> str:
    """Which reader a sound needs, told by its first bytes. Raises ValidationError when they are of none."""
    for place, mark, reader in _READERS:
        if content[place : place + len(mark)] == mark:
            return reader
    # frames without any header: MP3 and AAC both begin with eleven or twelve set bits
    if content[0] == 0xFF and content[1:2] and content[1] & 0xE0 == 0xE0:
        return "aac" if content[1] & 0xF6 == 0xF0 else "mp3"
    raise _not_a_sound()


def _encoded(content: bytes, reader: str) -> tuple[bytes, float]:
    """The sound in its new encoding, and its length in seconds; memory holds one frame at a time."""
    import av  # as above

    target = io.BytesIO()
    samples = 0
    with (
        av.open(io.BytesIO(content), "r", format=reader, metadata_errors="ignore") as source,
        av.open(target, "w", format="mp4", options={"fflags": "+bitexact"}) as written,
    ):
        voice = written.add_stream("aac", rate=RATE, options={"flags": "+bitexact"})
        voice.bit_rate = BITS_PER_SECOND
        voice.layout = "mono"
        for frame in _mono(source):
            samples += frame.samples
            if samples > (LONGEST + TOLERANCE) * RATE:
                raise _too_long()
            written.mux(voice.encode(frame))
        written.mux(voice.encode(None))
    return target.getvalue(), samples / RATE


def _mono(source: InputContainer) -> Iterator[AudioFrame]:
    """The first sound track, frame after frame, as one channel."""
    from av import AudioResampler  # as above

    if not source.streams.audio:
        raise _not_a_sound()
    track = source.streams.audio[0]
    if track.channels > MOST_CHANNELS or (track.rate or 0) > TOO_FINE:
        raise _not_a_sound()
    resampler = AudioResampler(format="fltp", layout="mono", rate=RATE)
    passed = 0
    for frame in source.decode(track):
        # the times of a recorder that was paused jump: samples are counted instead
        frame.pts = None
        for mono in resampler.resample(frame):
            yield _timed(mono, passed)
            passed += mono.samples
    for mono in resampler.resample(None):
        yield _timed(mono, passed)
        passed += mono.samples


def _timed(frame: AudioFrame, passed: int) -> AudioFrame:
    frame.time_base = Fraction(1, RATE)
    frame.pts = passed
    return frame

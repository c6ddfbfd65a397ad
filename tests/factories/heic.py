"""A HEIC picture as phones write them: one HEVC frame in the boxes of HEIF, with its turn and its EXIF."""

from __future__ import annotations

import io
import struct
from functools import cache

import av
import numpy as np
from PIL import Image


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def _full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _inside(file: bytes, kind: bytes) -> bytes:
    """The content of the first box of a kind, wherever it is."""
    at = file.index(kind)
    (size,) = struct.unpack(">I", file[at - 4 : at])
    return file[at + 4 : at - 4 + size]


@cache
def _frame(width: int, height: int) -> tuple[bytes, bytes]:
    """The configuration and the frame of a picture whose upper half is red and lower half blue."""
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[: height // 2, :, 0] = 255
    pixels[height // 2 :, :, 2] = 255
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as film:
        track = film.add_stream(
            "libx265", rate=1, options={"x265-params": "log-level=none:bframes=0:frame-threads=1:pools=none"}
        )
        track.width, track.height, track.pix_fmt = width, height, "yuv420p"
        picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        picture.pts = 0
        film.mux(track.encode(picture))
        film.mux(track.encode(None))
    return _inside(target.getvalue(), b"hvcC"), _inside(target.getvalue(), b"mdat")


def heic(
    width: int = 128, height: int = 64, *, turns: int = 0, make: str = "", said: tuple[int, int] = (0, 0)
) -> bytes:
    """A picture turned `turns` quarters to the left; `make` goes into its EXIF, with an orientation that repeats it.

    `said` is a size that the header announces instead of the true one.
    """
    configuration, frame = _frame(width, height)
    exif = Image.Exif()
    exif[0x010F] = make or "sans marque"
    exif[0x0112] = {0: 1, 1: 8, 3: 6}.get(turns, 1)
    metadata = struct.pack(">I", 0) + exif.tobytes().removeprefix(b"Exif\x00\x00")
    size = said if any(said) else (width, height)
    properties = _box(
        b"ipco",
        _box(b"hvcC", configuration),
        _full(b"ispe", struct.pack(">II", *size)),
        _box(b"irot", bytes([turns])),
    )
    associations = _full(b"ipma", struct.pack(">IHB", 1, 1, 3), bytes([0x81, 0x02, 0x83]))
    infos = _full(
        b"iinf",
        struct.pack(">H", 2),
        _full(b"infe", struct.pack(">HH", 1, 0), b"hvc1", b"\x00", version=2),
        _full(b"infe", struct.pack(">HH", 2, 0), b"Exif", b"\x00", version=2),
    )
    kind = _box(b"ftyp", b"heic", struct.pack(">I", 0), b"mif1", b"heic")

    def meta(start: int) -> bytes:
        places = struct.pack(">BBH", 0x44, 0x00, 2)
        for item, at, length in ((1, start, len(frame)), (2, start + len(frame), len(metadata))):
            places += struct.pack(">HHHII", item, 0, 1, at, length)
        return _full(
            b"meta",
            _full(b"hdlr", struct.pack(">I", 0), b"pict", bytes(12), b"\x00"),
            _full(b"pitm", struct.pack(">H", 1)),
            _full(b"iloc", places),
            infos,
            _full(b"iref", _box(b"cdsc", struct.pack(">HHH", 2, 1, 1))),
            _box(b"iprp", properties, associations),
        )

    before = len(kind) + len(meta(0)) + 8
    return kind + meta(before) + _box(b"mdat", frame, metadata)

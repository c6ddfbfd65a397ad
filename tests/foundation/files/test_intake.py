"""Taking in a picture: what comes out has pixels and nothing else; what is refused is refused in words."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from nuserus.foundation.files import PICTURE_LIMIT, TakenPicture, megabytes, take_picture


def encoded(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **more)
    return target.getvalue()


def taken(content: bytes, name: str = "photo.jpg") -> TakenPicture:
    return take_picture(SimpleUploadedFile(name, content, content_type="image/jpeg"))


def plain(width: int = 80, height: int = 40) -> Image.Image:
    return Image.new("RGB", (width, height), "teal")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_formats_become_jpeg(kind: str) -> None:
    picture = taken(encoded(plain(), kind))
    opened = Image.open(io.BytesIO(picture.large))
    assert (opened.format, opened.size) == ("JPEG", (80, 40))
    assert opened.info.get("progressive")


def test_the_double_photos_of_phones_are_photos() -> None:
    both = encoded(plain(), "MPO", save_all=True, append_images=[plain()])
    assert (taken(both).width, taken(both).height) == (80, 40)


def test_large_and_small_sides() -> None:
    picture = taken(encoded(plain(4000, 1000)))
    assert (picture.width, picture.height) == (2000, 500)
    assert Image.open(io.BytesIO(picture.small)).size == (640, 160)


def test_upright_and_without_a_word_of_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Marque du téléphone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (43.0, 56.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = encoded(plain(), exif=exif, icc_profile=profile, comment=b"salle 12")
    picture = taken(source)
    opened = Image.open(io.BytesIO(picture.large))
    assert opened.size == (40, 80)
    assert dict(opened.getexif()) == {}
    assert {"exif", "icc_profile", "comment"} & set(opened.info) == set()
    for mark in (b"Exif", b"Marque", b"salle 12", b"ICC_PROFILE"):
        assert mark not in picture.large + picture.small


def test_transparency_is_laid_on_white() -> None:
    picture = taken(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    red, green, blue = Image.open(io.BytesIO(picture.large)).getpixel((10, 10))  # type: ignore[misc]
    assert min(red, green, blue) > 250


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has `width` × `height` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"bonjour", "not_a_picture"),
        (b"%PDF-1.7\n" + b"x" * 200, "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_a_picture"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64, "heic"),
        (moving("GIF"), "moving"),
        (encoded(plain(), "GIF"), "moving"),
        (moving("PNG"), "moving"),
        (moving("WEBP"), "moving"),
        (bomb(7100, 7100), "too_many_pixels"),
        (bomb(12_000, 12_000), "too_many_pixels"),
        (bomb(60_000, 60_000), "too_many_pixels"),
        (bomb(3_000, 3_000), "damaged"),
        (encoded(plain(400, 400))[:-300], "damaged"),
        (encoded(plain(), "PNG")[:60], "damaged"),
        (encoded(plain(), "TIFF"), "not_a_picture"),
        (encoded(plain(), "BMP"), "not_a_picture"),
        (encoded(plain(), comment=b"<script>alert(1)</script>"), "two_things"),
        (encoded(plain()) + b"PK\x03\x04" + b"x" * 40 + b"PK\x05\x06" + b"\x00" * 18, "two_things"),
    ],
)
def test_everything_else_is_refused_in_words(content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        taken(content)
    assert refusal.value.code == code
    happened, kept, to_do = refusal.value.message.partition("Vos réponses sont gardées.")
    assert happened
    assert kept
    assert to_do


def test_too_heavy_says_its_real_size() -> None:
    with pytest.raises(ValidationError) as refusal:
        taken(b"\xff\xd8\xff" + b"x" * (34 * 1024 * 1024))
    assert refusal.value.message.startswith("La photo fait 34 Mo, la limite est 20 Mo. Vos réponses sont gardées.")
    assert PICTURE_LIMIT == 20 * 1024 * 1024


@pytest.mark.parametrize(("size", "words"), [(100, "moins de 0,1 Mo"), (1_572_864, "1,5 Mo"), (35_651_584, "34 Mo")])
def test_sizes_are_said_in_words(size: int, words: str) -> None:
    assert megabytes(size) == words

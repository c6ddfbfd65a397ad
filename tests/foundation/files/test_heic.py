"""Photos of phones that write HEIC: converted, upright once, without a word of metadata; or refused in words."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from nuserus.foundation.files import TakenPicture, take_picture
from tests.factories.heic import heic


def taken(content: bytes) -> TakenPicture:
    return take_picture(SimpleUploadedFile("IMG_0042.HEIC", content, content_type="image/heic"))


def colour(picture: Image.Image, x: float, y: float) -> str:
    red, _green, blue = picture.getpixel((int(picture.width * x), int(picture.height * y)))
    return "red" if red > blue else "blue"


@pytest.mark.parametrize(
    ("turns", "size", "red_at"), [(0, (128, 64), (0.5, 0.1)), (1, (64, 128), (0.1, 0.5)), (3, (64, 128), (0.9, 0.5))]
)
def test_converted_upright_once_and_without_metadata(
    turns: int, size: tuple[int, int], red_at: tuple[float, float]
) -> None:
    sent = heic(turns=turns, make="Marque du telephone")
    assert b"Marque du telephone" in sent
    picture = taken(sent)
    opened = Image.open(io.BytesIO(picture.large))
    assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", size, {})
    assert colour(opened, *red_at) == "red"
    assert colour(opened, 1 - red_at[0], 1 - red_at[1]) == "blue"
    for mark in (b"Exif", b"Marque"):
        assert mark not in picture.large + picture.small


@pytest.mark.parametrize(
    "content",
    [
        heic()[:-200],
        heic()[:200],
        heic().replace(b"hvcC", b"xxxC"),
        heic(said=(128, 4096)),
        b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + bytes(200),
        b"\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00mif1hevc" + bytes(200),
    ],
)
def test_what_cannot_be_converted_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        taken(content)
    assert refusal.value.code == "heic"
    assert "Vos réponses sont gardées." in refusal.value.message


def test_too_many_pixels_are_refused_by_the_header() -> None:
    with pytest.raises(ValidationError) as refusal:
        taken(heic(said=(20_000, 20_000)))
    assert refusal.value.code == "too_many_pixels"

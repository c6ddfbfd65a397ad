"""Taking in a picture: what it really is, then a new encoding of its pixels and of nothing else."""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from nuserus.foundation.files.sizes import MEGABYTE, megabytes

PICTURE_LIMIT = 20 * MEGABYTE
PIXEL_LIMIT = 50_000_000
LARGE_SIDE = 2000
SMALL_SIDE = 640
QUALITY = 82

# Formats as Pillow calls them. Its JPEG reader also reads MPO, which many phones name .jpg.
ACCEPTED = ("JPEG", "PNG", "WEBP")
SNIFFED = {"image/jpeg", "image/png", "image/webp", "image/apng", "image/mpo"}
# What phones write besides (HEIC, HEIF); the first of them are still pictures that we can convert.
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_HEIC_BRANDS = _HEIC | {b"hevc", b"msf1", b"avif", b"avis"}
# One photo at a time: the pixels of the largest one take some 400 MB while they are read.
_READING = Lock()
_MARKUP = (b"<svg", b"<html", b"<!doctype html", b"<script", b"<?php")


@dataclass(frozen=True, slots=True)
class TakenPicture:
    """A picture after intake: two JPEG encodings without metadata, sizes of the larger in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int
    sha256: str


def take_picture(upload: UploadedFile[bytes]) -> TakenPicture:
    """Re-encode an upload: upright, at most 2,000 pixels a side, nothing kept but the pixels.

    Raises ValidationError, in words for the person, for anything but one still JPEG, PNG, WebP or
    HEIC picture of at most 20 MB and 50 million pixels.
    """
    if (upload.size or 0) > PICTURE_LIMIT:
        raise too_heavy(upload.size or 0)
    content = upload.read()
    _refuse_other_kinds(content)
    with _READING:
        large = _decoded(content)
    encoded = _encoded(large)
    return TakenPicture(
        large=encoded,
        small=_encoded(_fitted(large, SMALL_SIDE)),
        width=large.width,
        height=large.height,
        sha256=hashlib.sha256(encoded).hexdigest(),
    )


def too_heavy(size: int) -> ValidationError:
    """The refusal of a picture of `size` bytes."""
    return _refused(
        "too_heavy",
        _("La photo fait %(size)s, la limite est %(limit)s.")
        % {"size": megabytes(size), "limit": megabytes(PICTURE_LIMIT)},
        _("Choisissez une photo plus petite ou continuez sans photo."),
    )


def _refused(code: str, happened: str, to_do: str) -> ValidationError:
    return ValidationError(" ".join([happened, _("Vos réponses sont gardées."), to_do]), code=code)


def _refuse_other_kinds(content: bytes) -> None:
    if not content:
        raise _refused("empty", _("Le fichier est vide."), _("Choisissez une autre photo ou continuez sans photo."))
    start = content[:4096].lower()
    if start.startswith((b"gif87a", b"gif89a")):
        raise _moving()
    if not _is_heic(content) and _sniffed(content) not in SNIFFED:
        raise _not_a_picture()
    if any(mark in start for mark in _MARKUP) or b"PK\x05\x06" in content[-66_000:]:
        raise _refused(
            "two_things",
            _("Ce fichier contient autre chose qu’une photo."),
            _("Ouvrez la photo, faites-en une capture d’écran et envoyez la capture ; ou continuez sans photo."),
        )


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def _not_converted() -> ValidationError:
    return _refused(
        "heic",
        _("Votre téléphone a enregistré cette photo dans un format que nous n’avons pas su lire (HEIC)."),
        _(
            "Dans les réglages de l’appareil photo, choisissez « le plus compatible » et reprenez la photo ; "
            "ou faites une capture d’écran de la photo et envoyez-la."
        ),
    )


def _sniffed(content: bytes) -> str:
    with suppress(puremagic.PureError, ValueError):
        return str(puremagic.from_string(content, mime=True))
    return ""


def _not_a_picture() -> ValidationError:
    return _refused(
        "not_a_picture",
        _("Ce fichier n’est pas une photo que nous savons lire."),
        _("Choisissez une photo JPEG, PNG, WebP ou HEIC, ou continuez sans photo."),
    )


def _moving() -> ValidationError:
    return _refused(
        "moving",
        _("Cette image bouge, et seules les images fixes sont acceptées."),
        _("Choisissez une photo, ou continuez sans photo."),
    )


def _decoded(content: bytes) -> Image.Image:
    """The pixels, upright, in sRGB, at most LARGE_SIDE a side.

    The size is checked on the header, before any pixel is decoded, and every copy is made of the
    smaller picture.
    """
    if _is_heic(content):
        return _plain(_converted(content))
    try:
        with _opened(content) as header:
            _refuse_by_header(header)
            header.verify()
        picture = _opened(content)
        picture.draft("RGB", (LARGE_SIDE, LARGE_SIDE))
        picture.load()
        small = _shrunk(picture)
        del picture
        return _plain(ImageOps.exif_transpose(small))
    except UnidentifiedImageError as error:
        raise _not_a_picture() from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refused(
            "damaged",
            _("La photo est abîmée ou n’est pas arrivée en entier."),
            _("Envoyez-la de nouveau, choisissez-en une autre ou continuez sans photo."),
        ) from error


def _converted(content: bytes) -> Image.Image:
    """The pixels of a HEIC picture, upright by the turns that the format itself holds.

    What its EXIF says of the orientation repeats them, and turning twice would lay the picture down.
    """
    from pi_heif.heif import open_heif  # a library of some megabytes, for those phones alone

    if content[8:12] not in _HEIC:
        raise _not_converted()
    try:
        heif = open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
        if heif.size[0] * heif.size[1] > PIXEL_LIMIT:
            raise _too_many_pixels()
        picture = heif.to_pillow()
    except (OSError, ValueError, RuntimeError, SyntaxError, EOFError, IndexError) as error:
        raise _not_converted() from error
    profile = picture.info.get("icc_profile")
    picture.info = {"icc_profile": profile} if profile else {}
    return _shrunk(picture)


def _opened(content: bytes) -> Image.Image:
    source: IO[bytes] = io.BytesIO(content)
    return Image.open(source, formats=ACCEPTED)


def _refuse_by_header(header: Image.Image) -> None:
    if header.width * header.height > PIXEL_LIMIT:
        raise _too_many_pixels()
    if header.format != "MPO" and getattr(header, "is_animated", False):
        raise _moving()


def _too_many_pixels() -> ValidationError:
    return _refused(
        "too_many_pixels",
        _("La photo a trop de pixels : la limite est de 50 millions."),
        _("Faites-en une capture d’écran et envoyez la capture, ou continuez sans photo."),
    )


def _shrunk(picture: Image.Image) -> Image.Image:
    """The picture at most LARGE_SIDE a side, in a mode whose pixels can be averaged; it may be `picture`."""
    if picture.mode in {"LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        picture = picture.convert("RGB")
    picture.thumbnail((LARGE_SIDE, LARGE_SIDE), Image.Resampling.LANCZOS)
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """RGB pixels and nothing else: colours brought to sRGB, transparency laid on white."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    elif profile:
        picture = _in_srgb(picture, profile)
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours of a phone's wide profile as every screen shows them; as they are when the profile is broken."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return converted or picture
    return picture


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    fitted = picture.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    return fitted


def _encoded(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return target.getvalue()

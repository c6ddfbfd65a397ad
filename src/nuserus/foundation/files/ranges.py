"""Answering with a part of a file: players of sound ask for pieces, and some play nothing without."""

from __future__ import annotations

import re

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
# Hours of voice are never in the memory at once: who asks for more gets this much, and asks again.
_MOST = 4 * 1024 * 1024


def serve_sound(
    request: HttpRequest, file: FieldFile, *, content_type: str = "audio/mp4", download: str = ""
) -> HttpResponseBase:
    """The sound, or the piece that was asked for; nobody may keep a copy. Raises Http404 when it is gone.

    `download` is the name under which the browser saves it; without one it is played.
    """
    try:
        opened = file.open("rb")
        size = file.size
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    response: HttpResponseBase
    if found and any(found.groups()):
        with opened:
            response = _piece(opened, size, *found.groups(), content_type=content_type)
    else:
        response = FileResponse(opened, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'attachment; filename="{download}"' if download else "inline"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _piece(opened: FieldFile, size: int, first: str, last: str, *, content_type: str) -> HttpResponse:
    """One piece, of a few megabytes at most."""
    begin = int(first[:12]) if first else max(0, size - int(last[:12]))
    end = min(int(last[:12]) if first and last else size - 1, size - 1)
    if begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    end = min(end, begin + _MOST - 1)
    opened.seek(begin)
    response = HttpResponse(opened.read(end - begin + 1), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return response

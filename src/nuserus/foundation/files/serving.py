"""Answering with a picture, once the rules have been asked."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

# Caches ask again after this, so that a photo that was taken back is soon gone everywhere.
TEN_MINUTES = 60 * 10


def serve_picture(request: HttpRequest, file: FieldFile, *, tag: str, public: bool) -> HttpResponseBase:
    """The file as a JPEG of our own encoding; `tag` names its content, `public` says who may keep it.

    A copy of what is not public is kept by the reader's browser alone, and asked for again each time.
    Raises Http404 when the file is gone.
    """
    etag = f'"{tag}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        try:
            response = FileResponse(file.open("rb"), content_type="image/jpeg")
        except FileNotFoundError:
            raise Http404 from None
        response["Content-Disposition"] = "inline"
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={TEN_MINUTES}" if public else "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

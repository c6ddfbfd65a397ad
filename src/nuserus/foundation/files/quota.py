"""Heavy uploads are dropped while they arrive: nothing of them reaches the memory or the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from nuserus.foundation.files.sizes import MEGABYTE

# A little above what forms accept, so that they can refuse in words what is slightly too heavy.
QUOTA = 21 * MEGABYTE
# Reading this much to the end, only to throw it away, lets the page answer in words, with what was
# written beside the file. Above, we hang up.
PATIENCE = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class _Roomy:
    path: str
    quota: int
    allowed: Callable[[HttpRequest], bool]


_roomy: list[_Roomy] = []


def allow_heavy_uploads(path: str, *, quota: int, allowed: Callable[[HttpRequest], bool]) -> None:
    """Let some people send more to one address. Called from `AppConfig.ready`.

    Uploads are read once it is known who asks, so `allowed` may look at the request's asking.
    """
    _roomy.append(_Roomy(path, quota, allowed))


def quota_of(request: HttpRequest | None) -> int:
    """How many bytes the files of a request may weigh."""
    found = [one.quota for one in _roomy if request is not None and request.path == one.path and one.allowed(request)]
    return max([QUOTA, *found])


def refused_upload_size(request: HttpRequest) -> int:
    """Size in bytes of the upload that was dropped while it arrived; 0 when none was."""
    return int(getattr(request, "refused_upload_size", 0))


class QuotaUploadHandler(FileUploadHandler):
    """First of the upload handlers: skips files when the request is, or becomes, heavier than the quota."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.announced = 0
        self.received = 0
        self.quota = QUOTA

    def handle_raw_input(self, input_data: Any, *args: Any, **kwargs: Any) -> None:
        """Django calls it with (META, content_length, boundary, encoding)."""
        self.announced = int(args[1])
        self.quota = quota_of(self.request)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.announced > self.quota:
            self._drop(self.announced)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.quota:
            self._drop(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return None

    def _drop(self, size: int) -> None:
        if self.request is not None:
            self.request.refused_upload_size = max(size, self.announced)  # type: ignore[attr-defined]
        if self.announced > max(PATIENCE, self.quota):
            raise StopUpload(connection_reset=True)
        raise SkipFile

"""Heavy uploads never reach the memory or the disk."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from nuserus.foundation.files import refused_upload_size

MEGABYTE = 1024 * 1024
BOUNDARY = "limite"


class Pouring(io.RawIOBase):
    """A multipart body of a given weight, made while it is read."""

    def __init__(self, weight: int) -> None:
        self.head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="alternative"\r\n\r\nUne tablette.\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        self.tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.left = weight
        self.total = len(self.head) + weight + len(self.tail)
        self.poured = 0

    def read(self, size: int = -1) -> bytes:
        size = 65_536 if size < 0 else size
        if self.head:
            part, self.head = self.head[:size], self.head[size:]
        elif self.left:
            part = b"x" * min(size, self.left)
            self.left -= len(part)
        else:
            part, self.tail = self.tail[:size], self.tail[size:]
        self.poured += len(part)
        return part


def request_of(body: Pouring) -> HttpRequest:
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(body.total),
        **{"wsgi.input": body},
    )
    return WSGIRequest(environ)


def test_a_light_upload_passes() -> None:
    request = request_of(Pouring(3 * MEGABYTE))
    assert request.FILES["picture"].size == 3 * MEGABYTE
    assert refused_upload_size(request) == 0
    request.close()


@pytest.mark.parametrize("weight", [34 * MEGABYTE, 200 * MEGABYTE])
def test_a_heavy_upload_is_dropped_while_it_arrives(tmp_path: Path, weight: int) -> None:
    body = Pouring(weight)
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        tracemalloc.start()
        request = request_of(body)
        assert request.POST["alternative"] == "Une tablette."
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert dict(request.FILES) == {}
        assert list(tmp_path.iterdir()) == []
    assert refused_upload_size(request) == body.total
    assert peak < 5 * MEGABYTE


def test_a_whole_film_is_not_even_read() -> None:
    body = Pouring(700 * MEGABYTE)
    assert request_of(body).POST["alternative"] == "Une tablette."
    assert body.poured < MEGABYTE

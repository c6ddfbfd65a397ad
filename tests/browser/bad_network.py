"""The road between a browser and the site, that cuts, fails and falls silent as it is told."""

from __future__ import annotations

import http.client
import re
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from urllib.parse import urlsplit

SENDING = "/grilles/remplir/envoi/"
WORKER = "/grilles/remplir/veilleur.js"
_WORKER_NAME = re.compile(rb'self\.NAME="([\w-]+)"')
_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
LONGEST_SILENCE = 20.0


class BadNetwork:
    """What happens to each sending, in turn: `ok`; `before` half of it left; `after` the site has it and nothing of
    its reply comes back; `half` half of the reply does; `503`; `silence`."""

    def __init__(self, site: str, troubles: Sequence[str]) -> None:
        self.site = urlsplit(site)
        self.met: Counter[str] = Counter()
        self.mark = b""
        self._troubles = cycle(troubles)
        self._lock = threading.Lock()
        self.ended = threading.Event()

    def next(self) -> str:
        """The trouble of the sending that comes."""
        with self._lock:
            kind = next(self._troubles)
            self.met[kind] += 1
        return kind

    def publish(self, mark: str) -> None:
        """From now on the site has another program: its worker says another name."""
        self.mark = mark.encode()

    def marked(self, content: bytes) -> bytes:
        return _WORKER_NAME.sub(rb'self.NAME="\1' + self.mark + b'"', content) if self.mark else content


@contextmanager
def bad_network(site: str, troubles: Sequence[str]) -> Iterator[tuple[str, BadNetwork]]:
    """Listen between a browser and the site: the address to open, and what happened."""
    network = BadNetwork(site, troubles)
    server = _Server(("127.0.0.1", 0), type("Road", (_Road,), {"network": network}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}", network
    finally:
        network.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves is no event."""


class _Road(BaseHTTPRequestHandler):
    network: BadNetwork
    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True
    wbufsize = -1
    site: http.client.HTTPConnection | None = None

    def do_GET(self) -> None:
        self._forward(b"", "ok")

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        kind = self.network.next() if self.path == SENDING else "ok"
        if kind == "before":
            self.rfile.read(length // 2)
            self._cut()
            return
        body = self.rfile.read(length)
        if kind == "503":
            self._reply(503, [("Content-Type", "text/html")], b"<h1>non</h1>")
        elif kind == "silence":
            self.network.ended.wait(LONGEST_SILENCE)
            self._cut()
        else:
            self._forward(body, kind)

    def _forward(self, body: bytes, kind: str) -> None:
        status, headers, content = self._asked(body)
        if self.path == WORKER:
            content = self.network.marked(content)
        if kind == "after":
            self._cut()
        elif kind == "half":
            self._reply(status, headers, content, only=len(content) // 2)
            self._cut()
        else:
            self._reply(status, headers, content)

    def _asked(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        if self.site is None:
            self.site = http.client.HTTPConnection("127.0.0.1", self.network.site.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        headers["Accept-Encoding"] = "identity"
        try:
            self.site.request(self.command, self.path, body or None, headers)
            reply = self.site.getresponse()
            content = reply.read()
        except (http.client.HTTPException, OSError):
            self.site.close()  # a kept connection that the site closed meanwhile
            self.site.request(self.command, self.path, body or None, headers)
            reply = self.site.getresponse()
            content = reply.read()
        kept = [(name, value) for name, value in reply.getheaders() if name.lower() not in _HOP]
        return reply.status, kept, content

    def _reply(self, status: int, headers: list[tuple[str, str]], content: bytes, only: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:only])
        self.wfile.flush()

    def _cut(self) -> None:
        """End the line at once, as a network that is lost: no last word."""
        self.close_connection = True
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def finish(self) -> None:
        if self.site is not None:
            self.site.close()
        with suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_words: object) -> None:
        """Nothing is written."""

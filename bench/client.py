"""A browser without a window: a closed loop of requests over kept connections, in a process of its own.

Reads one JSON object on standard input, {"port", "connections", "requests": [text, …], "count"}, sends
`count` requests in all, one after the other on each connection, and writes the seconds they took.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Sequence


class Connection:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._kept = b""

    def send(self, request: bytes) -> None:
        """Send a request and read its answer to the end. Raises RuntimeError unless it is a 200."""
        self._socket.sendall(request)
        while b"\r\n\r\n" not in self._kept:
            self._read()
        head, _, self._kept = self._kept.partition(b"\r\n\r\n")
        status, *lines = head.split(b"\r\n")
        if status.split(b" ")[1] != b"200":
            raise RuntimeError(f"{request.splitlines()[0]!r} answered {status!r}")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        if headers.get(b"transfer-encoding") == b"chunked":
            self._read_chunks()
        else:
            self._take(int(headers[b"content-length"]))

    def _read_chunks(self) -> None:
        size = -1
        while size:
            while b"\r\n" not in self._kept:
                self._read()
            line, _, self._kept = self._kept.partition(b"\r\n")
            size = int(line, 16)
            self._take(size + 2)

    def _take(self, size: int) -> None:
        while len(self._kept) < size:
            self._read()
        self._kept = self._kept[size:]

    def _read(self) -> None:
        found = self._socket.recv(1 << 18)
        if not found:
            raise RuntimeError("the connection was closed")
        self._kept += found


def run(port: int, requests: Sequence[bytes], connections: int, count: int) -> float:
    """Send `count` requests, in turn from the list; the seconds from the first to the last answer."""
    opened = [Connection(port) for _ in range(connections)]
    failures: list[BaseException] = []

    def loop(connection: Connection, first: int) -> None:
        try:
            for rank in range(first, count, connections):
                connection.send(requests[rank % len(requests)])
        except Exception as error:  # noqa: BLE001 (told by the thread that waits)
            failures.append(error)

    threads = [threading.Thread(target=loop, args=(one, rank)) for rank, one in enumerate(opened)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if failures:
        raise failures[0]
    return seconds


def main() -> None:
    """Do what standard input says."""
    asked = json.load(sys.stdin)
    requests = [text.encode() for text in asked["requests"]]
    print(run(asked["port"], requests, asked["connections"], asked["count"]))


if __name__ == "__main__":
    main()

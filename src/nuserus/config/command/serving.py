"""`nuserus serve`: one command that starts everything, says where the site is, and stops everything."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from nuserus.config.command.hosted import Hosted, hosted_database, refuse_unusable
from nuserus.config.command.supervisor import Backoff, Child, Signals, stop_all
from nuserus.config.embedded.server import EmbeddedServer
from nuserus.config.instance import Instance, default_folder
from nuserus.config.processes import end_with_parent, spawn, stop_child
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

HEALTHY_SECONDS = 90.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with what the person asked for
WEB = "nuserus.config.command.web"
PREPARING = "nuserus.config.command.preparing"


class StopAskedError(Exception):
    """Someone asked to stop before the site was ready."""


def serve(data: Path | None, *, host: str, port: int, demo: bool) -> int:
    """Serve until asked to stop. Everything that can be refused is refused before anything is written."""
    if os.environ.pop("NUSERUS_END_WITH_PARENT", ""):
        end_with_parent(signal.SIGTERM, os.getppid())  # `make demo`: the site ends with it
    refuse_taken(host, port)
    hosted = hosted_database()
    if hosted is not None:
        refuse_unusable(hosted)
    instance = Instance(data or default_folder(embedded=hosted is None))
    instance.refuse_unusable()
    instance.create(embedded=hosted is None)
    instance.lock()
    try:
        return Site(instance, hosted, host=host, port=port, demo=demo).run()
    finally:
        instance.unlock()


def refuse_taken(host: str, port: int) -> None:
    """Raise Refusal when nothing can listen there."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            line = _("Le port %(port)d est déjà pris : arrêtez l’autre programme ou choisissez --port.")
        elif error.errno == errno.EACCES:
            line = _("Le port %(port)d est réservé à l’administrateur : choisissez --port (au-dessus de 1023).")
        else:
            line = _("Impossible d’écouter sur %(host)s, port %(port)d : %(reason)s.")
        raise Refusal(line % {"host": host, "port": port, "reason": error.strerror}) from None


class Site:
    """The running whole: database (when embedded), web, jobs."""

    def __init__(self, instance: Instance, hosted: Hosted | None, *, host: str, port: int, demo: bool) -> None:
        self._instance = instance
        self._server = EmbeddedServer(instance.postgresql) if hosted is None else None
        self._hosted = hosted
        self._host, self._port, self._demo = host, port, demo
        self._children: list[Child] = []
        self._signals = Signals()
        self._database = Backoff()

    def run(self) -> int:
        try:
            if self._server is not None:
                self._server.start()
            environment = self._environment()
            accounts = self._prepare(environment)
            self._start_children(environment)
            self._wait_until_healthy()
            self._announce(accounts)
            while not self._signals.stopping:
                self._keep_alive()
                self._signals.wait(1.0)
        except StopAskedError:
            pass
        finally:
            stop_all(self._children)
            if self._server is not None:
                self._server.stop()
        print(_("nuserus est arrêté."), flush=True)
        return 0

    def _environment(self) -> dict[str, str]:
        server = self._server
        if server is not None:
            urls = embedded_environment(server)
        else:
            urls = self._hosted.environment() if self._hosted else {}
        demo = {"NUSERUS_DEMO": "1"} if self._demo else {}
        address = {"NUSERUS_ADDRESS": os.environ.get("NUSERUS_ADDRESS") or self._address()}
        # glibc keeps one memory pool per thread: two are enough for a few blocking threads
        small = {"MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2")}
        return {**os.environ, **self._instance.environment(), **urls, **demo, **address, **small}

    def _prepare(self, environment: Mapping[str, str]) -> list[str]:
        """Migrate and load the demonstration in a process of its own; returns lines about the accounts."""
        words = ["--demo"] if self._demo else []
        with tempfile.TemporaryFile() as said:
            child = spawn(
                [sys.executable, "-m", PREPARING, *words],
                if_parent_dies=signal.SIGTERM,
                environment=environment,
                output=said,
            )
            while child.poll() is None:
                self._signals.wait(1.0)
                if self._signals.stopping:
                    if not stop_child(child, signal.SIGTERM, 10.0):
                        child.kill()
                    raise StopAskedError
            said.seek(0)
            return _result(child, said.read().decode(errors="replace").strip().splitlines())

    def _start_children(self, environment: Mapping[str, str]) -> None:
        self._children = [
            Child("web", [sys.executable, "-m", WEB, self._host, str(self._port)], environment),
            Child("jobs", [sys.executable, "-m", "nuserus.config.command.jobs"], environment),
        ]
        for child in self._children:
            child.start()

    def _wait_until_healthy(self) -> None:
        limit = time.monotonic() + HEALTHY_SECONDS
        web = self._children[0]
        answer = ""
        while time.monotonic() < limit and web.running():
            answer = ask_health(self._host, self._port)
            if answer == "200":
                return
            self._signals.wait(0.1)
            if self._signals.stopping:
                raise StopAskedError
        raise Refusal(
            _("Le site ne répond pas sur /healthz (%(answer)s) : la raison est au-dessus.")
            % {"answer": answer or _("aucune réponse")}
        )

    def _announce(self, accounts: list[str]) -> None:
        print(_("nuserus est prêt : %(address)s") % {"address": self._address()})
        for line in accounts:
            print(line)
        print(_("Ctrl-C pour arrêter."), flush=True)

    def _address(self) -> str:
        # passkeys refuse a bare IP address
        local = EVERYWHERE.get(self._host, self._host) in {"127.0.0.1", "::1", "localhost"}
        return f"http://{'localhost' if local else self._host}:{self._port}"

    def _keep_alive(self) -> None:
        if self._server is not None and not self._server.running():
            self._restart(self._server)
        for child in self._children:
            child.keep_alive(self._tell)

    def _restart(self, server: EmbeddedServer) -> None:
        """Start PostgreSQL again, now or later: what keeps it from starting may pass (a full disk, a slow one)."""
        if time.monotonic() < self._database.due:
            return
        self._tell("PostgreSQL")
        try:
            server.restart()
        except (Refusal, OSError) as reason:
            self._database.note_failure(time.monotonic())
            _say(
                _("PostgreSQL ne redémarre pas ; nouvel essai dans %(seconds)d s. %(reason)s")
                % {"seconds": round(self._database.delay), "reason": reason}
            )
        else:
            self._database = Backoff()

    def _tell(self, name: str) -> None:
        _say(_("%(name)s s’est arrêté : nouveau démarrage.") % {"name": name})


def _say(line: str) -> None:
    """A line for who looks; the site goes on when there is no room for it."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def embedded_environment(server: EmbeddedServer) -> dict[str, str]:
    """The three role URLs of the embedded server, as settings read them."""
    return Hosted(app=server.url("app"), owner=server.url("owner"), system=server.url("system")).environment()


def _result(child: subprocess.Popen[bytes], lines: list[str]) -> list[str]:
    """Lines about the accounts, from the JSON that ends the output of the preparation."""
    last = lines[-1] if lines else ""
    if child.returncode != 0:
        for line in lines[:-1]:
            print(line, file=sys.stderr)
        raise Refusal(last or _("La préparation de la base a échoué."))
    accounts = json.loads(last)
    return [str(line) for line in accounts]


def ask_health(host: str, port: int) -> str:
    """Status of /healthz as text, empty when nothing answers."""
    target = EVERYWHERE.get(host, host)
    name = (os.environ.get("NUSERUS_HOSTS", "").replace(",", " ").split() or ["localhost"])[0]
    request = f"GET /healthz HTTP/1.0\r\nHost: {name}\r\nX-Forwarded-Proto: https\r\n\r\n"
    try:
        with socket.create_connection((target, port), timeout=5) as connection:
            connection.sendall(request.encode())
            return connection.recv(64).decode(errors="replace").split(" ")[1]
    except (OSError, IndexError):
        return ""

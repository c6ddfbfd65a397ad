"""`EmbeddedServer`: one PostgreSQL in one folder, started, recovered and stopped by this program."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from urllib.parse import quote

from nuserus.config.embedded.access import known_socket_folder, map_of_accounts, rules_of_connection, socket_folder
from nuserus.config.embedded.account import Account, can_reach, running_account, server_account, unreachable
from nuserus.config.embedded.binaries import MAJOR_VERSION, programs
from nuserus.config.embedded.postmaster import read_postmaster, running_postmaster, stop_leftover
from nuserus.config.embedded.tuning import arguments
from nuserus.config.processes import command_line, exists, hold, spawn, stop_child
from nuserus.config.refusal import InUse, Refusal
from nuserus.config.roles import DEFAULT_NAMES, create_database, create_roles
from nuserus.config.wording import gettext as _

Role = Literal["owner", "app", "system"]
SUPERUSER = "nuserus_superuser"
DATABASE = "nuserus"
LOCK = "supervisor.lock"
READY_SECONDS = 90.0
LOG_LIMIT = 5_000_000  # bytes; an older log is kept once
NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


class EmbeddedServer:
    """PostgreSQL of the wheel on `folder`: no TCP, the account that runs this program and nobody else.

    `options` are server settings that win over ours (tests pass fsync=off). One process at a time
    supervises a folder; others use `url()`. Call `start` from the main thread: the kernel stops the
    server when the thread that started it ends.
    """

    def __init__(self, folder: Path, *, options: Mapping[str, str] = NO_OPTIONS) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "postgresql.log"
        self._options = dict(options)
        self._child: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    # -- for those who connect

    def url(self, role: Role, database: str = DATABASE) -> str:
        """Connection string of one of the three roles."""
        return self._url(getattr(DEFAULT_NAMES, role), database)

    @property
    def admin_url(self) -> str:
        """Connection string of the superuser, for roles, databases and backup only."""
        return self._url(SUPERUSER, "postgres")

    def _url(self, name: str, database: str) -> str:
        host = quote(str(known_socket_folder(self.folder)), safe="/")
        return f"postgresql://{name}@/{quote(database, safe='')}?host={host}"

    def create_database(self, name: str) -> None:
        """One more empty database for the same roles (tests make one per process)."""
        create_database(self.admin_url, database=name)

    # -- life

    def start(self) -> None:
        """Start and wait until connections are accepted; make the cluster, roles and database when new.

        Recovers from kill -9: a leftover server of this folder is stopped, stale files are removed.
        Raises Refusal when another process supervises the folder or PostgreSQL can't start.
        """
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        account = server_account()
        if not can_reach(account, self.folder.parent):
            raise unreachable(account, self.folder.parent)
        binaries = programs(account)
        self._make_folder(account)
        self._take_lock()
        self._clear_leftover()
        if not (self.data / "PG_VERSION").is_file():
            self._initialise(binaries, account)
        self._refuse_other_version()
        self._launch(binaries, account)
        self._wait_until_ready()
        self._prepare_roles()

    def running(self) -> bool:
        """Whether the server that this object started is alive."""
        return self._child is not None and self._child.poll() is None

    def supervised(self) -> bool:
        """Whether some process (perhaps this one) supervises the folder right now, with a ready server."""
        found = running_postmaster(self.data)
        return found is not None and found.ready and (self._lock is not None or self._locked_elsewhere())

    def restart(self) -> None:
        """Start again after a death, without letting the folder go, even when it fails. Raises Refusal as `start`."""
        self._child = None
        try:
            self._start()
        except BaseException:
            self._stop_child()
            raise

    def stop(self) -> None:
        """Fast shutdown: connections end, nothing committed is lost. Safe to call twice."""
        self._stop_child()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _stop_child(self) -> None:
        child = self._child
        if child is not None:
            for stop_signal, seconds in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 15.0), (signal.SIGKILL, 5.0)):
                if stop_child(child, stop_signal, seconds):
                    break
            self._child = None

    # -- steps

    def _make_folder(self, account: Account) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if account.borrowed:
                os.chown(self.folder, 0, account.gid)
                self.folder.chmod(0o710)
            else:
                self.folder.chmod(0o700)
        except OSError as error:
            raise Refusal(
                _("Impossible d’écrire dans %(folder)s : %(reason)s.")
                % {"folder": self.folder, "reason": error.strerror}
            ) from error

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        try:
            self._lock = hold(self.folder / LOCK)
        except BlockingIOError:
            raise InUse(
                _("La base de %(folder)s est déjà en service : un autre nuserus l’utilise.")
                % {"folder": self.folder.parent}
            ) from None

    def _locked_elsewhere(self) -> bool:
        try:
            handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(handle)
        return False

    def _clear_leftover(self) -> None:
        try:
            stop_leftover(self.data)
        except TimeoutError as error:
            raise Refusal(
                _("Un PostgreSQL précédent ne s’arrête pas dans %(folder)s.") % {"folder": self.folder}
            ) from error
        stale = read_postmaster(self.data)
        # PostgreSQL removes its own stale file, except when its number now belongs to another program
        if stale is not None and exists(stale.pid) and command_line(stale.pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (known_socket_folder(self.folder) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _initialise(self, binaries: Path, account: Account) -> None:
        """initdb in a folder beside, then rename: a half-made cluster is never started."""
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if account.borrowed:
            os.chown(unfinished, account.uid, account.gid)
        command: list[str | Path] = [binaries / "initdb", "-D", unfinished, "-U", SUPERUSER]
        command += ["--auth=reject", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]
        if self._options.get("fsync") == "off":
            command.append("--no-sync")
        (self.folder / "roles").unlink(missing_ok=True)
        with tempfile.TemporaryFile() as said:
            child = spawn(
                command,
                if_parent_dies=signal.SIGKILL,
                environment=_environment(),
                output=said,
                account=account.switch,
            )
            if child.wait() != 0:
                said.seek(0)
                reason = (said.read().decode(errors="replace").strip().splitlines() or ["?"])[-1]
                raise Refusal(_("PostgreSQL n’a pas pu créer sa base : %(reason)s") % {"reason": reason})
        if self.data.is_dir():
            self.data.rmdir()  # raises when it holds anything
        unfinished.rename(self.data)

    def _refuse_other_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(MAJOR_VERSION):
            raise Refusal(
                _(
                    "Les données de %(folder)s viennent de PostgreSQL %(found)s et ce programme utilise "
                    "PostgreSQL %(ours)s : elles n’ont pas été touchées."
                )
                % {"folder": self.folder, "found": found, "ours": MAJOR_VERSION}
            )

    def _launch(self, binaries: Path, account: Account) -> None:
        socket = socket_folder(self.folder, account)
        roles = [SUPERUSER, *DEFAULT_NAMES.all()]
        rules = self._configuration("pg_hba.conf", rules_of_connection(roles), account)
        accounts = self._configuration("pg_ident.conf", map_of_accounts(running_account().name, roles), account)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.log.chmod(0o600)
            self._child = spawn(
                [
                    binaries / "postgres",
                    "-D",
                    self.data,
                    *arguments(self._options, socket=socket, rules=rules, accounts=accounts),
                ],
                if_parent_dies=signal.SIGINT,
                environment=_environment(),
                output=output,
                account=account.switch,
            )

    def _configuration(self, name: str, text: str, account: Account) -> Path:
        """A file that the server reads and can't write."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        if account.borrowed:
            os.chown(path, 0, account.gid)
        path.chmod(0o640 if account.borrowed else 0o600)
        return path

    def _wait_until_ready(self) -> None:
        child = self._child
        limit = time.monotonic() + READY_SECONDS
        while child is not None and child.poll() is None and time.monotonic() < limit:
            found = read_postmaster(self.data)
            if found is not None and found.pid == child.pid and found.ready:
                return
            time.sleep(0.02)
        raise Refusal(
            _("PostgreSQL n’a pas démarré ; la raison est à la fin de %(log)s : %(reason)s")
            % {"log": self.log, "reason": self._last_log_line()}
        )

    def _last_log_line(self) -> str:
        lines = self.log.read_bytes()[-4000:].decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "?"

    def _prepare_roles(self) -> None:
        """Roles and database, once per shape of the roles: psycopg stays out of memory on later starts."""
        done = self.folder / "roles"
        shape = hashlib.sha256((Path(__file__).parent.parent / "roles.py").read_bytes()).hexdigest()
        if done.is_file() and done.read_text(encoding="ascii").strip() == shape:
            return
        create_roles(self.admin_url, database=DATABASE)
        done.write_text(f"{shape}\n", encoding="ascii")


def _environment() -> dict[str, str]:
    """Nothing of ours: a PGHOST or a locale of the terminal must not change the server."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@contextmanager
def temporary_server(options: Mapping[str, str] = NO_OPTIONS) -> Iterator[EmbeddedServer]:
    """A server in a new folder of its own, gone at the end (tests, measurements)."""
    folder = Path(tempfile.mkdtemp(prefix="nuserus-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # the borrowed account passes through; it can't list
    server = EmbeddedServer(folder / "postgresql", options=options)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

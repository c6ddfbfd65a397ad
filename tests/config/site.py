"""A site started by the command, as a person does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.config.processes import clean_environment, free_port, processes_of, started_at, wait_for

READY = "nuserus est prêt"


class Site:
    """`nuserus serve` on the folder `var` of a place."""

    def __init__(self, place: Path, **environment: str) -> None:
        self.place = place
        self.data = place / "var"
        self.log = place / "log"
        self.port = free_port()
        self._environment = clean_environment(**environment)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *words: str, under: list[str] | None = None) -> None:
        """Start and wait until it says that it is ready. `under`: a program that starts the command."""
        command = [sys.executable, "-m", "nuserus", "serve", "--data", str(self.data), "--port", str(self.port)]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [*(under or []), *command, *words], env=self._environment, stdout=output, stderr=subprocess.STDOUT
            )
        process = self.process
        wait_for(lambda: process.poll() is not None or READY in self.said(), 120)
        assert process.poll() is None, self.said()

    def said(self) -> str:
        return self.log.read_text()

    def health(self) -> int:
        """Status of /healthz; 0 when nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def end(self, with_signal: signal.Signals) -> int:
        """Send the signal and wait for the end; the exit code."""
        assert self.process is not None
        self.process.send_signal(with_signal)
        return self.process.wait(90)

    def pid_of(self, *parts: str) -> int:
        """The process of this site that started first of those whose command has these parts; 0 when there is none."""
        found = []
        for entry in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
            try:
                words = Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace")
                ours = str(self.data) in words or os.fsencode(self.data) in Path(f"/proc/{entry}/environ").read_bytes()
                if ours and all(part in words for part in parts):
                    found.append((started_at(entry), entry))
            except OSError:
                continue
        return min(found)[1] if found else 0

    def wait_for(self, condition: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until the condition holds; a failure shows what the site and its database said."""
        wait_for(condition, seconds, explain=self._story)

    def _story(self) -> str:
        database = self.data / "postgresql" / "postgresql.log"
        lines = database.read_text(errors="replace").splitlines()[-30:] if database.is_file() else []
        alive = self.process is not None and self.process.poll() is None
        state = "runs" if alive else "HAS ENDED"
        return "\n".join(
            [
                f"--- nuserus serve {state}",
                self.said(),
                "--- postgresql.log",
                *lines,
                "--- processes",
                *processes_of(self.data),
            ]
        )

"""A site started by the command, as a person does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from tests.config.processes import clean_environment, free_port, wait_for

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
        """A process of this site whose command has these parts, the oldest first; 0 when there is none."""
        for entry in sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
            try:
                words = Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace")
                ours = str(self.data) in words or os.fsencode(self.data) in Path(f"/proc/{entry}/environ").read_bytes()
            except OSError:
                continue
            if ours and all(part in words for part in parts):
                return entry
        return 0

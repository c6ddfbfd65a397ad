"""A kind of notice of the tests' own, and a mail server that is really there."""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings

from nuserus.notifications.registry import forget_kind
from tests.notifications.kinds import CLOSED, KIND, declare_kind

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kind() -> Iterator[str]:
    """A kind of notice that goes out at once."""
    declare_kind()
    yield KIND
    forget_kind(KIND)
    CLOSED.clear()


@dataclass
class MailServer:
    """A server on the loopback and the folder of what it accepted."""

    folder: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        return {
            "NUSERUS_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "NUSERUS_EMAIL_HOST": "127.0.0.1",
            "NUSERUS_EMAIL_PORT": str(self.port),
        }

    def mails(self) -> list[EmailMessage]:
        """Every accepted message, in the order of arrival."""
        files = sorted(self.folder.glob("*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


@pytest.fixture(scope="session")
def served_mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    folder = tmp_path_factory.mktemp("mail")
    process = subprocess.Popen([sys.executable, "-m", "tests.notifications.mail_server", str(folder)], cwd=ROOT)
    limit = time.monotonic() + 20
    while not (folder / "port").exists():
        assert time.monotonic() < limit
        time.sleep(0.02)
    yield MailServer(folder, int((folder / "port").read_text()))
    process.kill()
    process.wait()


@pytest.fixture
def mail_server(served_mail: MailServer, settings: Settings) -> MailServer:
    """The server, empty, and the settings of this process leading to it."""
    for file in served_mail.folder.glob("*.eml"):
        file.unlink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = served_mail.port
    return served_mail

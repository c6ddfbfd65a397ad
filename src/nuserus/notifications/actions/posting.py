"""Handing one mail to the mail server, with the one moment after which it may have left."""

from __future__ import annotations

import contextlib
import re
import smtplib
from collections.abc import Callable
from email.generator import BytesGenerator
from email.utils import parseaddr
from io import BytesIO

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

ANSWER_SECONDS = 120.0
"""How long the server may think about a whole message before we no longer know (RFC 5321 would give ten minutes)."""


class NotNow(Exception):  # a refusal that may pass
    """Nothing left; another try may do."""


class Never(Exception):  # a refusal that stays
    """Nothing left, and this mail will be refused again."""


class NobodyKnows(Exception):
    """All was said but the server's answer did not come: the mail left, or it did not."""


def post(message: EmailMultiAlternatives, *, leave: Callable[[], None]) -> str:
    """Hand the mail over; the server's answer in a line.

    `leave` is called when everything but the end of the message has been said: up to then a worker
    that dies leaves nothing behind, since a server throws away what has no end. What it raises goes
    through, and nothing is sent. Raises NotNow, Never or NobodyKnows.
    """
    backend = get_connection()
    if isinstance(backend, EmailBackend):
        return _by_smtp(backend, message, leave)
    return _otherwise(backend, message, leave)


def _otherwise(backend: BaseEmailBackend, message: EmailMultiAlternatives, leave: Callable[[], None]) -> str:
    leave()
    try:
        backend.send_messages([message])
    except OSError as error:
        raise NobodyKnows(_line(error)) from error
    return ""


def _by_smtp(backend: EmailBackend, message: EmailMultiAlternatives, leave: Callable[[], None]) -> str:
    try:
        backend.open()
    except OSError as error:  # refused, silent, wrong certificate, wrong password: all of it is ours, not this mail's
        raise NotNow(_line(error)) from error
    server = backend.connection
    if server is None:
        raise NotNow("no connection")
    try:
        _say_all_but_the_end(server, message)
        leave()
        answer = _end(server)
        with contextlib.suppress(OSError):
            server.putcmd("quit")
        return answer
    finally:
        server.close()  # never QUIT inside a message: it would become its last line


def _say_all_but_the_end(server: smtplib.SMTP, message: EmailMultiAlternatives) -> None:
    sender, recipient = parseaddr(message.from_email)[1], parseaddr(message.to[0])[1]
    wire, written = message.message(), BytesIO()
    # a long address folded onto a line of its own is lost on some readers of List-Unsubscribe
    long_lines = wire.policy.clone(max_line_length=900)
    BytesGenerator(written, mangle_from_=False, policy=long_lines).flatten(wire, linesep="\r\n")
    content = written.getvalue()
    try:
        server.ehlo_or_helo_if_needed()
        # the text is UTF-8 as it is: every server of today takes it, and this says it to those that ask
        eight_bits = ["body=8bitmime"] if server.has_extn("8bitmime") else []
        _expect(server.mail(sender, eight_bits), 250, NotNow)
        _expect(server.rcpt(recipient), 250, Never)
        _expect(server.docmd("data"), 354, Never)
        # a line that is a dot alone would end the message (RFC 5321, 4.5.2)
        server.send(re.sub(rb"(?m)^\.", b"..", content.rstrip(b"\r\n") + b"\r\n"))
    except OSError as error:
        raise NotNow(_line(error)) from error


def _end(server: smtplib.SMTP) -> str:
    if server.sock is not None:
        server.sock.settimeout(ANSWER_SECONDS)
    try:
        server.send(b".\r\n")
        code, said = server.getreply()
    except OSError as error:
        raise NobodyKnows(_line(error)) from error
    _expect((code, said), 250, Never)
    return _text(code, said)


def _expect(reply: tuple[int, bytes], wanted: int, otherwise: type[Exception]) -> None:
    """Go on after the wanted answer; 4xx may pass, 5xx is `otherwise`."""
    code, said = reply
    if code == wanted or (wanted == 250 and code == 251):
        return
    raise (otherwise if code >= 500 else NotNow)(_text(code, said))


def _text(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"


def _line(error: OSError) -> str:
    return f"{type(error).__name__}: {error}"

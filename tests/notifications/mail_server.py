"""A small SMTP server in a process of its own: takes mail, writes each accepted message to a file.

What it answers depends on how the recipient's address begins: `later` 451 at RCPT, `never` 550 at RCPT,
`after` 554 once the message is there, `busy` 452 once the message is there, `mute` no answer to the
end of the message, though it was kept.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from pathlib import Path

_numbers = itertools.count(1)


async def serve_mail(folder: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, from the greeting to QUIT or to the end of the line."""
    recipient = ""

    def say(line: str) -> None:
        writer.write(f"{line}\r\n".encode())

    say("220 mail.test ready")
    while line := (await reader.readline()).decode().strip():
        verb = line.split(":")[0].split(" ")[0].upper()
        if verb == "EHLO":
            say("250-mail.test")
            say("250 8BITMIME")
        elif verb == "RCPT":
            recipient = line.split("<")[1].split(">")[0]
            say(
                {"later": "451 come back", "never": f"550 <{recipient}> unknown"}.get(recipient.split("-")[0], "250 ok")
            )
        elif verb == "DATA":
            say("354 go on")
            await writer.drain()
            if not await take(folder, recipient, reader, say):
                break
        elif verb == "QUIT":
            say("221 bye")
            break
        else:
            say("250 ok")
        await writer.drain()
    writer.close()


async def take(folder: Path, recipient: str, reader: asyncio.StreamReader, say: object) -> bool:
    """A message up to its lone dot; without one it is thrown away (RFC 5321, 4.1.1.4)."""
    lines: list[bytes] = []
    while (line := await reader.readline()) != b".\r\n":
        if not line.endswith(b"\r\n"):
            return False
        lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
    assert callable(say)
    refusal = {"after": "554 no", "busy": "452 full"}.get(recipient.split("-", maxsplit=1)[0])
    if refusal:
        say(refusal)
        return True
    file = folder / f"{next(_numbers):04}.eml"
    file.with_suffix(".part").write_bytes(b"X-To: " + recipient.encode() + b"\r\n" + b"".join(lines))
    file.with_suffix(".part").rename(file)
    if recipient.startswith("mute"):
        return False
    say("250 kept")
    return True


async def main(folder: Path) -> None:
    """Serve on a free port of the loopback, whose number goes into the file `port`."""
    server = await asyncio.start_server(lambda *pair: serve_mail(folder, *pair), "127.0.0.1", 0)
    (folder / "port.part").write_text(str(server.sockets[0].getsockname()[1]))
    (folder / "port.part").rename(folder / "port")
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))

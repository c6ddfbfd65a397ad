"""Reading pages and messages in tests of people."""

from __future__ import annotations

import re
from typing import Any

CODE = re.compile(r"^(\d{4}-\d{4})$", re.MULTILINE)
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value|nonce|"X-CSRFToken": ?)="?[^"]*"?|"X-CSRFToken": "[^"]*"')


def code_in(message: Any) -> str:
    """The code of a message."""
    found = CODE.search(message.body)
    assert found, message.body
    return found[1]


def normalised(response: Any, address: str) -> str:
    """The body without what differs from one request to the next: tokens, nonces, the address."""
    body = TOKENS.sub("", response.content.decode())
    return body.replace(address, "ADDRESS")

"""What only the key of the tables of names opens, and marks by which the same words are known again without it.

The key is in no database and in no backup (docs/operate/backup.md). Each sealed piece is bound to what it is about:
moved to another row, it opens no more.
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from nuserus_analysis.screening import folded_words

_FORM: Final = b"\x01"
_NONCE: Final = 12
_MARK: Final = 4


class NoKey(Exception):
    """This instance has no key of names: nothing can be sealed, nothing opened."""


class WrongKey(Exception):
    """Sealed with another key, or changed since."""


def has_key() -> bool:
    """Whether names can be kept."""
    return settings.NUSERUS_KEY_TABLE_KEY is not None


def seal(words: str, about: UUID) -> bytes:
    """The words, readable with the key alone. Raises NoKey."""
    key = _key("sealing")
    nonce = os.urandom(_NONCE)
    return _FORM + _mark(key) + nonce + AESGCM(key).encrypt(nonce, words.encode(), about.bytes)


def unseal(sealed: bytes | memoryview, about: UUID) -> str:
    """The words again. Raises NoKey, WrongKey."""
    key = _key("sealing")
    content = bytes(sealed)
    start = len(_FORM) + _MARK
    if content[:start] != _FORM + _mark(key):
        raise WrongKey
    try:
        return AESGCM(key).decrypt(content[start : start + _NONCE], content[start + _NONCE :], about.bytes).decode()
    except InvalidTag as error:
        raise WrongKey from error


def words_digest(study_id: UUID, words: str) -> str:
    """Which words they are, whatever their case and accents; two studies share no digest. Raises NoKey."""
    said = " ".join(folded_words(words)) or words
    return hmac.new(_key("digests"), f"{study_id}\0{said}".encode(), sha256).hexdigest()


def _key(purpose: str) -> bytes:
    key = settings.NUSERUS_KEY_TABLE_KEY
    if key is None:
        raise NoKey
    return hmac.new(key, f"nuserus key table {purpose}".encode(), sha256).digest()


def _mark(key: bytes) -> bytes:
    return sha256(b"mark\0" + key).digest()[:_MARK]

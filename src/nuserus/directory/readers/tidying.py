"""The words of a register, made fit to keep: bounded, in one form of Unicode, without control characters.

What is not what it claims to be (a telephone, an address on the web, a date) becomes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

# control, format and private characters; line ends are kept apart
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_TAGS: Final = re.compile(r"<[^<>]{0,200}>")
_OVERSEAS: Final = ("262", "508", "590", "594", "596")
_SEVERAL_PHONES: Final = re.compile(r"[/;|,]|\bou\b|\bet\b", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_FRENCH_DAY: Final = re.compile(r"(\d{2})/(\d{2})/(\d{4})$")
_url = URLValidator(schemes=["http", "https"])


def line(text: str, limit: int) -> str:
    """One line of text: single spaces, Unicode NFC, no control character, at most `limit` characters."""
    return _cut(_one_line(text), limit)


def paragraphs(text: str, limit: int) -> str:
    """Several lines of text, as above line by line; the tags of a page are dropped."""
    text = _TAGS.sub(" ", text) if "<" in text else text
    lines = [_one_line(one) for one in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _cut(_EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip(), limit)


def listed(text: str, *, separator: str = "|", limit: int = 120) -> tuple[str, ...]:
    """The different values of a joined list, in their order."""
    return distinct(line(one, limit) for one in text.split(separator))


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Values that say something, once each, in their order."""
    return tuple(dict.fromkeys(one for one in values if one))


def phone(text: str) -> str:
    """The first telephone number of a cell, as it is dialled in France; "" when there is none.

    "+33 4 28 63 12 34" and "0428631234/0600000000" are "04 28 63 12 34"; short numbers stay as they are.
    """
    if len(text) == 10 and text[0] == "0" and text[1] != "0" and text.isascii() and text.isdigit():
        return _by_pairs(text)  # as nearly all of them are written
    first = _SEVERAL_PHONES.split(line(text, 80))[0]
    kept = re.sub(r"[^\d+]", "", first.replace("(0)", ""))
    if kept.startswith("00"):
        kept = f"+{kept[2:]}"
    if kept.startswith("+33"):
        kept = f"0{kept[3:].removeprefix('0')}"
    elif kept[1:4] in _OVERSEAS and kept.startswith("+") and len(kept) == 13:
        kept = f"0{kept[4:]}"
    if kept.startswith("+"):
        return kept if re.fullmatch(r"\+[1-9]\d{7,14}", kept) else ""
    if not kept.isdigit():
        return ""
    if len(kept) == 9 and kept[0] != "0":
        kept = f"0{kept}"
    if len(kept) == 10 and kept[0] == "0" and kept[1] != "0":
        return _by_pairs(kept)
    return kept if 2 <= len(kept) <= 6 and kept[0] in "13" else ""


def _by_pairs(ten: str) -> str:
    return f"{ten[:2]} {ten[2:4]} {ten[4:6]} {ten[6:8]} {ten[8:]}"


def email(text: str) -> str:
    """An electronic address; "" when it is none."""
    kept = line(text, 254).removeprefix("mailto:").rstrip(".").lower()
    try:
        validate_email(kept)
    except ValidationError:
        return ""
    return kept


def url(text: str, limit: int = 500) -> str:
    """An address on the web, http or https; "" when it is none or too long to be kept whole."""
    kept = line(text, limit + 1)
    if not kept or " " in kept or len(kept) > limit:
        return ""
    if "://" not in kept and not kept.lower().startswith(("mailto:", "javascript:", "data:", "tel:")):
        kept = f"https://{kept}"
    try:
        _url(kept)
        parts = urlsplit(kept)
    except (ValidationError, ValueError):
        return ""
    # an account in an address hides where it leads
    return "" if parts.username is not None or len(kept) > limit else kept


def day(text: str) -> date | None:
    """A date written 2026-05-12 (with or without a time) or 12/05/2026; None otherwise."""
    kept = text.strip()
    found = _DAY.match(kept)
    if found:
        year, month, number = found.groups()
    else:
        french = _FRENCH_DAY.match(kept)
        if not french:
            return None
        number, month, year = french.groups()
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def digits(text: str, length: int) -> str:
    """A number of exactly so many digits, spaces apart; "" otherwise."""
    kept = text if len(text) == length and text.isascii() and text.isdigit() else _SPACES.sub("", text)
    return kept if len(kept) == length and kept.isascii() and kept.isdigit() else ""


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    seen = "".join(one for one in text if unicodedata.category(one) not in _HIDDEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[: limit - 1].rstrip()
    return f"{kept}…"

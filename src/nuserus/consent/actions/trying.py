"""How often the code of a card may be tried: wrong ones are counted by address, and fewer are taken when many come.

Nobody finds a code by trying (60 bits); this keeps the site from working for who tries anyway. A wrong code closes
nothing but the address it came from: the card still opens from any other device, whatever happens elsewhere. The
counts are in the cache of the throttle: they survive a request that is rolled back and every process shares them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.core.cache import caches
from django.utils import timezone
from django.utils.crypto import salted_hmac

LASTS = timedelta(minutes=15)
MOST = 10
# More wrong codes than that from everywhere, in the same time: each address has fewer.
MOST_OF_ALL = 200
MOST_WHEN_MANY = 3
_ALL = "consent-card-all"


def refused_until(address: str) -> datetime | None:
    """Until when this address may try no code; None while it may."""
    tried, ends = _counted(_key(address))
    many = _counted(_ALL)[0] >= MOST_OF_ALL
    return ends if tried >= (MOST_WHEN_MANY if many else MOST) else None


def note_wrong_code(address: str) -> None:
    """Count a code that opened nothing. The time begins with the first one, and does not begin again."""
    for key in (_key(address), _ALL):
        count, ends = _counted(key)
        left = (ends - timezone.now()).total_seconds()
        caches["throttle"].set(key, (count + 1, ends), max(left, 1.0))


def _counted(key: str) -> tuple[int, datetime]:
    found: tuple[int, datetime] | None = caches["throttle"].get(key)
    return found if found is not None and found[1] > timezone.now() else (0, timezone.now() + LASTS)


def _key(address: str) -> str:
    """No address is kept: a keyed digest, of the network for IPv6, which gives one household many addresses."""
    try:
        read = ip_address(address)
    except ValueError:
        known = address
    else:
        known = str(int(read) >> 64) if isinstance(read, IPv6Address) else str(read)
    return f"consent-card-{salted_hmac('nuserus.consent.trying', known, algorithm='sha256').hexdigest()[:32]}"

"""The chain of seals over the journal: who changes, removes, adds or reorders a sealed event is seen.

Each seal is HMAC-SHA-256 (RFC 2104) of the seal before it and of the event in canonical JSON, with
a key that is never in the database. The last seal is also noted in a file beside the key, so that
cutting the end of the chain shows too. Events are sealed in the order of their transactions, and
only those that no running transaction can still precede: sealing waits for nobody and makes nobody
wait.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from nuserus.foundation.asking import as_system
from nuserus.foundation.models.audit import AuditEvent, AuditSeal

_LOCK = 0x6E757365  # one sealing job at a time; "nuse"
_BATCH = 5_000
_START = bytes(32)

_UNSEALED = """
SELECT event.id FROM foundation_auditevent AS event
LEFT JOIN foundation_auditseal AS seal ON seal.event_id = event.id
WHERE seal.event_id IS NULL
  AND (%s OR event.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
ORDER BY event.transaction_id, event.at, event.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the chain, at a position (from 1), in one English sentence."""

    position: int
    what: str


class ChainBroken(RuntimeError):
    """The end of the chain is not the one noted outside the database: nothing more is sealed on it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how many seals hold, how many events wait for theirs, the faults."""

    sealed: int
    waiting: int
    faults: tuple[Fault, ...]


def seal_events() -> int:
    """Seal what can be; returns how many events were. Run every minute by a job.

    Raises ChainBroken when the chain was cut: sealing on would hide the cut.
    """
    sealed = 0
    while (count := _seal_batch()) > 0:
        sealed += count
    return sealed


def seal_after_restore() -> int:
    """Note the restoration in the journal, and seal all that waits; returns how many events were.

    The numbers of transactions were those of another server: here none precedes them, and none runs.
    """
    with as_system("restore a backup"):
        pass
    sealed = 0
    while (count := _seal_batch(all_of_them=True)) > 0:
        sealed += count
    return sealed


def verify_chain() -> Verdict:
    """Compute the whole chain again and compare."""
    with as_system("verify the journal", recorded=False):
        faults = list(_faults())
        sealed = AuditSeal.objects.count()
        waiting = AuditEvent.objects.count() - _sealed_events()
    return Verdict(sealed, waiting, tuple(faults))


def head_file() -> Path:
    """Where the last seal is noted, outside the database."""
    key = Path(settings.NUSERUS_AUDIT_KEY_FILE)
    return key.with_name(f"{key.name}.head")


def _seal_batch(*, all_of_them: bool = False) -> int:
    key = _key()
    with as_system("seal the journal", recorded=False), connections["system"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_UNSEALED, [all_of_them, _BATCH])
        ids = [row[0] for row in cursor.fetchall()]
        last = AuditSeal.objects.order_by("-position").first()
        position, mac = (last.position, bytes(last.mac)) if last else (0, _START)
        _refuse_cut_chain()
        events = AuditEvent.objects.in_bulk(ids)
        seals = []
        for event_id in ids:
            position += 1
            mac = _mac(key, mac, events[event_id])
            seals.append(AuditSeal(position=position, event_id=event_id, mac=mac))
        AuditSeal.objects.bulk_create(seals)
    if ids:
        _note_head(position, mac)
    return len(ids)


def _refuse_cut_chain() -> None:
    head = _read_head()
    if head is None:
        return
    noted = AuditSeal.objects.filter(position=head[0]).first()
    if noted is None or not hmac.compare_digest(bytes(noted.mac), head[1]):
        raise ChainBroken(f"seal {head[0]} is not the one noted in {head_file()}")


def _faults() -> Iterator[Fault]:
    key, mac, expected = _key(), _START, 0
    head = _read_head()
    for seal in AuditSeal.objects.order_by("position").iterator(chunk_size=_BATCH):
        expected += 1
        if seal.position != expected:
            yield Fault(expected, f"seal {expected} is missing")
            expected = seal.position
        event = AuditEvent.objects.filter(pk=seal.event_id).first()
        if event is None:
            yield Fault(expected, "the event it sealed is missing")
        elif not hmac.compare_digest(_mac(key, mac, event), bytes(seal.mac)):
            yield Fault(expected, "the event or its seal was changed")
        mac = bytes(seal.mac)
        if head and head[0] == expected and not hmac.compare_digest(head[1], mac):
            yield Fault(expected, "the seal differs from the one noted outside the database")
    if head and head[0] > expected:
        yield Fault(expected + 1, f"the chain was cut: {head[0]} seals were noted outside the database")


def _sealed_events() -> int:
    return AuditEvent.objects.filter(pk__in=AuditSeal.objects.values("event_id")).count()


def _mac(key: bytes, before: bytes, event: AuditEvent) -> bytes:
    canonical = json.dumps(
        [
            str(event.pk),
            event.at.isoformat(),
            event.transaction_id,
            str(event.actor_id),
            event.action,
            str(event.object_id),
            bytes(event.salt).hex(),
            bytes(event.commitment).hex(),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hmac.new(key, before + canonical.encode(), hashlib.sha256).digest()


def _key() -> bytes:
    key = Path(settings.NUSERUS_AUDIT_KEY_FILE).read_bytes()
    if len(key) < 32:
        raise ValueError(f"The audit key in {settings.NUSERUS_AUDIT_KEY_FILE} is shorter than 32 bytes")
    return key


def _note_head(position: int, mac: bytes) -> None:
    file = head_file()
    new = file.with_name(f"{file.name}.new")
    new.write_text(json.dumps({"position": position, "mac": mac.hex()}), encoding="ascii")
    new.replace(file)


def _read_head() -> tuple[int, bytes] | None:
    try:
        noted = json.loads(head_file().read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    return int(noted["position"]), bytes.fromhex(noted["mac"])

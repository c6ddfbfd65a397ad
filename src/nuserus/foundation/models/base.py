"""The two bases of every model: a public row, and a row with a scope."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds, then 74 random bits.

    Made here and not by the database: `INSERT … RETURNING` fails on a row one may not read. It
    grows with time, so indexes stay compact, and says nothing of how many there are.
    """
    milliseconds = time.time_ns() // 1_000_000
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b)


class Identified(models.Model):
    """A row that anybody may read: lists, catalogue, directory."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Scoped(Identified):
    """A row with a scope: the database itself decides who may read it.

    The scope columns are plain UUIDs, without foreign keys: a policy compares them with what the
    transaction was told and looks nowhere else. Each concrete model needs `ApplyFloor`.
    """

    scope_level = models.CharField(_("niveau d’information"), max_length=12, choices=Level, default=Level.RESTRICTED)
    scope_institution = models.UUIDField(null=True, blank=True, editable=False)
    scope_group = models.UUIDField(null=True, blank=True, editable=False)
    scope_author = models.UUIDField(null=True, blank=True, editable=False)
    scope_mission = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

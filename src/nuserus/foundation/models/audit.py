"""The audit journal and its seals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models.base import Identified


class AuditEvent(Identified):
    """Something that was done: ids and a salted commitment, never content. Only ever inserted."""

    at = models.DateTimeField()
    transaction_id = models.BigIntegerField(
        help_text=_("numéro de la transaction, pour sceller dans l’ordre des validations")
    )
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=120)
    object_id = models.UUIDField(null=True)
    salt = models.BinaryField(max_length=16)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("événement du journal")
        verbose_name_plural = _("événements du journal")
        indexes = [models.Index(fields=["transaction_id"], name="audit_by_transaction")]


class AuditSeal(models.Model):
    """Place of one event in the sealed chain: `mac` covers the event and the seal before it."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    mac = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("sceau du journal")
        verbose_name_plural = _("sceaux du journal")

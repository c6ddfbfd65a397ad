"""Missions: the people named on something restricted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models.base import Identified


class MissionHolder(Identified):
    """One person named on one mission. Written only by the database functions of missions."""

    mission_id = models.UUIDField()
    holder_id = models.UUIDField()
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("personne nommée")
        verbose_name_plural = _("personnes nommées")
        constraints = [models.UniqueConstraint(fields=["mission_id", "holder_id"], name="mission_holder_once")]
        indexes = [models.Index(fields=["holder_id"], name="mission_by_holder")]

"""The devices that a person lets send fiches in their name, with another program than this site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Tablet(Scoped):
    """One device and the hash of its secret: the secret is shown once and kept nowhere."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(_("nom de l’appareil"), max_length=60)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("autorisé le"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("dernier envoi"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("appareil de collecte")
        verbose_name_plural = _("appareils de collecte")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_author=F("account"),
                    scope_institution=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="tablet_scope",
            )
        ]

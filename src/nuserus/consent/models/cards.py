"""The card of somebody without an account: a code to see and take back what they agreed to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class ConsentCard(Scoped):
    """A card given to `subject`, somebody without an account, for what was said on one mission.

    The code itself is nowhere: `digest` is keyed (see `actions.cards`). It opens the consents of its
    own author and mission alone, so making a card for somebody gives nothing one could not do before.
    """

    subject = models.UUIDField(_("personne"))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("faite le"), default=timezone.now)
    ended_at = models.DateTimeField(_("remplacée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("carte")
        verbose_name_plural = _("cartes")
        ordering = ["-made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "scope_mission"], condition=Q(ended_at=None), name="one_card_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                    scope_mission__isnull=False,
                ),
                name="consent_card_scope",
            ),
        ]

"""A notice to one person, and how often a person wants to hear of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.notifications.enums import Frequency

if TYPE_CHECKING:
    from django.db.models.constraints import CheckConstraint


def own(name: str) -> CheckConstraint:
    """Restricted to one person, who is its author in the sense of the scope."""
    return models.CheckConstraint(
        condition=Q(
            scope_level=Level.RESTRICTED,
            scope_author__isnull=False,
            scope_institution=None,
            scope_group=None,
            scope_mission=None,
        ),
        name=name,
    )


class Notice(Scoped):
    """Something that happened, for one person (`scope_author`): kind, object, address, what to say it with.

    Written by the function `nuserus_notify` alone, for whoever acts writes to others. `details` are
    what the sentence of the kind needs; nobody but the recipient reads them, and not even the
    recipient once the object is out of their reach. `carried_by` is the digest that told it.
    """

    kind = models.CharField(_("sorte d’avis"), max_length=60)
    about = models.UUIDField(_("objet"), null=True, blank=True)
    address = models.CharField(_("adresse sur le site"), max_length=300)
    details = models.JSONField(_("précisions"), default=dict, blank=True)
    happened_at = models.DateTimeField(_("le"), default=timezone.now)
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    carried_by = models.ForeignKey(
        "notifications.Sending",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="carried",
        verbose_name=_("récapitulatif"),
    )

    class Meta:
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        constraints = [own("notice_scope")]
        indexes = [
            models.Index(fields=["scope_author", "-happened_at"], name="notice_by_recipient"),
            models.Index(fields=["scope_author"], condition=Q(read_at=None), name="notice_unread"),
        ]


class Preference(Scoped):
    """How often a person (`scope_author`) wants mail of one kind, of the digest, or of everything."""

    kind = models.CharField(_("sorte d’avis"), max_length=60)
    frequency = models.CharField(_("fréquence"), max_length=10, choices=Frequency)
    changed_at = models.DateTimeField(_("choisi le"), auto_now=True)

    class Meta:
        verbose_name = _("préférence de courriel")
        verbose_name_plural = _("préférences de courriel")
        constraints = [
            own("preference_scope"),
            models.UniqueConstraint(fields=["scope_author", "kind"], name="one_preference_per_kind"),
        ]

"""What the referents of an institution corrected about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import OwnDetail
from nuserus.directory.models.institutions import Institution
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Correction(Scoped):
    """One detail of an institution, before and after one of its referents corrected it.

    Written by two functions of the database alone, which change the institution in the same breath.
    `from_register` says that what was there before came from the register and not from the place.
    """

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="corrections")
    detail = models.CharField(_("ce qui est corrigé"), max_length=10, choices=OwnDetail)
    before = models.CharField(_("avant"), max_length=300, blank=True)
    after = models.CharField(_("après"), max_length=300, blank=True)
    from_register = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("corrigé le"), default=timezone.now)
    undone_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    by_moderation = models.BooleanField(_("annulé par la modération"), default=False)

    class Meta:
        verbose_name = _("correction d’un établissement")
        verbose_name_plural = _("corrections des établissements")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=F("institution"),
                    scope_author=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="correction_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_detail_display()} : {self.after}"

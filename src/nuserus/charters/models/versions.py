"""What a place adopted: kept as it was, with what it was decided on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.charters.enums import CHARTER_LEVELS
from nuserus.charters.models.charters import Charter
from nuserus.foundation.models import Scoped


class CharterVersion(Scoped):
    """One adopted version. Its words never change; who may read it may (`scope_level`, `named`).

    `rules`: a list of {"id", "sentence", "why", "otherwise", "pictogram"}; `heard`: a list of
    {"on", "gathering", "who", "accompanied", "others", "said", "changed"}; `read_by`: {} or
    {"readers", "how_many", "way", "on"} when the simple version is FALC.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="versions")
    institution = models.ForeignKey("directory.Institution", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    topic = models.SlugField(max_length=40, blank=True)
    title = models.CharField(_("titre"), max_length=120)
    about = models.TextField(max_length=600, blank=True)
    simple = models.TextField(_("version simple"), max_length=1500, blank=True)
    rules = models.JSONField(_("règles"), default=list)
    heard = models.JSONField(_("concertations"), default=list, blank=True)
    read_by = models.JSONField(_("relecture de la version simple"), default=dict, blank=True)
    taken_from = models.UUIDField(null=True, blank=True, editable=False)
    taken_from_words = models.CharField(max_length=300, blank=True)
    named = models.BooleanField(_("nommer l’établissement"), default=False)
    in_force_from = models.DateField(_("en vigueur à partir du"))
    adopted_at = models.DateTimeField(_("adoptée le"), auto_now_add=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("version de règles d’usage")
        verbose_name_plural = _("versions de règles d’usage")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="charter_version_once"),
            models.CheckConstraint(
                condition=Q(
                    scope_level__in=CHARTER_LEVELS,
                    scope_institution=F("institution"),
                    scope_author=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="charter_version_scope",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope_institution = self.institution_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.title

    @property
    def accompanied(self) -> int:
        """How many people who live there were heard, all moments together."""
        return sum(int(one["accompanied"]) for one in self.heard)

    @property
    def is_decided_together(self) -> bool:
        """Whether people who live there were heard before it was adopted."""
        return self.accompanied > 0

    @property
    def is_falc(self) -> bool:
        return bool(self.simple and self.read_by)

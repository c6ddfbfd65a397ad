"""What is shown of the inventories together, and files and addresses that are kept for later."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.devices.models.catalogue import Device
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Identified, Scoped


class NetworkBlock(Identified):
    """Lines that are not public, gathered so that nobody can guess a place (`rules.blocks`): public.

    A dimension is empty where the lines of the block do not share it, "-" where they share that they
    have none. Written by the system alone, all at once.
    """

    of_places = models.BooleanField(_("compte des lieux, et non des matériels"), default=False)
    family = models.CharField(_("famille"), max_length=60, blank=True)
    device = models.CharField(_("dispositif"), max_length=80, blank=True)
    category = models.CharField(_("catégorie"), max_length=4, blank=True)
    region = models.CharField(_("région"), max_length=60, blank=True)
    stage = models.CharField(_("degré d’appropriation"), max_length=10, blank=True)
    department = models.CharField(_("département"), max_length=3, blank=True)
    size = models.CharField(_("taille de l’organisme"), max_length=10, blank=True)
    operator = models.CharField(_("organisme"), max_length=36, blank=True)
    count = models.PositiveIntegerField(_("nombre"))
    released_at = models.DateTimeField(_("compté le"), default=timezone.now)

    class Meta:
        verbose_name = _("nombre montré du réseau")
        verbose_name_plural = _("nombres montrés du réseau")

    def __str__(self) -> str:
        return f"{self.device or self.family} : {self.count}"


class InventoryUpload(Scoped):
    """A workbook that somebody sent for the inventory of a place: kept until they decide."""

    institution = models.ForeignKey(
        "directory.Institution",
        verbose_name=_("établissement ou service"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("envoyé par"), on_delete=models.CASCADE, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    file_name = models.CharField(_("nom du fichier"), max_length=120)
    content = models.BinaryField(_("contenu"))

    class Meta:
        verbose_name = _("classeur d’inventaire envoyé")
        verbose_name_plural = _("classeurs d’inventaire envoyés")
        ordering = ["-uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=F("institution"),
                    scope_author=F("uploaded_by"),
                    scope_group=None,
                    scope_mission=None,
                ),
                name="inventory_upload_scope",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope_level = Level.RESTRICTED
        self.scope_institution = self.institution_id
        self.scope_author = self.uploaded_by_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.file_name


class MergedDevice(Scoped):
    """The address that a device had before it was merged into another one. Written by the database.

    That of a proposal, which says its name, is known to the person who proposed it alone.
    """

    slug = models.SlugField(_("ancienne adresse"), max_length=80, unique=True)
    name = models.CharField(_("ancien nom"), max_length=120, blank=True)
    kept = models.ForeignKey(Device, verbose_name=_("dispositif gardé"), on_delete=models.CASCADE, related_name="+")
    merged_at = models.DateTimeField(_("fusionné le"), default=timezone.now)

    class Meta:
        verbose_name = _("dispositif fusionné")
        verbose_name_plural = _("dispositifs fusionnés")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    Q(scope_level=Level.PUBLIC, scope_author=None) | Q(scope_level=Level.RESTRICTED, name=""),
                    scope_institution=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="merged_device_scope",
            )
        ]

    def __str__(self) -> str:
        return self.slug

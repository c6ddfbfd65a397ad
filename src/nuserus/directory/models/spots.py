"""What is looked for: one row an institution or a place of help, made for lists and maps."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import SpotKind
from nuserus.directory.models.places import Department
from nuserus.directory.models.reference import Category
from nuserus.foundation.models import Identified


class Spot(Identified):
    """An institution or a place of help as it is searched for; it has the id of what it stands for.

    Triggers of the database write it (migration 0006), from what is public already: nobody else does.
    `words` are those of the name, the town, the kind, the operator, the services; `east` and `south`
    count from the north-west corner of the Mercator square of the world, which has 2**26 on a side;
    `number` is a small name for aggregates, which cannot take the least of several UUIDs.
    """

    kind = models.CharField(_("sorte"), max_length=12, choices=SpotKind)
    number = models.BigIntegerField(_("rang"), unique=True)
    name = models.CharField(_("nom"), max_length=250)
    folded = models.CharField(_("nom sans accent"), max_length=250)
    words = SearchVectorField(_("mots"))
    department = models.ForeignKey(
        Department, verbose_name=_("département"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    category = models.ForeignKey(
        Category, verbose_name=_("catégorie"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    themes = ArrayField(models.CharField(max_length=120), default=list, verbose_name=_("besoins"))
    publics = ArrayField(models.CharField(max_length=120), default=list, verbose_name=_("publics"))
    east = models.IntegerField(_("depuis l’ouest"), null=True)
    south = models.IntegerField(_("depuis le nord"), null=True)
    is_open = models.BooleanField(_("ouvert"), default=True)

    class Meta:
        verbose_name = _("lieu à trouver")
        verbose_name_plural = _("lieux à trouver")
        ordering = ["folded", "id"]
        indexes = [
            models.Index(fields=["is_open", "folded", "id"], name="spot_in_order"),
            models.Index(fields=["department", "folded", "id"], name="spot_by_department"),
            models.Index(fields=["category", "folded", "id"], name="spot_by_category"),
            models.Index(
                fields=["east", "south"],
                include=["number"],
                condition=models.Q(is_open=True, east__isnull=False),
                name="spot_on_map",
            ),
            GinIndex(fields=["words"], name="spot_by_words"),
            GinIndex(fields=["themes"], name="spot_by_theme"),
        ]

    def __str__(self) -> str:
        return self.name

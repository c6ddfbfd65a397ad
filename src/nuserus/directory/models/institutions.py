"""Institutions and those who run them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import PRIVATE_HOMES, LegalStatus, OwnDetail, Precision
from nuserus.directory.models.places import Department, Town
from nuserus.directory.models.reference import Category, Public
from nuserus.foundation.models import Identified
from nuserus_analysis.text import fold


class Operator(Identified):
    """The legal body that runs institutions (organisme gestionnaire)."""

    name = models.CharField(_("nom"), max_length=200)
    finess = models.CharField(
        _("numéro FINESS de l’entité juridique"), max_length=9, null=True, blank=True, unique=True
    )
    siren = models.CharField(_("numéro SIREN"), max_length=9, blank=True)
    status = models.CharField(_("statut"), max_length=12, choices=LegalStatus, blank=True)

    class Meta:
        verbose_name = _("organisme gestionnaire")
        verbose_name_plural = _("organismes gestionnaires")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Institution(Identified):
    """A social or medico-social institution or service. All of this is public.

    `kind_label` says the kind where the FINESS nomenclature has none; `town_name` is always known,
    `town` only where it could be located without doubt. `questions` are those the place asked
    itself in the first programme, `participants` the trades that took part, both in its own words.

    `register_name` is the name in the FINESS register; `name` is the same unless the place itself
    corrected it (`named_by_place`). What the register says of where it is: `street`, `post_code`,
    `commune` (INSEE code), `latitude`, `longitude` (degrees, WGS 84) and how `precision` they are.
    `own_details` names what the place said itself (`OwnDetail`): an import leaves it alone.
    A place that may be somebody's home (`is_private_home`) has no street, no telephone and the
    point of its town: the database refuses anything else. A place that left the register is closed
    (`closed_on`), never deleted.
    """

    name = models.CharField(_("nom"), max_length=200)
    folded = models.CharField(_("nom sans accent"), max_length=200, editable=False)
    slug = models.SlugField(_("adresse lisible"), max_length=120, unique=True)
    finess = models.CharField(_("numéro FINESS de l’établissement"), max_length=9, null=True, blank=True, unique=True)
    category = models.ForeignKey(
        Category,
        verbose_name=_("catégorie FINESS"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    kind_label = models.CharField(_("type en toutes lettres"), max_length=120, blank=True)
    operator = models.ForeignKey(
        Operator,
        verbose_name=_("organisme gestionnaire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    legal_status = models.CharField(_("statut"), max_length=12, choices=LegalStatus, blank=True)
    town_name = models.CharField(_("ville"), max_length=80)
    town_folded = models.CharField(_("ville sans accent"), max_length=80, editable=False)
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    town = models.ForeignKey(
        Town,
        verbose_name=_("ville située"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    publics = models.ManyToManyField(Public, verbose_name=_("publics"), blank=True, related_name="institutions")
    trades = models.ManyToManyField("people.Trade", verbose_name=_("métiers"), blank=True, related_name="institutions")
    questions = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("questions que le lieu se posait"),
    )
    participants = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        verbose_name=_("qui a pris part au premier programme"),
    )
    register_name = models.CharField(_("nom au répertoire FINESS"), max_length=200, blank=True)
    named_by_place = models.BooleanField(_("nommé par le lieu lui-même"), default=False)
    siret = models.CharField(_("numéro SIRET"), max_length=14, blank=True)
    activity = models.CharField(_("code APE"), max_length=6, blank=True)
    funding = models.CharField(_("mode de tarification"), max_length=120, blank=True)
    street = models.CharField(_("adresse"), max_length=200, blank=True)
    post_code = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.CharField(_("code INSEE de la commune"), max_length=5, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    contact_email = models.EmailField(_("adresse électronique du lieu"), blank=True)
    website = models.URLField(_("site"), blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = models.CharField(_("précision de la position"), max_length=8, choices=Precision, blank=True)
    is_private_home = models.BooleanField(_("peut être un domicile privé"), default=False, editable=False)
    opened_on = models.DateField(_("ouvert le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    register_date = models.DateField(_("date du répertoire"), null=True, blank=True)
    # what the register said when it was last read, as a digest: a line that says the same is not written again
    register_mark = models.BigIntegerField(null=True, editable=False)
    opening = models.CharField(_("horaires, en toutes lettres"), max_length=300, blank=True, db_default="", default="")
    own_details = ArrayField(
        models.CharField(max_length=10, choices=OwnDetail),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("ce que le lieu dit lui-même"),
    )
    is_fictitious = models.BooleanField(_("exemple fictif"), default=False)
    programme_partner = models.BooleanField(
        _("partenaire du premier programme"),
        null=True,
        blank=True,
        help_text=_("oui : partenaire ; non : observé sans être partenaire ; vide : n’y était pas"),
    )

    class Meta:
        verbose_name = _("établissement ou service")
        verbose_name_plural = _("établissements et services")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__isnull=False) | ~models.Q(kind_label=""),
                name="institution_has_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(is_private_home=False)
                | models.Q(street="", phone="", precision__in=["", Precision.TOWN]),
                name="institution_home_is_not_shown",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="institution_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["category", "department"], name="institution_by_category"),
            models.Index(fields=["commune"], name="institution_by_commune"),
            models.Index(fields=["folded"], name="institution_by_folded", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["longitude", "latitude"], name="institution_by_point"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        self.town_folded = fold(self.town_name)
        self.is_private_home = self.category is not None and self.category.code in PRIVATE_HOMES
        super().save(*args, **kwargs)

    @property
    def kind(self) -> str:
        """What sort of place it is, in the words used on the spot: "IME", "centre médico-éducatif"."""
        return self.kind_label or str(self.category)

    @property
    def said_by_place(self) -> list[str]:
        """The names of the details that the place said itself."""
        return [str(OwnDetail(detail).label) for detail in self.own_details]

    @property
    def is_closed(self) -> bool:
        """Whether it has closed: it keeps what it has and takes no new member."""
        return self.closed_on is not None and self.closed_on <= timezone.localdate()

    def get_absolute_url(self) -> str:
        return reverse("directory:institution", args=[self.pk])

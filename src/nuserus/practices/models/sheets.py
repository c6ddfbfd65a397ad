"""The practice sheet and its contributors."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.enums import Absence, Contribution, Evidence, SheetStatus

LICENCE = "CC BY-SA 4.0"


def _slugs() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.SlugField(max_length=60), default=list, blank=True)


class Sheet(Scoped):
    """A practice told by those who do it.

    Until it is published it is `restricted` to its mission (author, co-authors, facilitator, and
    the reviewer while under review): `scope_mission` is the sheet's own id. It never has a
    `scope_institution`: the referent of the place may not write what others told. Lists of slugs
    are facets from the versioned lists; a slug that left a list stays on the sheets that had it.
    `institution` may be missing until the sheet is sent.
    """

    institution = models.ForeignKey(
        "directory.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sheets",
        verbose_name=_("établissement ou service"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="sheets",
        verbose_name=_("auteur ou autrice"),
    )
    status = models.CharField(_("état"), max_length=10, choices=SheetStatus, default=SheetStatus.DRAFT)
    title = models.CharField(_("titre"), max_length=160, blank=True)
    title_is_proposed = models.BooleanField(default=True)
    simple_version = models.TextField(_("version simple"), max_length=900, blank=True)

    devices = _slugs()
    own_devices = models.TextField(_("autre dispositif"), max_length=200, blank=True)
    publics = _slugs()
    trades = _slugs()
    axes = _slugs()
    planes = _slugs()
    ways = _slugs()
    modalities = _slugs()
    themes = _slugs()

    problem = models.TextField(_("la difficulté rencontrée"), max_length=4000, blank=True)
    intention = models.TextField(_("ce que vous vouliez"), max_length=4000, blank=True)
    happened = models.TextField(_("ce qui s’est passé"), max_length=4000, blank=True)
    watch_for = models.TextField(_("à quoi faire attention"), max_length=4000, blank=True)
    means = models.TextField(_("temps, moyens, formation"), max_length=2000, blank=True)
    role_of_person = models.TextField(_("place de la personne et des proches"), max_length=2000, blank=True)
    limits = models.TextField(_("échecs, détournements, paradoxes"), max_length=4000, blank=True)
    when_to_stop = models.TextField(_("quand arrêter"), max_length=2000, blank=True)
    elsewhere = models.TextField(_("à changer ailleurs"), max_length=2000, blank=True)
    evidence = models.CharField(
        _("ce sur quoi reposent les effets"),
        max_length=20,
        choices=Evidence,
        default=Evidence.ACCOUNT,
    )
    ethics = models.JSONField(_("éthique et droit"), default=dict, blank=True)

    shows_institution = models.BooleanField(_("nommer l’établissement"), default=False)
    licence = models.CharField(_("licence"), max_length=20, default=LICENCE)
    licence_accepted_at = models.DateTimeField(_("licence acceptée le"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    # a year after the sheet was last published, tried, or said to be still valid
    review_date = models.DateField(_("à revoir le"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("ne se fait plus depuis"), null=True, blank=True)
    # written by the database, from the two above: lists and ranking read it and compute nothing
    is_stale = models.BooleanField(_("à confirmer"), default=False, editable=False)

    adapted_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adaptations",
        verbose_name=_("déclinaison de"),
    )
    adapted_from_version = models.PositiveIntegerField(_("d’après la version"), null=True, blank=True, editable=False)
    family = models.UUIDField(_("famille"), help_text=_("identifiant de la fiche d’origine"))
    why_changed = models.TextField(_("pourquoi nous avons adapté"), max_length=2000, blank=True)

    started_at = models.DateTimeField(_("commencée le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("modifiée le"), auto_now=True)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("fiche pratique")
        verbose_name_plural = _("fiches pratiques")
        indexes = [
            # lists of the newest, stale ones last, for anybody: the level can't lead, as members read more than one
            models.Index(
                fields=["is_stale", "-published_at", "id"],
                condition=Q(status=SheetStatus.PUBLISHED),
                name="sheet_fresh_first",
            ),
            models.Index(fields=["author", "-changed_at"], name="sheet_by_author"),
            models.Index(fields=["family"], name="sheet_by_family"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_author=F("author"), scope_mission=F("id"), scope_institution=None, scope_group=None),
                name="sheet_scope",
            ),
            models.CheckConstraint(
                condition=Q(status=SheetStatus.PUBLISHED, scope_level=Level.PUBLIC)
                | Q(~Q(status=SheetStatus.PUBLISHED), scope_level=Level.RESTRICTED),
                name="sheet_public_once_published",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[SheetStatus.DRAFT, SheetStatus.WITHDRAWN])
                | Q(institution__isnull=False, licence_accepted_at__isnull=False),
                name="sheet_sent_by_a_member_with_its_licence",
            ),
            models.CheckConstraint(
                condition=~Q(status=SheetStatus.PUBLISHED) | Q(version__gte=1, published_at__isnull=False),
                name="sheet_published_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Pratique sans titre"))


class Contributor(Scoped):
    """Somebody who did something for a sheet, by the name they want to show."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="contributors")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    name = models.CharField(_("nom affiché"), max_length=80)
    contribution = models.CharField(_("contribution"), max_length=15, choices=Contribution)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [models.UniqueConstraint(fields=["sheet", "name", "contribution"], name="contributor_once")]


class AbsentSheet(Scoped):
    """The place of a sheet that was published and cannot be read any more (same id as the sheet).

    Public, and without a word of the sheet: the adaptations, the trials and the family tree keep
    somewhere to point at.
    """

    kind = models.CharField(_("raison"), max_length=10, choices=Absence)
    family = models.UUIDField(_("famille"))
    adapted_from = models.UUIDField(_("déclinaison de"), null=True, blank=True)
    since = models.DateTimeField(_("depuis"), auto_now_add=True)

    class Meta:
        verbose_name = _("fiche absente")
        verbose_name_plural = _("fiches absentes")
        indexes = [models.Index(fields=["family"], name="absent_by_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level=Level.PUBLIC, scope_mission=F("id"), scope_institution=None),
                name="absent_sheet_scope",
            )
        ]

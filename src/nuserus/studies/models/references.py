"""Scientific watch and bibliography."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.studies.enums import ReadingState, ReferenceKind
from nuserus.studies.models.studies import Study


class Reference(Scoped):
    """A document that the study reads or cites. `authors` has one name a line, « Nom, Prénom »."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="references")
    key = models.SlugField(_("clé"), max_length=80)
    kind = models.CharField(_("genre"), max_length=12, choices=ReferenceKind, default=ReferenceKind.ARTICLE)
    title = models.CharField(_("titre"), max_length=500)
    authors = models.TextField(_("auteurs et autrices"), max_length=2000, blank=True)
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)
    container = models.CharField(_("revue ou ouvrage"), max_length=300, blank=True)
    publisher = models.CharField(_("éditeur ou institution"), max_length=200, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    number = models.CharField(_("numéro"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    abstract = models.TextField(_("résumé"), max_length=5000, blank=True)
    why = models.CharField(_("ce que nous en faisons"), max_length=500, blank=True)
    state = models.CharField(_("lecture"), max_length=8, choices=ReadingState, default=ReadingState.TO_READ)
    added_by = models.UUIDField(null=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("référence")
        verbose_name_plural = _("références")
        ordering = ["-year", "title", "id"]
        constraints = [models.UniqueConstraint(fields=["study", "key"], name="one_reference_per_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def authors_on_a_line(self) -> str:
        """Their names, one after another."""
        return " ; ".join(self.authors.splitlines())

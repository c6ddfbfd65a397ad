"""The index: one row per object that can be found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped


class Entry(Scoped):
    """An object of a kind, with the stems that find it and the scope that it had when indexed.

    The application role has no privilege on this table. `@@` is not leakproof, so under a row
    policy PostgreSQL would read every row before it asks the GIN index; the functions of
    `search.statements` run as the owner, apply the scope themselves and use the index.
    """

    kind = models.CharField(_("genre"), max_length=40)
    object_id = models.UUIDField()
    title = models.TextField(_("titre"))
    head = SearchVectorField(help_text=_("titre et version simple"))
    vector = SearchVectorField(help_text=_("tout le texte, pondéré"))
    facets = ArrayField(models.TextField(), default=list)
    words = ArrayField(models.TextField(), default=list, help_text=_("mots comptés au vocabulaire"))
    published_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    trials = models.PositiveIntegerField(default=0)
    stale = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("entrée de l’index")
        verbose_name_plural = _("entrées de l’index")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="entry_once")]
        indexes = [
            GinIndex(fields=["head"], name="entry_by_head"),
            GinIndex(fields=["vector"], name="entry_by_words"),
            GinIndex(fields=["facets"], name="entry_by_facet"),
            models.Index(
                models.F("stale"),
                models.F("published_at").desc(nulls_last=True),
                models.F("id").desc(),
                name="entry_fresh_first",
            ),
        ]

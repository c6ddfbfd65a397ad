"""Whether what visitors find has changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexVersion(models.Model):
    """One row: the last transaction that changed the index, the synonyms, or what is listed with them.

    Written by triggers alone, when that transaction commits; the application role reads it. An
    answer made under one version may be given again as long as the version is the same.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(_("dernière transaction"), default=0)

    class Meta:
        verbose_name = _("version de l’index")
        verbose_name_plural = _("version de l’index")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_index_version")]

"""What the group says of a question, and how it would word it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.instruments.enums import INSTRUMENT_LEVELS, RemarkState
from nuserus.instruments.models.instruments import Instrument, InstrumentVersion


class Remark(Scoped):
    """A comment on one question of a version (its name; empty: on the whole), with perhaps other words."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="remarks")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="remarks")
    question = models.CharField(_("question"), max_length=120, blank=True)
    comment = models.TextField(_("votre remarque"), max_length=1500, blank=True)
    wording = models.CharField(_("une autre formulation"), max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("écrite le"), auto_now_add=True)
    state = models.CharField(_("état"), max_length=8, choices=RemarkState, default=RemarkState.WAITING)
    answer = models.CharField(_("réponse"), max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("remarque sur une question")
        verbose_name_plural = _("remarques sur les questions")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level__in=INSTRUMENT_LEVELS, scope_author=F("author"), scope_mission=None),
                name="instrument_remark_scope",
            ),
            models.CheckConstraint(condition=~Q(comment="", wording=""), name="instrument_remark_says_something"),
        ]

"""What was found in a text, without the text: offsets, and digests that say which words were meant."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.screening.enums import DetailKind, FlagState, FoundBy, KeepReason


class ScreenedText(Scoped):
    """One text of one object, as it was when it was screened.

    Restricted for ever to those named on the object and to its author, even once the object is
    public: what points at somebody is not shown to those who read the sheet. `names_checked`: the model read it too.
    """

    kind = models.CharField(_("sorte d’objet"), max_length=40)
    object_id = models.UUIDField(_("objet"))
    field = models.CharField(_("réponse"), max_length=80)
    text_digest = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=20)
    names_checked = models.BooleanField(_("noms cherchés"), default=False)
    screened_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("texte vérifié")
        verbose_name_plural = _("textes vérifiés")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "field"], name="screened_text_once"),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED, scope_mission=F("object_id"), scope_institution=None, scope_group=None
                ),
                name="screened_text_scope",
            ),
        ]


class Flag(Scoped):
    """One detail of a screened text, and what its writer decided.

    The words are not copied: `start` and `end` count code points of the text whose digest stands on
    `screened`, and `words_digest` recognises the same words when the text has changed.
    """

    screened = models.ForeignKey(ScreenedText, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(_("sorte de détail"), max_length=12, choices=DetailKind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words_digest = models.CharField(max_length=64)
    found_by = models.CharField(_("trouvé par"), max_length=8, choices=FoundBy, default=FoundBy.RULES)
    state = models.CharField(_("état"), max_length=10, choices=FlagState, default=FlagState.OPEN)
    reason = models.CharField(_("raison"), max_length=20, choices=KeepReason, blank=True)
    # a plain id: accounts are above
    decided_by = models.UUIDField(_("décidé par"), null=True, blank=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("détail signalé")
        verbose_name_plural = _("détails signalés")
        ordering = ["screened", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="flag_holds_words"),
            models.CheckConstraint(condition=~Q(state=FlagState.KEPT) | ~Q(reason=""), name="flag_kept_for_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=[FlagState.OPEN, FlagState.STALE]) | Q(decided_at__isnull=False),
                name="flag_decided_once",
            ),
        ]

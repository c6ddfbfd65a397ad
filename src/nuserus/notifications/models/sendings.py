"""The record of one mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.notifications.enums import SendingState
from nuserus.notifications.models.notices import Notice, own


class Sending(Scoped):
    """One mail to one person (`scope_author`): of one notice, or the digest of one ISO week.

    Unique for each, so that two workers have the same record before them. Its id makes the
    Message-ID. `claim` is the token of the worker that holds it: whoever lost it sends nothing.
    `left_at` is written just before the byte that ends the message; from then on only the answer of
    the mail server is missing, and the mail is never sent again (docs/adr).
    """

    notice = models.OneToOneField(
        Notice,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sending",
        verbose_name=_("avis"),
    )
    week = models.CharField(_("semaine"), max_length=8, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=SendingState, default=SendingState.WAITING)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_try_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    answer = models.CharField(_("réponse du serveur de courriel"), max_length=200, blank=True)
    said = models.CharField(
        _("empreinte"), max_length=64, blank=True, help_text=_("pour ne pas envoyer deux fois le même récapitulatif")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        constraints = [
            own("sending_scope"),
            models.UniqueConstraint(fields=["scope_author", "week"], condition=~Q(week=""), name="one_digest_per_week"),
            models.CheckConstraint(
                condition=Q(notice__isnull=False, week="") | Q(Q(notice=None), ~Q(week="")),
                name="sending_of_a_notice_or_of_a_week",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SendingState.LEAVING, SendingState.SENT, SendingState.UNKNOWN])
                | Q(left_at__isnull=False),
                name="sending_left_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=[SendingState.WAITING, SendingState.CLAIMED, SendingState.LEAVING]),
                name="sending_due",
            )
        ]

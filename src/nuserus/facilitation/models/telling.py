"""One tells, another writes: who, on which sheet, and what the teller has approved."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuserus.facilitation.enums import Teller, TellingState
from nuserus.facilitation.models.meeting import Booking
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.foundation.models.base import new_id
from nuserus.practices.models import Sheet


class Telling(Scoped):
    """A sheet that is told to somebody, or in plain words; one per sheet, whoever comes to write.

    `teller` is null for somebody without an account: the facilitator then holds the sheet for them
    and `subject` is the id their consent is recorded under. `facilitator`, `helpers` (all who ever
    wrote) and `state` are written by functions of the database alone, which open and end the mission.
    `booking` is the meeting it was begun from: one meeting, one telling.
    """

    sheet = models.OneToOneField(Sheet, on_delete=models.CASCADE, related_name="telling")
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="tellings"
    )
    booking = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="telling")
    subject = models.UUIDField(default=new_id)
    who = models.CharField(_("qui raconte"), max_length=15, choices=Teller, default=Teller.PROFESSIONAL)
    name = models.CharField(_("nom montré"), max_length=80, blank=True)
    in_plain_words = models.BooleanField(default=False)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    helpers = ArrayField(models.UUIDField(), default=list, blank=True)
    state = models.CharField(max_length=10, choices=TellingState, default=TellingState.ALONE)
    code = models.CharField(max_length=6, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    teller_credits = models.BooleanField(default=True)
    facilitator_signs = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("récit accompagné")
        verbose_name_plural = _("récits accompagnés")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_telling_per_code"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None)
                & Q(scope_mission=models.F("sheet")),
                name="telling_scope",
            ),
            models.CheckConstraint(
                condition=Q(teller=None) | Q(subject=models.F("teller")), name="telling_subject_is_the_teller"
            ),
        ]

    @property
    def asks_consent(self) -> bool:
        """Whether the sheet leaves only with approval and consent: not one's own words typed alone."""
        return bool(self.helpers) or self.in_plain_words or self.teller_id is None

    @property
    def teller_name(self) -> str:
        """The name of who tells, as others read it."""
        if self.name:
            return self.name
        return self.teller.shown_name if self.teller is not None else ""


class Approval(Scoped):
    """What a card said when its teller approved it: another text is another digest."""

    telling = models.ForeignKey(Telling, on_delete=models.CASCADE, related_name="approvals")
    question = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    witness = models.CharField(_("témoin"), max_length=80, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("carte approuvée")
        verbose_name_plural = _("cartes approuvées")
        constraints = [
            models.UniqueConstraint(fields=["telling", "question"], name="card_approved_once"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None), name="approval_scope"
            ),
        ]

"""Finding one another: slots of fifteen minutes, bookings, requests to be called back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.facilitation.enums import SLOT, BookingState, CallState
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Slot(Scoped):
    """Fifteen minutes that a facilitator offers, from a quarter of an hour on.

    Free for all, or kept for one person (`kept_for`, an account). `is_taken` is kept by the
    database, so that nobody needs to read the bookings of others.
    """

    facilitator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("à"))
    how = models.CharField(_("comment on se parle"), max_length=200)
    kept_for = models.UUIDField(null=True, blank=True)
    is_taken = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("créneau")
        verbose_name_plural = _("créneaux")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at"], name="slot_by_hour")]
        constraints = [
            models.UniqueConstraint(
                fields=["facilitator", "starts_at"], condition=Q(cancelled_at=None), name="slot_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_author=F("facilitator"),
                    scope_mission=None,
                    scope_institution=None,
                ),
                name="slot_scope",
            ),
        ]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + SLOT


class Booking(Scoped):
    """A slot taken by a teller. Its mission (its own id) names the two; the database names them."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="bookings")
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookings")
    facilitator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("à"))
    how = models.CharField(_("comment vous joindre"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.BOOKED)
    cancelled_by = models.UUIDField(null=True, blank=True)
    cancel_words = models.CharField(_("un mot"), max_length=300, blank=True)
    booked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=Q(state=BookingState.BOOKED), name="slot_booked_once"),
            models.UniqueConstraint(
                fields=["teller", "starts_at"], condition=Q(state=BookingState.BOOKED), name="teller_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_author=F("teller"),
                    scope_mission=F("id"),
                    scope_institution=None,
                ),
                name="booking_scope",
            ),
        ]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + SLOT


class CallRequest(Scoped):
    """« Aucun créneau ne me va » : when and how somebody wants to hear from a facilitator."""

    teller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    when = models.CharField(_("quand"), max_length=200)
    how = models.CharField(_("comment"), max_length=200)
    state = models.CharField(max_length=10, choices=CallState, default=CallState.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(_("réponse"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("demande de rappel")
        verbose_name_plural = _("demandes de rappel")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["teller"], condition=Q(state=CallState.WAITING), name="one_call_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_author=F("teller"), scope_institution=None),
                name="call_scope",
            ),
        ]

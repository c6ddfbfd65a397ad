"""Who takes part: places, circles, and the seats in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models import Institution
from nuserus.foundation.models import Scoped
from nuserus.studies.enums import GroupKind, Part, PlaceState, SeatState
from nuserus.studies.models.studies import Study


class StudyPlace(Scoped):
    """An institution of a study: a partner, observed, or both.

    Its id is the mission of what is collected there. `scope_institution` lets its referent read it.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="places")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    is_partner = models.BooleanField(_("partenaire"), default=False)
    is_observed = models.BooleanField(_("observé"), default=True)
    state = models.CharField(max_length=10, choices=PlaceState, default=PlaceState.INVITED)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("établissement de l’étude")
        verbose_name_plural = _("établissements de l’étude")
        ordering = ["institution__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["study", "institution"], name="place_once_in_a_study"),
            models.CheckConstraint(
                condition=Q(is_partner=True) | Q(is_observed=True), name="place_is_partner_or_observed"
            ),
        ]

    def __str__(self) -> str:
        return self.institution.name


class StudyGroup(Scoped):
    """A circle of a study: its team, its steering committee, or the working group of a place. A group by its id."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="circles")
    kind = models.CharField(max_length=10, choices=GroupKind)
    place = models.OneToOneField(StudyPlace, null=True, blank=True, on_delete=models.CASCADE, related_name="circle")

    class Meta:
        verbose_name = _("groupe d’une étude")
        verbose_name_plural = _("groupes d’une étude")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "kind"], condition=~Q(kind=GroupKind.WORKING), name="one_team_and_one_committee"
            ),
            models.CheckConstraint(
                condition=Q(kind=GroupKind.WORKING, place__isnull=False) | (~Q(kind=GroupKind.WORKING) & Q(place=None)),
                name="a_working_group_has_its_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.place}" if self.place else str(self.get_kind_display())


class Participation(Scoped):
    """A seat in a circle: a trade, and the person who holds it once they said yes.

    A seat without an account is open, told by its trade alone; `code_hash` is the SHA-256 of the secret of
    the link by which somebody takes it. The database alone lets a person in (`studies_answer`, `studies_take`).
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="seats")
    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="seats")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    part = models.CharField(_("rôle"), max_length=24, choices=Part)
    trade = models.CharField(_("métier ou fonction"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.OPEN)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("place dans une étude")
        verbose_name_plural = _("places dans une étude")
        ordering = ["invited_at", "id"]
        indexes = [models.Index(fields=["account", "state"], name="seat_by_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "account"],
                condition=Q(state__in=(SeatState.INVITED, SeatState.ACCEPTED)),
                name="one_seat_in_a_circle",
            ),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="one_seat_per_link"),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(state=SeatState.OPEN), name="an_open_seat_has_no_account"
            ),
        ]

    def __str__(self) -> str:
        return self.account.shown_name if self.account else self.trade

"""What was heard: meetings with those who live there, proposals of the team, readings of the simple version."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.charters.enums import MOST_PEOPLE, Drawing, Gathering, ProposalKind, ProposalState, Reading
from nuserus.charters.models.charters import Charter, HouseRule
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Consultation(Scoped):
    """One moment when people of the place were asked. As open as its charter.

    `who` says people by their roles, never by their names.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="consultations")
    held_on = models.DateField(_("date"))
    gathering = models.CharField(_("comment"), max_length=12, choices=Gathering)
    who = models.CharField(_("qui, par les rôles"), max_length=200)
    accompanied = models.PositiveSmallIntegerField(
        _("personnes accompagnées"), validators=[MaxValueValidator(MOST_PEOPLE)], default=0
    )
    others = models.PositiveSmallIntegerField(
        _("autres personnes"), validators=[MaxValueValidator(MOST_PEOPLE)], default=0
    )
    said = models.TextField(_("ce qui a été dit"), max_length=2000)
    changed = models.TextField(_("ce qui a changé grâce à cela"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("concertation")
        verbose_name_plural = _("concertations")
        ordering = ["-held_on", "-recorded_at"]


class Proposal(Scoped):
    """What a member of the place proposes; read by its members, decided by its referents."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="proposals")
    rule = models.ForeignKey(HouseRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals")
    kind = models.CharField(max_length=8, choices=ProposalKind)
    sentence = models.CharField(_("la règle"), max_length=160, blank=True)
    why = models.TextField(_("pourquoi"), max_length=600, blank=True)
    otherwise = models.TextField(_("et sinon"), max_length=600, blank=True)
    pictogram = models.CharField(_("dessin"), max_length=20, choices=Drawing, default=Drawing.YES)
    reason = models.CharField(_("ce qui vous y fait penser"), max_length=400, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    answer = models.CharField(_("réponse"), max_length=400, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level=Level.INSTITUTION, scope_author=F("author"), scope_mission=None)
                & Q(scope_institution__isnull=False),
                name="charter_proposal_scope",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, decided_at=None)
                | Q(~Q(state=ProposalState.WAITING), decided_at__isnull=False),
                name="charter_proposal_decided",
            ),
        ]


class PlainReading(Scoped):
    """People concerned read the simple version over; `text` is the very text they read.

    A change of the text drops the name FALC by itself. Only added to. As open as its charter.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="plain_readings")
    text = models.TextField(_("texte relu"), max_length=1500)
    readers = models.CharField(_("qui a relu"), max_length=200)
    how_many = models.PositiveSmallIntegerField(
        _("combien de personnes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    way = models.CharField(_("comment"), max_length=10, choices=Reading)
    what_changed = models.TextField(_("ce qui a été changé grâce à elles"), max_length=1000, blank=True)
    done_on = models.DateField(_("date de la relecture"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("relecture de la version simple")
        verbose_name_plural = _("relectures de la version simple")
        ordering = ["-done_on", "-recorded_at"]

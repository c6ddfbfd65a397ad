"""Somebody who takes part in a study, known by a pseudonym."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.enums import ParticipantRole, Protection
from nuserus.studies.models.circles import StudyPlace
from nuserus.studies.models.studies import Study

# How the pseudonym of somebody who was erased begins; what follows says nothing of the one they had.
ERASED = "R-"


def shown_pseudonym(pseudonym: str) -> str:
    """A pseudonym as people read it: in words for somebody who had everything erased."""
    if pseudonym.startswith(ERASED):
        return gettext("Participant·e retiré·e %(number)s") % {"number": pseudonym[2:6]}
    return pseudonym


class Participant(Scoped):
    """A person observed or listened to in one place: a pseudonym and a role, never a name, never an account.

    Read by who wrote it down and by those on the mission of the place. Its id is the subject of what
    the person agrees to; `scope_author` answers for them there.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="participants")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="participants")
    pseudonym = models.CharField(_("pseudonyme"), max_length=40)
    role = models.CharField(_("qui"), max_length=14, choices=ParticipantRole)
    protection = models.CharField(_("mesure de protection"), max_length=14, choices=Protection, default=Protection.NONE)
    language = models.CharField(_("langue"), max_length=8, default="fr")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(_("ne participe plus depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant·e")
        verbose_name_plural = _("participant·es")
        ordering = ["pseudonym", "id"]
        constraints = [
            models.UniqueConstraint("study", Lower("pseudonym"), name="pseudonym_once_in_a_study"),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                    scope_mission=models.F("place"),
                ),
                name="participant_scope",
            ),
        ]

    def __str__(self) -> str:
        return shown_pseudonym(self.pseudonym)

    @property
    def is_erased(self) -> bool:
        """Whether the person had everything erased: nothing more is recorded about them."""
        return self.pseudonym.startswith(ERASED)

    @property
    def needs_representative(self) -> bool:
        """Whether somebody else must agree too; what the person says still counts by itself."""
        return self.protection in {Protection.MINOR, Protection.GUARDIANSHIP}

    @property
    def is_protected(self) -> bool:
        """Whether somebody may speak beside the person: with curatorship too, without having to."""
        return self.protection != Protection.NONE

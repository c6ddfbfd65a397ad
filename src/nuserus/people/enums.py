"""Roles that a person may hold, and what happens to a name when an account is closed."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does on nuserus. Referents and members of a place are in `directory`."""

    MEMBER = "member", _("professionnel vérifié, professionnelle vérifiée")
    ACCOMPANIED = "accompanied", _("personne accompagnée")
    RELATIVE = "relative", _("proche")
    REFERENT = "referent", _("référent, référente d’établissement")
    FACILITATOR = "facilitator", _("animateur, animatrice")
    MODERATOR = "moderator", _("modérateur, modératrice")
    REVIEWER = "reviewer", _("relecteur, relectrice")
    STUDY_LEAD = "study_lead", _("responsable d’étude")
    STUDY_RESEARCHER = "study_researcher", _("chercheur, chercheuse d’une étude")
    PRACTITIONER_RESEARCHER = "practitioner_researcher", _("praticien-chercheur, praticienne-chercheuse")
    COMMITTEE_MEMBER = "committee_member", _("membre d’un comité de pilotage")
    SITE_ADMIN = "site_admin", _("administrateur, administratrice du site")


# Who holds one of these is a professional whom somebody has vouched for: may read the level `network`.
VERIFIED_ROLES = (
    Role.MEMBER,
    Role.FACILITATOR,
    Role.MODERATOR,
    Role.REVIEWER,
    Role.STUDY_LEAD,
    Role.STUDY_RESEARCHER,
    Role.PRACTITIONER_RESEARCHER,
)


class NameAfterClosing(TextChoices):
    """How a person who closes their account stays credited for what they shared."""

    KEEP = "keep", _("Garder mon nom sur ce que j’ai partagé")
    REMOVE = "remove", _("Retirer mon nom partout")

"""Words of studies that never change without a migration."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Qualification(TextChoices):
    """What a study is for the law (articles L1121-1 and R1121-1 of the code de la santé publique)."""

    UNSETTLED = "unsettled", _("à préciser")
    NON_RIPH = "non_riph", _("recherche hors loi Jardé (non RIPH)")
    RIPH_1 = "riph_1", _("RIPH de catégorie 1 : interventionnelle")
    RIPH_2 = "riph_2", _("RIPH de catégorie 2 : risques et contraintes minimes")
    RIPH_3 = "riph_3", _("RIPH de catégorie 3 : non interventionnelle")
    PRACTICE = "practice", _("évaluation de pratiques professionnelles")


# Categories for which nothing begins before a committee has answered (article L1121-4).
OPINION_NEEDED = frozenset({Qualification.RIPH_1, Qualification.RIPH_2, Qualification.RIPH_3})


class LegalBasis(TextChoices):
    """What allows the data of a study to be kept (article 6 of the RGPD); what people agree to is another thing."""

    UNSETTLED = "unsettled", _("à préciser")
    PUBLIC_INTEREST = "public_interest", _("mission d’intérêt public")
    LEGITIMATE_INTEREST = "legitimate_interest", _("intérêt légitime")
    CONSENT = "consent", _("consentement")


class StudyStatus(TextChoices):
    """Where a study is."""

    PREPARING = "preparing", _("en préparation")
    RUNNING = "running", _("en cours")
    CLOSED = "closed", _("terminée")


class StepKind(TextChoices):
    """What is done in a step."""

    FIELD = "field", _("observation et formation")
    RESTITUTION = "restitution", _("restitution")
    WRITING = "writing", _("écriture")
    EXCHANGE = "exchange", _("journée d’échange")
    OTHER = "other", _("autre étape")


class CycleMoment(TextChoices):
    """The four moments of a cycle of action research, in order."""

    PLAN = "plan", _("planifier")
    ACT = "act", _("agir")
    OBSERVE = "observe", _("observer")
    REFLECT = "reflect", _("réfléchir")


class GroupKind(TextChoices):
    """A circle of a study."""

    TEAM = "team", _("équipe de l’étude")
    COMMITTEE = "committee", _("comité de pilotage")
    WORKING = "working", _("groupe de travail")


class Part(TextChoices):
    """What somebody does in one study."""

    LEAD = "study_lead", _("responsable de l’étude")
    RESEARCHER = "study_researcher", _("chercheur, chercheuse")
    PRACTITIONER = "practitioner_researcher", _("praticien-chercheur, praticienne-chercheuse")
    FACILITATOR = "study_facilitator", _("animateur, animatrice")
    COMMITTEE = "committee_member", _("membre du comité de pilotage")
    PARTICIPANT = "study_participant", _("membre d’un groupe de travail")


# Somebody who works, or worked, in a place of a study: said of them as "colleague:<place>".
COLLEAGUE = "colleague"
# Who conducts a study: holds its mission. A practitioner-researcher is of the team, without it.
CONDUCTING = (Part.LEAD, Part.RESEARCHER, Part.FACILITATOR)
# Who may hold the mission of a place; nobody does for a place that is their own.
READING_MATERIALS = (Part.LEAD, Part.RESEARCHER, Part.PRACTITIONER)
# In which circle each part sits.
PARTS_OF = {
    GroupKind.TEAM: (Part.LEAD, Part.RESEARCHER, Part.PRACTITIONER, Part.FACILITATOR),
    GroupKind.COMMITTEE: (Part.COMMITTEE,),
    GroupKind.WORKING: (Part.PARTICIPANT,),
}


class SeatState(TextChoices):
    """Where the seat of somebody is."""

    OPEN = "open", _("place à prendre")
    INVITED = "invited", _("invitation envoyée")
    ACCEPTED = "accepted", _("participe")
    DECLINED = "declined", _("a dit non")
    LEFT = "left", _("n’y est plus")


class PlaceState(TextChoices):
    """What an institution answered."""

    INVITED = "invited", _("invitation envoyée")
    ACCEPTED = "accepted", _("a accepté")
    DECLINED = "declined", _("a dit non")


class EventKind(TextChoices):
    """What a day of the calendar is for."""

    VISIT = "visit", _("visite")
    TRAINING = "training", _("formation")
    WORKING = "working", _("groupe de travail")
    COMMITTEE = "committee", _("comité de pilotage")
    RESTITUTION = "restitution", _("restitution")
    WRITING = "writing", _("écriture")
    EXCHANGE = "exchange", _("journée d’échange")
    OTHER = "other", _("autre")


class Coming(TextChoices):
    """What somebody answers to an invitation to a day."""

    YES = "yes", _("je viens")
    MAYBE = "maybe", _("peut-être")
    NO = "no", _("je ne peux pas")


class Material(TextChoices):
    """What a study keeps, for its rules of retention."""

    RECORDINGS = "recordings", _("enregistrements de voix, photos et films")
    TRANSCRIPTS = "transcripts", _("transcriptions et observations pseudonymisées")
    KEYS = "keys", _("table des pseudonymes")
    CONSENTS = "consents", _("consentements signés")
    PAPERS = "papers", _("émargements, conventions, attestations")


class KeptFrom(TextChoices):
    """From when the time of keeping counts."""

    COLLECTED = "collected", _("le recueil")
    CLOSED = "closed", _("la fin de l’étude")
    PUBLISHED = "published", _("la dernière publication")


class KeptThen(TextChoices):
    """What is done when the time is over."""

    ERASE = "erase", _("effacer")
    ANONYMISE = "anonymise", _("rendre anonyme")
    ARCHIVE = "archive", _("verser aux archives")


class Plane(TextChoices):
    """The three planes on which a study has effects."""

    INSTITUTION = "institution", _("l’institution")
    PRACTICE = "practice", _("l’exercice professionnel")
    SUPPORT = "support", _("l’accompagnement des personnes")


class EffectStage(TextChoices):
    """How far a change went."""

    TALKED = "talked", _("on en parle")
    DECIDED = "decided", _("décidé")
    WRITTEN = "written", _("écrit dans le projet")
    DONE = "done", _("en place")
    DROPPED = "dropped", _("abandonné")


class Timing(TextChoices):
    """When a self-evaluation is filled in."""

    BEFORE = "before", _("avant la formation")
    AFTER = "after", _("après la formation")


class Half(TextChoices):
    """The half-days that an attendance sheet has a box for."""

    MORNING = "morning", _("matin")
    AFTERNOON = "afternoon", _("après-midi")


class ReferenceKind(TextChoices):
    """What a reference of the bibliography is."""

    ARTICLE = "article", _("article de revue")
    BOOK = "book", _("ouvrage")
    CHAPTER = "chapter", _("chapitre d’ouvrage")
    THESIS = "thesis", _("thèse ou mémoire")
    REPORT = "report", _("rapport")
    CONFERENCE = "conference", _("communication")
    WEB = "web", _("page en ligne")
    OTHER = "other", _("autre document")


class ReadingState(TextChoices):
    """What the team did with a reference."""

    TO_READ = "to_read", _("à lire")
    READ = "read", _("lu")
    CITED = "cited", _("cité dans nos écrits")


class ParticipantRole(TextChoices):
    """Who a participant is in the place."""

    ACCOMPANIED = "accompanied", _("personne accompagnée")
    RELATIVE = "relative", _("proche")
    PROFESSIONAL = "professional", _("professionnel·le")
    MANAGER = "manager", _("direction ou encadrement")
    OTHER = "other", _("autre personne")


class Protection(TextChoices):
    """Whether somebody else agrees for the person in law. It never stands for what the person says."""

    NONE = "none", _("aucune")
    MINOR = "minor", _("mineur·e")
    CURATORSHIP = "curatorship", _("curatelle")
    GUARDIANSHIP = "guardianship", _("tutelle ou habilitation familiale")

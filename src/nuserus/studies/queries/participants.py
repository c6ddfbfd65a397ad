"""Participants of a place and what they agreed to, for those on its mission."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Purpose, State, Voice
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.rules import can_read_consent, can_read_consent_event
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import KeptFrom, Material
from nuserus.studies.figures import months_later
from nuserus.studies.models import Participant, RetentionRule, Study, StudyPlace
from nuserus.studies.queries.circles import readable_place
from nuserus.studies.registry import FEWEST, Figure, small_cell
from nuserus.studies.rules import can_add_participant, can_read_participant

MATTER = "studies.Participant"
SOON = timedelta(days=30)
# Used after the study too: what is written of it outlives it.
_AFTERWARDS = frozenset({Purpose.QUOTE, Purpose.PUBLISH, Purpose.SHARE, Purpose.REUSE})
_USUAL_MONTHS = 12

SHORT: dict[str, str | Promise] = {
    Purpose.TAKE_PART: _("participer"),
    Purpose.RECORD_AUDIO: _("voix"),
    Purpose.IMAGE: _("image"),
    Purpose.INTERNAL_USE: _("en parler ici"),
    Purpose.SHARE: _("autres lieux"),
    Purpose.QUOTE: _("citer"),
    Purpose.PUBLISH: _("publier"),
    Purpose.REUSE: _("plus tard"),
    Purpose.RECONTACT: _("se revoir"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Where one purpose stands for one participant: a word, the shape that goes with it, and what is missing."""

    purpose: Purpose
    short: str | Promise
    word: str | Promise
    kind: str
    missing: str | Promise
    holds: bool
    ends: datetime | None
    person: Consent | None
    representative: Consent | None

    @property
    def is_asked(self) -> bool:
        """Whether anybody said anything about it."""
        return self.person is not None or self.representative is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A participant with where each purpose stands."""

    participant: Participant
    lines: list[Line]

    @property
    def asked(self) -> list[Line]:
        """Taking part first, always; the others once somebody said something."""
        return [line for line in self.lines if line.is_asked or line.purpose == Purpose.TAKE_PART]

    @property
    def missing(self) -> list[Line]:
        """What somebody has still to say."""
        return [line for line in self.asked if line.missing]

    @property
    def ends_soon(self) -> list[Line]:
        """What ends within a month."""
        return [line for line in self.lines if line.holds and line.ends and line.ends <= timezone.now() + SOON]


def place_of_mission(asking: Asking, place_id: UUID) -> StudyPlace:
    """A place of whose mission the person is. Raises Unreadable: who is not does not know that there is a list."""
    place = readable_place(asking, place_id)
    if not can_add_participant.allows(asking, Participant(scope_mission=place.pk)):
        raise Unreadable
    return place


def participants_of(asking: Asking, place: StudyPlace) -> QuerySet[Participant]:
    """Those of one place, who takes part first."""
    rows = Participant.objects.filter(place=place).select_related("place__institution", "study")
    return can_read_participant.filter(rows, asking).order_by("left_at", "pseudonym")


def readable_participant(asking: Asking, participant_id: UUID) -> Participant:
    """A participant. Raises Unreadable."""
    rows = Participant.objects.select_related("study", "place__study", "place__institution")
    found = rows.filter(pk=participant_id).first()
    if found is None:
        raise Unreadable
    can_read_participant.require(asking, found)
    return found


def shown_participants(asking: Asking, place: StudyPlace) -> list[Shown]:
    """Everybody of a place with what they agreed to, in two questions to the database."""
    rows = list(participants_of(asking, place))
    said = _said_by(can_read_consent.filter(Consent.objects.filter(scope_mission=place.pk, object_kind=MATTER), asking))
    return [Shown(row, lines_of(row, said[row.pk])) for row in rows]


def shown_participant(asking: Asking, participant: Participant) -> Shown:
    """One of them."""
    said = Consent.objects.filter(object_id=participant.pk, scope_mission=participant.place_id)
    return Shown(participant, lines_of(participant, _said_by(can_read_consent.filter(said, asking))[participant.pk]))


Said = dict[tuple[str, str], Consent]


def _said_by(consents: Iterable[Consent]) -> dict[UUID, Said]:
    said: dict[UUID, Said] = defaultdict(dict)
    for consent in consents:
        said[consent.object_id][consent.purpose, consent.voice] = consent
    return said


def lines_of(participant: Participant, said: Said) -> list[Line]:
    """Where each purpose stands. What the person says wins: the yes of a representative never makes theirs."""
    return [_line(participant, purpose, said) for purpose in Purpose]


def _line(participant: Participant, purpose: Purpose, said: Said) -> Line:
    person = said.get((purpose, Voice.PERSON))
    other = said.get((purpose, Voice.REPRESENTATIVE))
    holds = person is not None and person.holds and (other.holds if other else not participant.needs_representative)
    ends = min((one.expires_at for one in (person, other) if one and one.expires_at), default=None)
    word, kind, missing = _word(participant, purpose, person, other)
    if holds:
        soon = ends is not None and ends <= timezone.now() + SOON
        word, kind = (_("bientôt fini"), "care") if soon else (_("oui"), "ok")
    return Line(purpose, SHORT[purpose], word, kind, missing, holds, ends, person, other)


_Word = tuple[str | Promise, str, str | Promise]


_ENDED: dict[str, str | Promise] = {State.REFUSED: _("non"), State.WITHDRAWN: _("retiré")}


def _word(participant: Participant, purpose: Purpose, person: Consent | None, other: Consent | None) -> _Word:
    ended = next((_ENDED[one.state] for one in (person, other) if one and one.state in _ENDED), None)
    if ended is not None:
        return ended, "stop", ""
    if any(one is not None and not one.holds for one in (person, other)):
        return _("fini"), "care", _("l’accord est fini : redemander")
    if person is None and other is not None:
        return _("incomplet"), "care", _("la personne n’a pas encore répondu elle-même")
    if person is not None and other is None and participant.needs_representative:
        return _("incomplet"), "care", _("sa représentante ou son représentant n’a pas encore répondu")
    if person is None and purpose == Purpose.TAKE_PART:
        return _("à demander"), "waits", _("rien n’est encore demandé")
    return _("pas demandé"), "", ""


def history_of(asking: Asking, participant: Participant) -> QuerySet[ConsentEvent]:
    """Everything that was said about this participant, last first, with the text shown and the mark made."""
    events = ConsentEvent.objects.filter(object_id=participant.pk, scope_mission=participant.place_id)
    told = events.select_related("notice_version__notice", "signature")
    return can_read_consent_event.filter(told, asking).order_by("-at", "purpose")


def a_consent_of(asking: Asking, participant: Participant) -> Consent | None:
    """One thing that was said about them, for their card."""
    said = Consent.objects.filter(subject=participant.pk, scope_mission=participant.place_id)
    return can_read_consent.filter(said, asking).order_by("pk").first()


def usual_end(study: Study, purpose: Purpose, rules: Iterable[RetentionRule], today: date) -> date:
    """Until when an agreement holds unless said otherwise: the end of the study, or of keeping its texts."""
    end = study.ends_on if study.ends_on and study.ends_on > today else None
    end = end or months_later(today, _USUAL_MONTHS)
    if purpose not in _AFTERWARDS:
        return end
    texts = next((rule for rule in rules if rule.material == Material.TRANSCRIPTS), None)
    if texts is None:
        return end
    return months_later(today if texts.kept_from == KeptFrom.COLLECTED else end, texts.months)


def end_of_day(day: date) -> datetime:
    """The last moment of a day, where the site is."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def consented(study: Study) -> list[Figure]:
    """How many agree, purpose by purpose, without telling small numbers apart: of yes, or of no."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_consented(%s)", [study.pk])
        counted = {purpose: (people, of_people) for purpose, people, of_people in cursor.fetchall()}
    return [
        Figure(_figure_label(purpose), _share(*counted[purpose]), small_cell(counted[purpose][1]))
        for purpose in Purpose
        if purpose in counted
    ]


def _figure_label(purpose: Purpose) -> str:
    return str(_("personnes d’accord pour : %(purpose)s")) % {"purpose": SHORT[purpose]}


def _share(people: int, of_people: int) -> str:
    if of_people >= FEWEST and of_people - people < FEWEST and people >= FEWEST:
        return str(_("toutes, ou presque"))
    return small_cell(people)

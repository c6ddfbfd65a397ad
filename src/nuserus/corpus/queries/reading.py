"""What the page of a source shows: its turns, who speaks and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import BooleanField, Count, F, Func, Q, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nuserus.consent.enums import Purpose, State, Voice
from nuserus.consent.models import Consent
from nuserus.consent.rules import can_read_consent
from nuserus.corpus.models import Source, SourceVersion, Turn
from nuserus.corpus.rules import can_read_turn
from nuserus.foundation.asking import Asking
from nuserus.studies.models import Participant
from nuserus.studies.models.participants import shown_pseudonym
from nuserus.studies.rules import can_read_participant


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as it is read; `words` is empty when it is put aside and the person may not read it."""

    number: int
    who: str
    asks: bool
    time: str
    words: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class Speaker:
    """A participant who speaks in a source: whether they agree to take part today, and where that stands in words."""

    participant: Participant
    holds: bool
    standing: str | Promise


@dataclass(frozen=True, slots=True)
class Name:
    """A name under which somebody speaks in a version, and who that is."""

    speaker: str
    turns: int
    participant: UUID | None
    interviewer: bool


def clock(milliseconds: int | None) -> str:
    """A time of the recording.

    >>> clock(3_723_000), clock(62_400), clock(None)
    ('1:02:03', '1:02', '')
    """
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def shown_turns(asking: Asking, version: SourceVersion) -> list[ShownTurn]:
    """The turns of a version in one query. What is put aside is read by those on the mission alone."""
    columns = (
        "position",
        "speaker",
        "participant__pseudonym",
        "interviewer",
        "start",
        "end",
        "begins_ms",
        "withheld_at",
    )
    rows = can_read_turn.filter(Turn.objects.filter(version=version), asking).order_by("position")
    text, named = version.text, version.scope_mission in asking.missions
    return [
        ShownTurn(
            position + 1,
            shown_pseudonym(pseudonym) if pseudonym else speaker,
            asks,
            clock(begins),
            "" if aside and not named else text[start:end],
            bool(aside),
        )
        for position, speaker, pseudonym, asks, start, end, begins, aside in rows.values_list(*columns)
    ]


def speakers_of(asking: Asking, version: SourceVersion) -> list[Speaker]:
    """The participants who speak in a version, by pseudonym, with where their agreement stands."""
    heard = Turn.objects.filter(version=version).exclude(participant=None).values("participant")
    agrees = Func(
        F("pk"), Value(Purpose.TAKE_PART), F("place_id"), function="nuserus_consent_holds", output_field=BooleanField()
    )
    rows = can_read_participant.filter(Participant.objects.filter(pk__in=heard).annotate(holds=agrees), asking)
    people = list(rows.order_by("pseudonym"))
    said = Consent.objects.filter(object_id__in=[one.pk for one in people], purpose=Purpose.TAKE_PART)
    answers: dict[UUID, list[Consent]] = {}
    for answer in can_read_consent.filter(said, asking).order_by("since"):
        answers.setdefault(answer.object_id, []).append(answer)
    return [Speaker(one, bool(vars(one)["holds"]), _standing(one, answers.get(one.pk, []))) for one in people]


def _standing(participant: Participant, answers: list[Consent]) -> str | Promise:
    own = [answer for answer in answers if answer.voice == Voice.PERSON]
    if not own:
        return _("pas encore demandé")
    for answer in answers:
        if answer.state == State.GIVEN and answer.expires_at is not None and answer.expires_at <= timezone.now():
            return _("accord arrivé à son terme")
        if answer.state != State.GIVEN:
            return State(answer.state).label
    if participant.needs_representative and len(own) == len(answers):
        return _("il manque l’accord de qui la représente")
    return _("d’accord")


def names_in(asking: Asking, version: SourceVersion) -> list[Name]:
    """The names under which people speak in a version, those who speak most first.

    Who is bound to only some of the turns of a name is not told: it is to be said again.
    """
    rows = can_read_turn.filter(Turn.objects.filter(version=version), asking)
    grouped = rows.values("speaker", "participant", "interviewer").annotate(turns=Count("pk")).order_by("-turns")
    found: dict[str, Name] = {}
    for row in grouped:
        before = found.get(row["speaker"])
        if before is None:
            found[row["speaker"]] = Name(row["speaker"], row["turns"], row["participant"], row["interviewer"])
        else:
            found[row["speaker"]] = replace(
                before, turns=before.turns + row["turns"], participant=None, interviewer=False
            )
    return list(found.values())


def people_to_bind(asking: Asking, source: Source) -> list[Participant]:
    """The participants of the place who are there, or who already speak in this source."""
    heard = Turn.objects.filter(version__source=source).exclude(participant=None).values("participant")
    rows = Participant.objects.filter(place=source.place_id).filter(Q(left_at=None) | Q(pk__in=heard))
    return list(can_read_participant.filter(rows, asking).order_by("pseudonym"))

"""Materials of a study for tests, through the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from nuserus.consent.enums import Step, Voice
from nuserus.corpus.actions.sources import add_source, make_ready
from nuserus.corpus.actions.speakers import Who, bind_speakers
from nuserus.corpus.actions.versions import Draft, write_version
from nuserus.corpus.enums import SourceKind
from nuserus.corpus.models import Source, SourceVersion, Turn
from nuserus.corpus.queries.sources import spoken_in
from nuserus.corpus.standard.spoken import from_typed
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import Participant, StudyPlace
from nuserus.studies.queries.materials import scope_of_material
from tests.factories.consent import say_aloud
from tests.factories.people import make_account
from tests.factories.studies import circle_of, get_study, lead_of, make_study, make_study_place, seat_in

TALK = "ENQ : Que se passe-t-il le matin ?\nAlma : La tablette reste dans le placard. On rit bien.\nENQ : Et le soir ?"


def make_heard_place() -> tuple[StudyPlace, Account]:
    """A place of a study and somebody who keeps its materials: its lead, who works elsewhere."""
    study = make_study()
    place = make_study_place(study)
    return place, lead_of(study)


def make_participant(place: StudyPlace, author: Account, pseudonym: str = "Alma", **more: Any) -> Participant:
    """Somebody who takes part in the study in this place."""
    with acting_as(author.pk):
        made = Participant(
            study_id=place.study_id,
            place=place,
            pseudonym=pseudonym,
            **{"role": "accompanied", **more},
            **scope_of_material(place, author=author.pk),
        )
        made.save(force_insert=True)
    return made


def agree(
    participant: Participant, author: Account, *, step: Step = Step.GIVEN, voice: Voice = Voice.PERSON, days: int = 0
) -> None:
    """What a participant says about taking part; the agreement ends in `days` when they are given."""
    say_aloud(
        author,
        step,
        about=participant.pk,
        mission=participant.place_id,
        subject=participant.pk,
        slug="etude-participer",
        kind="studies.Participant",
        voice=voice,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )


def make_source(
    place: StudyPlace,
    author: Account,
    text: str = TALK,
    *,
    title: str = "Entretien du matin",
    kind: SourceKind = SourceKind.INTERVIEW,
    **described: Any,
) -> SourceVersion:
    """A source that somebody typed; its first version."""
    given = {"kind": kind, "title": title, **described}
    with acting_as(author.pk) as asking:
        return add_source(actor=asking, place=place, described=given, draft=Draft(from_typed(text)))


def bind(source: Source, author: Account, **who: Participant | None) -> None:
    """Say who speaks; None: who asks the questions."""
    given = {name: Who(one.pk) if one else Who(interviewer=True) for name, one in who.items()}
    with acting_as(author.pk) as asking:
        bind_speakers(actor=asking, source=source, who=given)


def turns_in(version: SourceVersion) -> list[Turn]:
    """The turns of a version, read as the system."""
    with as_system("read test data", recorded=False):
        return list(Turn.objects.filter(version=version).order_by("position"))


def get_source(source_id: UUID) -> Source:
    """The source as it is now."""
    with as_system("read test data", recorded=False):
        return Source.objects.select_related("study", "place__institution").get(pk=source_id)


def last_version(source: Source) -> SourceVersion:
    """Its last version."""
    with as_system("read test data", recorded=False):
        rows = SourceVersion.objects.select_related("source__place__institution", "source__study").filter(source=source)
        return rows.order_by("-number")[0]


def mask(source: Source, author: Account) -> SourceVersion:
    """A version with the same words that is said to be pseudonymised."""
    version = last_version(source)
    turns = spoken_in(version, turns_in(version))
    with acting_as(author.pk) as asking:
        return write_version(
            actor=asking, source=source, draft=Draft(turns, "pseudonymisation", True), made_from=version
        )


def make_ready_source(text: str = TALK) -> tuple[SourceVersion, Account, Participant]:
    """An interview that may be coded: who speaks is known and agreed, the text is pseudonymised."""
    place, author = make_heard_place()
    alma = make_participant(place, author)
    agree(alma, author)
    source = make_source(place, author, text).source
    bind(source, author, ENQ=None, Alma=alma)
    mask(source, author)
    with acting_as(author.pk) as asking:
        make_ready(actor=asking, source=get_source(source.pk))
    return last_version(source), author, alma


def make_colleague(place: StudyPlace) -> Account:
    """Somebody of the working group of the place."""
    colleague = make_account()
    seat_in(circle_of(get_study(place.study_id), GroupKind.WORKING, place), colleague, Part.PARTICIPANT)
    return colleague

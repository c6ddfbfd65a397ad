"""Sources and their versions as the person who asks may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nuserus.corpus.enums import Obstacle, SourceState
from nuserus.corpus.models import Source, SourceVersion, Turn
from nuserus.corpus.rules import can_add_source, can_read_source, can_read_source_version, can_read_turn
from nuserus.corpus.standard.spoken import Spoken
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Study, StudyPlace
from nuserus.studies.models.participants import ERASED
from nuserus.studies.queries.circles import places_of
from nuserus.studies.queries.materials import scope_of_material


def sources_of(asking: Asking, study: Study) -> QuerySet[Source]:
    """The sources of a study with `version_number`, `word_count` and `masked` of their last version; see `told`."""
    last = SourceVersion.objects.filter(source=OuterRef("pk")).order_by("-number")
    rows = Source.objects.filter(study=study).select_related("place__institution")
    return told(can_read_source.filter(rows, asking)).annotate(
        version_number=Coalesce(Subquery(last.values("number")[:1]), 0),
        word_count=Coalesce(Subquery(last.values("words")[:1]), 0),
        masked=Subquery(last.values("pseudonymised")[:1]),
    )


def told(rows: QuerySet[Source]) -> QuerySet[Source]:
    """Sources with what their state is told by: `codable` today, `partly_gone` when somebody took words back."""
    covered = Turn.objects.filter(version__source=OuterRef("pk"), participant__pseudonym__startswith=ERASED)
    aside = Turn.objects.filter(version__source=OuterRef("pk"), withheld_at__isnull=False)
    return rows.annotate(
        codable=Func(F("pk"), function="corpus_codable", output_field=BooleanField()),
        partly_gone=Q(Exists(aside)) | Q(Exists(covered)),
    )


def found_sources(asking: Asking, study: Study, *, kind: str, place: str, state: str) -> QuerySet[Source]:
    """Those of one kind, one place (an id), one state; an empty or unknown word leaves all of them."""
    rows = sources_of(asking, study)
    wanted = Q(kind=kind) if kind else Q()
    wanted &= Q(state=state) if state else Q()
    try:
        wanted &= Q(place=UUID(place)) if place else Q()
    except ValueError:
        return rows.none()
    return rows.filter(wanted)


def readable_source(asking: Asking, source_id: UUID) -> Source:
    """A source. Raises Unreadable."""
    rows = Source.objects.select_related("study", "place__institution").filter(pk=source_id)
    found = told(rows).first()
    if found is None:
        raise Unreadable
    can_read_source.require(asking, found)
    return found


def places_to_add_to(asking: Asking, study: Study) -> list[StudyPlace]:
    """The places of a study whose materials the person keeps."""
    return [place for place in places_of(asking, study) if can_add_source.allows(asking, _blank(place, asking))]


def _blank(place: StudyPlace, asking: Asking) -> Source:
    return Source(place=place, **scope_of_material(place, author=asking.user_id))


def versions_of(asking: Asking, source: Source) -> list[SourceVersion]:
    """Its versions without their text, the last first."""
    rows = SourceVersion.objects.filter(source=source).defer("text").order_by("-number")
    return list(can_read_source_version.filter(rows, asking))


def version_of(asking: Asking, source: Source, number: int | None = None) -> SourceVersion:
    """One version with its text, the last by default. Raises Unreadable."""
    rows = can_read_source_version.filter(SourceVersion.objects.filter(source=source), asking)
    rows = rows.select_related("source__study", "source__place__institution")
    found = (rows.filter(number=number) if number is not None else rows.order_by("-number")).first()
    if found is None:
        raise Unreadable
    return found


def turns_of(asking: Asking, version: SourceVersion) -> QuerySet[Turn]:
    """The turns of a version in their order, with who speaks."""
    rows = Turn.objects.filter(version=version).select_related("participant").order_by("position")
    return can_read_turn.filter(rows, asking)


def turn_at(asking: Asking, version: SourceVersion, position: int) -> Turn:
    """One turn of a version. Raises Unreadable."""
    found = turns_of(asking, version).filter(position=position).first()
    if found is None:
        raise Unreadable
    return found


def spoken_in(version: SourceVersion, turns: Sequence[Turn]) -> list[Spoken]:
    """The turns with their words; `lay_out` of them gives the text of the version again."""
    return [
        Spoken(
            turn.speaker,
            version.text[turn.start : turn.end],
            turn.begins_ms,
            turn.ends_ms,
            turn.participant_id,
            turn.interviewer,
            turn.withheld_at,
        )
        for turn in turns
    ]


def obstacle_of(source: Source) -> Obstacle | None:
    """What stands between a source and coding today; None when nothing does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT corpus_obstacle(%s)", [source.pk])
        (word,) = cursor.fetchone()
    return Obstacle(word) if word else None


def codable_sources(asking: Asking, study: Study) -> QuerySet[Source]:
    """The sources of a study that may be coded today: ready, and everybody who speaks still agrees."""
    codable = Func(F("pk"), function="corpus_codable", output_field=BooleanField())
    rows = can_read_source.filter(Source.objects.filter(study=study, state=SourceState.READY), asking)
    return rows.filter(codable)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sources a person may read in a study, how many may be coded today, and their words."""

    sources: int
    ready: int
    words: int


def tally_of(asking: Asking, study: Study) -> Tally:
    """Sources that are not put aside, as far as the person may read them."""
    rows = sources_of(asking, study).filter(withheld_at=None)
    found: list[tuple[bool, int]] = list(rows.values_list("codable", "word_count"))  # type: ignore[misc] # annotated
    return Tally(len(found), sum(codable for codable, _w in found), sum(words for _c, words in found))

"""Grids and questionnaires, their versions, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from nuserus.directory.models import Institution
from nuserus.directory.queries import institutions_by_id
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.enums import RemarkState
from nuserus.instruments.models import Instrument, InstrumentVersion, Remark
from nuserus.instruments.rules import can_read_instrument, can_read_remark, can_read_version
from nuserus.instruments.standard.differences import type_in_words
from nuserus.instruments.standard.schema import Field
from nuserus.studies.models import Study
from nuserus.studies.rules import can_read_study

_HEAVY = ("workbook", "xform", "schema")


@dataclass(frozen=True, slots=True)
class Line:
    """A questionnaire in a list: the version that is filled in, and the newest one when it is not that one."""

    instrument: Instrument
    published: InstrumentVersion | None
    newest: InstrumentVersion | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is said of it."""

    question: Field
    type: str
    group: str
    remarks: list[Remark] = field(default_factory=list)


def instruments_visible_to(asking: Asking) -> QuerySet[Instrument]:
    """The questionnaires of the person's places and groups."""
    return can_read_instrument.filter(Instrument.objects.select_related("institution", "study"), asking)


def lines_for(asking: Asking) -> list[Line]:
    """The list, by title; two queries whatever their number."""
    versions = InstrumentVersion.objects.defer(*_HEAVY).order_by("-number")
    rows = instruments_visible_to(asking).prefetch_related(Prefetch("versions", queryset=versions, to_attr="by_number"))
    return [_line(instrument) for instrument in rows]


def _line(instrument: Instrument) -> Line:
    versions: list[InstrumentVersion] = getattr(instrument, "by_number", [])
    published = next((one for one in versions if one.published_at and not one.withdrawn_at), None)
    return Line(instrument, published, versions[0] if versions else None)


def instrument_for(asking: Asking, instrument_id: UUID) -> Instrument:
    """One that the person may read. Raises Unreadable."""
    found = instruments_visible_to(asking).filter(pk=instrument_id).first()
    if found is None:
        raise Unreadable
    return found


def versions_of(asking: Asking, instrument: Instrument) -> list[InstrumentVersion]:
    """Its versions, the newest first, without their content."""
    rows = can_read_version.filter(InstrumentVersion.objects.filter(instrument=instrument), asking)
    return list(rows.defer(*_HEAVY).order_by("-number"))


def version_for(asking: Asking, instrument_id: UUID, number: int) -> InstrumentVersion:
    """One version with its instrument. Raises Unreadable."""
    rows = can_read_version.filter(
        InstrumentVersion.objects.select_related("instrument__institution", "instrument__study"), asking
    )
    found = rows.filter(instrument=instrument_id, number=number).first()
    if found is None:
        raise Unreadable
    return found


def offered_versions(asking: Asking, *, with_forms: bool = False) -> list[InstrumentVersion]:
    """What the person may fill in now: the newest published version of each open questionnaire, by title."""
    rows = can_read_version.filter(InstrumentVersion.objects.select_related("instrument"), asking)
    rows = rows.filter(published_at__isnull=False, withdrawn_at=None, instrument__closed_at=None)
    newest: dict[UUID, InstrumentVersion] = {}
    for version in rows.defer("workbook", "schema", *(() if with_forms else ("xform",))).order_by(
        "instrument__title", "instrument", "-number"
    ):
        newest.setdefault(version.instrument_id, version)
    return list(newest.values())


def previous_of(asking: Asking, version: InstrumentVersion) -> InstrumentVersion | None:
    """The version before this one, if the person may read it."""
    rows = can_read_version.filter(InstrumentVersion.objects.filter(instrument=version.instrument_id), asking)
    return rows.filter(number__lt=version.number).defer("workbook", "xform").order_by("-number").first()


def questions_with_remarks(asking: Asking, version: InstrumentVersion) -> tuple[list[Asked], list[Remark]]:
    """The questions in their order, each with its remarks; and the remarks on the whole."""
    rows = can_read_remark.filter(Remark.objects.filter(version=version).select_related("author"), asking)
    said: dict[str, list[Remark]] = {}
    for remark in rows.order_by("made_at", "id"):
        said.setdefault(remark.question, []).append(remark)
    schema = version.asked
    asked, shown = [], ""
    for question in schema.questions:
        group = schema.groups.get(question.container, "")
        asked.append(
            Asked(question, type_in_words(question), group if group != shown else "", said.get(question.name, []))
        )
        shown = group
    return asked, said.get("", [])


def remark_for(asking: Asking, instrument_id: UUID, remark_id: UUID) -> Remark:
    """One remark. Raises Unreadable."""
    rows = can_read_remark.filter(Remark.objects.select_related("version", "instrument"), asking)
    found = rows.filter(pk=remark_id, instrument=instrument_id).first()
    if found is None:
        raise Unreadable
    return found


def taken_wordings(version: InstrumentVersion) -> int:
    """How many questions have another wording that was taken up, on this version."""
    taken = Remark.objects.filter(version=version, state=RemarkState.TAKEN).exclude(wording="").exclude(question="")
    return taken.values("question").distinct().order_by().count()


def places_to_start_in(asking: Asking) -> list[Institution]:
    """The institutions where the person may start one, by name."""
    return list(institutions_by_id(asking.managed))


def studies_to_start_in(asking: Asking) -> list[Study]:
    """The studies that the person conducts, by title."""
    rows = can_read_study.filter(Study.objects.filter(pk__in=asking.missions & asking.groups), asking)
    return list(rows.order_by("title", "pk"))

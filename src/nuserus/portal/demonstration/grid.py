"""The observation grid of the invented study: the one that ships, discussed by the groups, amended, published twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.utils import timezone

from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.instruments import (
    Belonging,
    add_version_from_sheets,
    keep_check,
    publish_version,
    start_instrument,
)
from nuserus.instruments.actions.receive import receive_submission
from nuserus.instruments.actions.remarks import add_remark, decide_remark
from nuserus.instruments.actions.submissions import name_reader
from nuserus.instruments.enums import InstrumentKind, Origin
from nuserus.instruments.models import Instrument, InstrumentVersion
from nuserus.instruments.standard.model_grid import model_grid
from nuserus.instruments.standard.workbook import Sheets, read_sheets
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import Entry, field
from nuserus.studies.models import Study

_OPENROSA = "http://openrosa.org/xforms"
_ENGINE = "moteur du navigateur, essai de la démonstration"


def load_grid(study: Study, people: dict[str, Account]) -> dict[int, InstrumentVersion]:
    """The two versions, by number: each tried then published, the second with what the groups asked for."""
    told = field()["grid"]
    lead = people[told["by"]].pk
    with acting_as(lead) as asking:
        first = start_instrument(
            actor=asking,
            where=Belonging(study=study),
            kind=InstrumentKind.GRID,
            title=told["title"],
            workbook=model_grid(),
        )
    _publish(lead, first)
    for remark in told["remarks"]:
        _discuss(lead, people[remark["by"]].pk, first, remark)
    with acting_as(lead) as asking:
        sheets = _with_question(read_sheets(bytes(first.workbook)), told["added"])
        second = add_version_from_sheets(
            actor=asking, instrument=first.instrument, sheets=sheets, note=told["added"]["note"]
        )
    _publish(lead, second)
    for reader in told["readers"]:
        # who reads is known to the database from the next time somebody says who asks
        with acting_as(lead) as asking:
            name_reader(actor=asking, instrument=first.instrument, reader=people[reader].pk)
    return {1: first, 2: second}


def _publish(lead: UUID, version: InstrumentVersion) -> None:
    with acting_as(lead) as asking:
        keep_check(actor=asking, version=version, engine=_ENGINE, problem="")
        publish_version(actor=asking, version=version)


def _discuss(lead: UUID, author: UUID, version: InstrumentVersion, told: Entry) -> None:
    with acting_as(author) as asking:
        remark = add_remark(
            actor=asking,
            version=version,
            question=told["question"],
            comment=told["comment"],
            wording=told.get("wording", ""),
        )
    if "taken" in told:
        with acting_as(lead) as asking:
            decide_remark(actor=asking, remark=remark, taken=told["taken"], answer=told["answer"])


def _with_question(sheets: Sheets, added: Entry) -> Sheets:
    """The workbook with one more row in its survey, after the question named `after`."""
    survey = sheets["survey"]
    header = [str(cell) for cell in survey[0]]
    place = next(rank for rank, row in enumerate(survey) if added["after"] in row[: header.index("name") + 1])
    row = [added["row"].get(name) for name in header]
    return sheets | {"survey": [*survey[: place + 1], row, *survey[place + 1 :]]}


def send_fiche(sender: UUID, version: InstrumentVersion, told: Entry, *, day: datetime, name: str) -> UUID:
    """Receive what the observer's tablet would send. Gives the id of the fiche that is kept."""
    xml = fiche_xml(version.instrument, version, told, day=day, name=name)
    with acting_as(sender) as asking:
        received = receive_submission(actor=asking, xml=xml, files={}, origin=Origin.BROWSER)
    if received.quarantined:
        raise ValueError(f"{name}: {received.words}")
    return received.submission


def fiche_xml(instrument: Instrument, version: InstrumentVersion, told: Entry, *, day: datetime, name: str) -> bytes:
    """The answers of one observation, question by question, in the order of the version."""
    register_namespace("orx", _OPENROSA)
    answers = _answers(told, day)
    root = Element(version.asked.root, {"id": instrument.form_id, "version": str(version.number)})
    boxes = {f"/{version.asked.root}": root}
    for one in version.asked.fields:
        if one.path.startswith(f"/{version.asked.root}/meta/"):
            continue
        value = answers.get(one.name, "")
        box = _box(boxes, one.path.rsplit("/", 1)[0])
        SubElement(box, one.name).text = value
    meta = SubElement(root, f"{{{_OPENROSA}}}meta")
    SubElement(meta, f"{{{_OPENROSA}}}instanceID").text = f"uuid:{uuid5(instrument.pk, name)}"
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _box(boxes: dict[str, Element], path: str) -> Element:
    if path not in boxes:
        above, name = path.rsplit("/", 1)
        boxes[path] = SubElement(_box(boxes, above), name)
    return boxes[path]


def _answers(told: Entry, day: datetime) -> dict[str, str]:
    return dict(_given(told, day))


def _given(told: Entry, day: datetime) -> Iterator[tuple[str, str]]:
    yield "compris", "OK"
    yield "jour", timezone.localdate(day).isoformat()
    yield "start", day.isoformat()
    yield "end", (day + timedelta(minutes=35)).isoformat()
    yield "verbatim", "\n".join(f"{said['as'].capitalize()} : «\u00a0{said['text']}\u00a0»" for said in told["said"])
    for axis, effect in told["effets"].items():
        yield f"effet_{axis}", effect
    for name, value in told.items():
        if isinstance(value, str | int):
            yield name, str(value)
        elif _is_words(value):
            yield name, " ".join(value)


def _is_words(value: object) -> bool:
    return isinstance(value, Sequence) and all(isinstance(one, str) for one in value)


def hour_of(moment: str, on: date) -> datetime:
    """The hour of a moment of the day, on a day."""
    hours = {"matin": time(9), "repas": time(12, 10), "apresmidi": time(14, 30), "soir": time(18, 30)}
    at = hours.get(moment, time(23))
    return timezone.make_aware(datetime.combine(on, at))


def date_back(versions: dict[int, InstrumentVersion], today: date) -> None:
    """The first version was published before the first visit, the second before the last place."""
    with as_system("load the demonstration", recorded=False):
        for number, days in ((1, -125), (2, -28)):
            at = timezone.make_aware(datetime.combine(today + timedelta(days=days), time(10)))
            row = InstrumentVersion.objects.filter(pk=versions[number].pk)
            row.update(made_at=at - timedelta(days=1), checked_at=at, published_at=at)
        Instrument.objects.filter(pk=versions[1].instrument_id).update(
            started_at=timezone.make_aware(datetime.combine(today - timedelta(days=128), time(10)))
        )

"""Grids and questionnaires for tests, made by those who may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as
from nuserus.instruments.actions.instruments import Belonging, keep_check, publish_version, start_instrument
from nuserus.instruments.actions.receive import Received, receive_submission
from nuserus.instruments.enums import InstrumentKind, Origin
from nuserus.instruments.models import Instrument, InstrumentVersion
from nuserus.instruments.standard.workbook import Cell, Sheets, write_workbook
from nuserus.people.models import Account
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution

Row = Sequence[Cell]
HEADER: Row = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
)
QUESTIONS: tuple[Row, ...] = (
    ("begin_group", "situation", "La situation"),
    ("text", "lieu", "Dans quel lieu ?", "Une salle, un couloir…", "yes"),
    ("integer", "combien", "Combien de personnes ?", None, None, None, ". < 100", "Moins de cent personnes."),
    ("select_one ouinon", "aide", "Quelqu’un aide-t-il ?"),
    ("text", "geste", "Avec quel geste ?", None, None, "${aide} = 'oui'", None, None, "multiline"),
    ("end_group",),
    ("begin_group", "traces", "Les traces"),
    ("image", "photo", "Une photo du lieu ?"),
    ("end_group",),
)
CHOICES: tuple[Row, ...] = (("list_name", "name", "label"), ("ouinon", "oui", "Oui"), ("ouinon", "non", "Non"))


def sheets_of(
    questions: Sequence[Row] = QUESTIONS, choices: Sequence[Row] = CHOICES, header: Row = HEADER, **settings: str
) -> Sheets:
    """The sheets of a workbook."""
    made: Sheets = {
        "survey": [list(header), *(list(row) for row in questions)],
        "choices": [list(row) for row in choices],
    }
    if settings:
        made["settings"] = [list(settings), list(settings.values())]
    return made


def workbook_of(questions: Sequence[Row] = QUESTIONS, choices: Sequence[Row] = CHOICES, header: Row = HEADER) -> bytes:
    """A workbook (XLSForm)."""
    return write_workbook(sheets_of(questions, choices, header))


def make_version(
    institution: Institution | None = None,
    referent: Account | None = None,
    *,
    title: str = "La grille du Test",
    workbook: bytes = b"",
    published: bool = True,
) -> InstrumentVersion:
    """The first version of a grid of an institution, published unless said otherwise."""
    institution = institution or make_institution()
    referent = referent or make_referent(institution)
    with acting_as(referent.pk) as asking:
        version = start_instrument(
            actor=asking,
            where=Belonging(institution=institution),
            kind=InstrumentKind.GRID,
            title=title,
            workbook=workbook or workbook_of(),
        )
    if published:
        publish(version, referent)
    return version


def publish(version: InstrumentVersion, referent: Account) -> None:
    """Publish a version as if it had opened in a browser."""
    with acting_as(referent.pk) as asking:
        keep_check(actor=asking, version=version, engine="essai", problem="")
        publish_version(actor=asking, version=version)


def answer_xml(
    instrument: Instrument,
    *,
    version: int | str = 1,
    instance: str = "",
    lieu: str = "la salle",
    photo: str = "",
    more: str = "",
) -> bytes:
    """A fiche of the form above."""
    number = instance or f"uuid:{uuid4()}"
    pictured = f"<photo>{photo}</photo>" if photo else "<photo/>"
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{instrument.form_id}" version="{version}">'
        f"<situation><lieu>{lieu}</lieu><combien>4</combien><aide>oui</aide><geste>Elle montre.</geste>{more}</situation>"
        f"<traces>{pictured}</traces>"
        f"<orx:meta><orx:instanceID>{number}</orx:instanceID></orx:meta></data>"
    ).encode()


def send_fiche(account: Account, xml: bytes, files: Mapping[str, bytes] | None = None) -> Received:
    """Receive a fiche from somebody."""
    with acting_as(account.pk) as asking:
        return receive_submission(actor=asking, xml=xml, files=files or {}, origin=Origin.BROWSER)

"""Fiches, for those who sent them and those who are named to read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.queries import memberships_to_manage
from nuserus.foundation.asking import Asking
from nuserus.foundation.missions import holders
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.models import Instrument, Submission, SubmittedFile
from nuserus.instruments.queries.participants import pseudonyms_named
from nuserus.instruments.rules import can_read_instrument, can_read_submission, can_read_submitted_file
from nuserus.instruments.standard.people import PEOPLE_FIELDS, is_number
from nuserus.instruments.standard.schema import Field, Schema
from nuserus.people.models import Account
from nuserus.studies.enums import Part, SeatState
from nuserus.studies.models import Participation
from nuserus.studies.rules import can_read_seat
from nuserus.ui.dates import date_format


@dataclass(frozen=True, slots=True)
class Told:
    """A question and its answer in words; `heading` is the group when it begins, `file` a file of the fiche."""

    heading: str
    question: str
    answer: str
    file: SubmittedFile | None = None


def submissions_visible_to(asking: Asking) -> QuerySet[Submission]:
    """What the person sent, and what they are named to read, without the heavy part."""
    rows = _still_theirs(asking, Submission.objects.select_related("sent_by", "version").defer("xml", "content"))
    return can_read_submission.filter(rows.defer("version__workbook", "version__xform", "version__schema"), asking)


def _still_theirs(asking: Asking, rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """What the person sent, and of the others only those of questionnaires that are still theirs."""
    known = can_read_instrument.filter(Instrument.objects.order_by(), asking)
    return rows.filter(Q(sent_by=asking.user_id) | Q(instrument__in=known.values("pk")))


def submissions_of(asking: Asking, instrument: Instrument) -> QuerySet[Submission]:
    """Those of one questionnaire, the newest first."""
    return submissions_visible_to(asking).filter(instrument=instrument).order_by("-received_at", "-id")


def submission_for(asking: Asking, instrument_id: UUID, submission_id: UUID) -> Submission:
    """One fiche, whole. Raises Unreadable."""
    rows = _still_theirs(asking, Submission.objects.select_related("sent_by", "version", "instrument"))
    rows = can_read_submission.filter(rows.defer("version__workbook", "version__xform"), asking)
    found = rows.filter(pk=submission_id, instrument=instrument_id).first()
    if found is None:
        raise Unreadable
    return found


def submitted_file_for(asking: Asking, submission_id: UUID, file_id: UUID) -> SubmittedFile:
    """One file of a fiche. Raises Unreadable."""
    rows = can_read_submitted_file.filter(SubmittedFile.objects.all(), asking)
    found = rows.filter(pk=file_id, submission=submission_id).first()
    if found is None:
        raise Unreadable
    return found


def told(asking: Asking, submission: Submission) -> list[Told]:
    """The fiche as questions and answers in words, in the order of its version; raw when that is not known."""
    rows = can_read_submitted_file.filter(SubmittedFile.objects.filter(submission=submission), asking)
    files = {row.name: row for row in rows}
    if submission.version is None:
        return [Told("", name, _flat(value)) for name, value in submission.content.items()]
    people = pseudonyms_named(asking, submission.content)
    return list(_told(submission.version.asked, submission.content, files, people))


def _told(
    schema: Schema, content: dict[str, Any], files: dict[str, SubmittedFile], people: dict[str, str]
) -> Iterator[Told]:
    shown = None
    for question in schema.questions:
        if not question.is_question:
            continue
        names = question.path.split("/")[2:]
        group = schema.groups.get(question.container, "")
        labels = {choice.name: choice.label for choice in question.choices or []}
        for rank, value in enumerate(_values(content, names), start=1):
            given = value if isinstance(value, list) else [str(value)]
            if question.name in PEOPLE_FIELDS:
                words = [people.get(one.lower()) or _unread(one) for one in map(str, given)]
            else:
                words = [labels.get(one) or _in_words(question, one) for one in given]
            label = (question.label or question.name) + (f" ({rank})" if question.repeated else "")
            yield Told("" if group == shown else group, label, ", ".join(words), files.get(str(value)))
            shown = group


def _unread(named: str) -> str:
    """Somebody whom the asker may not read, when they are named by their number; else what was typed."""
    return _("une personne de l’étude") if is_number(named) else named


def _in_words(question: Field, given: str) -> str:
    """A ticked box and a day as they are said; the rest as it was written."""
    if question.control == "trigger" and given == "OK":
        return _("Oui")
    if question.type == "date":
        try:
            day = parse_date(given)
        except ValueError:
            day = None
        return date_format(day, "j F Y") if day else given
    return given


def _values(content: Any, names: list[str]) -> list[Any]:
    if not names:
        return [content]
    if isinstance(content, list):
        return [value for one in content for value in _values(one, names)]
    if isinstance(content, dict) and names[0] in content:
        return _values(content[names[0]], names[1:])
    return []


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{name} : {_flat(one)}" for name, one in value.items())
    return ", ".join(_flat(one) for one in value) if isinstance(value, list) else str(value)


def readers_of(instrument: Instrument) -> list[Account]:
    """Who is named to read the fiches, as far as the person who asks may know, by name."""
    return list(Account.objects.filter(pk__in=holders(instrument.pk)).order_by("display_name", "pk"))


def nobody_reads(instrument: Instrument) -> bool:
    """Whether the person who asks leads it and everybody who was named has left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT instruments_nobody_reads(%s)", [instrument.pk])
        return bool(cursor.fetchone()[0])


def people_to_name(asking: Asking, instrument: Instrument) -> list[Account]:
    """Who may be named, as far as the person may know: members of the institution; leads and researchers of the study.

    Nobody else of a study: the fiches come from all its places, and a practitioner-researcher, or somebody of a
    working group, is a colleague in one of them.
    """
    named = holders(instrument.pk)
    found: dict[UUID, Account] = {}
    if instrument.institution is not None:
        members = memberships_to_manage(asking, instrument.institution).filter(status=MembershipStatus.CONFIRMED)
        found = {row.account_id: row.account for row in members}
    elif instrument.study is not None:
        seats = can_read_seat.filter(Participation.objects.select_related("account"), asking)
        seats = seats.filter(study=instrument.study, state=SeatState.ACCEPTED, part__in=(Part.LEAD, Part.RESEARCHER))
        found = {row.account.pk: row.account for row in seats if row.account is not None}
    return sorted((one for pk, one in found.items() if pk not in named), key=lambda one: (one.shown_name, one.pk))

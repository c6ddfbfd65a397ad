"""Making a questionnaire, its versions, and publishing them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.missions import open_mission
from nuserus.foundation.plain import plain_line
from nuserus.instruments.models import Instrument, InstrumentVersion
from nuserus.instruments.rules import can_add_version, can_lead_instrument, can_publish_version, can_start_instrument
from nuserus.instruments.standard.converting import convert_sheets
from nuserus.instruments.standard.people import PEOPLE_ADDRESS
from nuserus.instruments.standard.problems import UnusableWorkbook
from nuserus.instruments.standard.workbook import Sheets, read_sheets
from nuserus.studies.models import Study

MOST_VERSIONS = 200
LONGEST_REFUSAL = 600


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a questionnaire belongs: an institution, or a study."""

    institution: Institution | None = None
    study: Study | None = None


@transaction.atomic
def start_instrument(*, actor: Asking, where: Belonging, kind: str, title: str, workbook: bytes) -> InstrumentVersion:
    """Make a questionnaire with its first version; who makes it reads what will be answered.

    Raises PermissionDenied, or ValidationError with everything that is to be corrected in the workbook.
    """
    instrument = Instrument(
        institution=where.institution,
        kind=kind,
        scope_level=Level.INSTITUTION if where.institution else Level.GROUP,
        scope_institution=where.institution.pk if where.institution else None,
        study=where.study,
        scope_group=where.study.pk if where.study else None,
        started_by_id=actor.user_id,
    )
    if not can_start_instrument.allows(actor, instrument):
        raise PermissionDenied(_("Seules les personnes référentes du lieu ou de l’étude commencent une grille."))
    sheets = _sheets_of(workbook)
    instrument.title = plain_line(title)[:120] or _("Sans titre")
    instrument.save(force_insert=True)
    open_mission(instrument.pk)
    record("start instrument", actor=actor.user_id, object_id=instrument.pk)
    return _add(actor, instrument, sheets, note="")


@transaction.atomic
def add_version(*, actor: Asking, instrument: Instrument, workbook: bytes, note: str = "") -> InstrumentVersion:
    """Add a version from a workbook. Raises PermissionDenied, or ValidationError as `start_instrument`."""
    can_lead_instrument.require(actor, instrument)
    return _add(actor, instrument, _sheets_of(workbook), note=note)


@transaction.atomic
def add_version_from_sheets(*, actor: Asking, instrument: Instrument, sheets: Sheets, note: str) -> InstrumentVersion:
    """Add a version from cells. Raises as `add_version`."""
    can_lead_instrument.require(actor, instrument)
    return _add(actor, instrument, sheets, note=note)


@transaction.atomic
def keep_check(*, actor: Asking, version: InstrumentVersion, engine: str, problem: str) -> None:
    """Keep what the browser of the person found when it opened the version; an empty problem: it opens."""
    can_publish_version.require(actor, version)
    if version.published_at:
        return
    version.checked_at = timezone.now()
    version.engine = plain_line(engine)[:60]
    version.refused = plain_line(problem)[:LONGEST_REFUSAL]
    version.save(update_fields=["checked_at", "engine", "refused"])
    record("check instrument version", actor=actor.user_id, object_id=version.pk)


@transaction.atomic
def publish_version(*, actor: Asking, version: InstrumentVersion) -> None:
    """Let people fill a version in. Raises ValidationError when it was not opened in a browser, or did not open."""
    can_publish_version.require(actor, version)
    if version.checked_at is None:
        raise ValidationError(_("Essayez d’abord cette version dans votre navigateur : c’est là qu’elle se remplit."))
    if version.refused:
        raise ValidationError(_("Cette version ne s’ouvre pas dans le navigateur : corrigez-la d’abord."))
    if version.published_at is None:
        version.published_at, version.published_by_id = timezone.now(), actor.user_id
        version.save(update_fields=["published_at", "published_by_id"])
        record("publish instrument version", actor=actor.user_id, object_id=version.pk)


@transaction.atomic
def withdraw_version(*, actor: Asking, version: InstrumentVersion) -> None:
    """No longer offer a version; fiches that were begun with it are still received."""
    can_publish_version.require(actor, version)
    if version.published_at is None:
        raise ValidationError(_("Cette version n’est pas publiée."))
    if version.withdrawn_at is None:
        version.withdrawn_at = timezone.now()
        version.save(update_fields=["withdrawn_at"])
        record("withdraw instrument version", actor=actor.user_id, object_id=version.pk)


def _sheets_of(workbook: bytes) -> Sheets:
    try:
        return read_sheets(workbook)
    except UnusableWorkbook as error:
        raise _said(error) from error


def _said(error: UnusableWorkbook) -> ValidationError:
    return ValidationError([str(problem) for problem in error.problems], code="workbook")


def _add(actor: Asking, instrument: Instrument, sheets: Sheets, *, note: str) -> InstrumentVersion:
    # two people who add at the same time get two numbers
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    last = InstrumentVersion.objects.filter(instrument=instrument).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_VERSIONS:
        raise ValidationError(_("Cette grille a trop de versions : commencez-en une autre."))
    try:
        converted = convert_sheets(sheets, form_id=instrument.form_id, version=str(last + 1))
    except UnusableWorkbook as error:
        raise _said(error) from error
    version = InstrumentVersion(
        instrument=instrument,
        number=last + 1,
        workbook=converted.workbook,
        xform=converted.xform,
        xform_sha256=hashlib.sha256(converted.xform.encode()).hexdigest(),
        schema=converted.schema.as_json(),
        lists_people=PEOPLE_ADDRESS in converted.xform,
        note=plain_line(note)[:300],
        made_by_id=actor.user_id,
        # the database copies the scope; the rule asks the row before that
        scope_level=instrument.scope_level,
        scope_institution=instrument.scope_institution,
        scope_group=instrument.scope_group,
    )
    can_add_version.require(actor, version)
    version.save(force_insert=True)
    record("add instrument version", actor=actor.user_id, object_id=version.pk)
    return version

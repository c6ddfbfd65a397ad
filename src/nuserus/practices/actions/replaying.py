"""What left sheets since the backup leaves them in the copy too."""

from __future__ import annotations

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.replaying import register_replay
from nuserus.practices.actions.pictures import PHOTO_REMOVED, remove_cover
from nuserus.practices.actions.send import SHEET_WITHDRAWN, withdraw_sheet
from nuserus.practices.actions.trials import TRIAL_DELETED, delete_trial
from nuserus.practices.actions.versions import VERSION_CLOSED, close_again
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.versions import ClosingReason
from nuserus.practices.models import Picture, Sheet, SheetVersion, Trial


def register_replays() -> None:
    """Say to the ledger how each is done again. Called from `AppConfig.ready`."""
    register_replay(SHEET_WITHDRAWN, _withdraw_sheet)
    register_replay(VERSION_CLOSED, _close_version)
    register_replay(PHOTO_REMOVED, _remove_photo)
    register_replay(TRIAL_DELETED, _delete_trial)


def _withdraw_sheet(entry: Entry) -> None:
    with as_system("a sheet withdrawn since the backup"):
        sheet = Sheet.objects.filter(pk=entry.object_id).exclude(status=SheetStatus.WITHDRAWN).first()
    if sheet is not None:
        with acting_as(sheet.author_id) as asking:
            withdraw_sheet(actor=asking, sheet=Sheet.objects.get(pk=sheet.pk))


def _close_version(entry: Entry) -> None:
    with as_system("a version closed since the backup"):
        version = SheetVersion.objects.select_related("sheet").filter(pk=entry.object_id, closed_at=None).first()
    if version is not None:
        with acting_as(version.sheet.author_id):
            close_again(version, ClosingReason(entry.details["reason"]))


def _remove_photo(entry: Entry) -> None:
    with as_system("a photo taken off since the backup"):
        picture = Picture.objects.select_related("sheet").filter(pk=entry.object_id, is_cover=True).first()
    if picture is not None:
        with acting_as(picture.sheet.author_id) as asking:
            remove_cover(actor=asking, sheet=Sheet.objects.get(pk=picture.sheet_id))


def _delete_trial(entry: Entry) -> None:
    with as_system("a trial taken back since the backup"):
        trial = Trial.objects.filter(pk=entry.object_id).first()
    if trial is not None:
        with acting_as(trial.author_id) as asking:
            delete_trial(actor=asking, trial=Trial.objects.select_related("sheet").get(pk=trial.pk))

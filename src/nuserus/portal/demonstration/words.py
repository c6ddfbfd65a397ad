"""The words of invented persons, on their cards, with a consent as invented as they are."""

from __future__ import annotations

from django.utils import timezone

from nuserus.consent.enums import How, NoticeFormat, Purpose, Step
from nuserus.consent.models import ConsentEvent
from nuserus.consent.queries.notices import current_notice
from nuserus.facilitation.enums import Speaker
from nuserus.facilitation.models import PersonWords
from nuserus.facilitation.queries.tellings import WORDS_MATTER
from nuserus.foundation.models.base import new_id
from nuserus.portal.demonstration.sources import Entry, sheets
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet

_WITNESS = "une éducatrice (accord fictif, comme la personne)"
_OPEN = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


def load_words(made: dict[str, Sheet]) -> None:
    """A card for each sheet that quotes somebody. On a sheet still being written, the consent is yet to be asked."""
    for entry in sheets():
        if entry.get("said"):
            sheet = made[entry["slug"]]
            words = _write(entry, sheet)
            if sheet.status not in _OPEN:
                _agree(words, sheet)


def _write(entry: Entry, sheet: Sheet) -> PersonWords:
    words = PersonWords(
        sheet=sheet,
        text=entry["said"],
        said_by=entry["said_by"],
        speaker=Speaker(entry.get("speaker", Speaker.ACCOMPANIED)),
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    )
    words.save(force_insert=True)
    return words


def _agree(words: PersonWords, sheet: Sheet) -> None:
    ConsentEvent(
        consent=new_id(),
        kind=Step.GIVEN,
        subject=words.subject,
        purpose=Purpose.QUOTE,
        object_kind=WORDS_MATTER,
        object_id=words.pk,
        how=How.ORAL,
        witness=_WITNESS,
        notice_version=current_notice("etre-cite", NoticeFormat.ORAL),
        recorded_by=sheet.author_id,
        at=sheet.sent_at or timezone.now(),
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    ).save(force_insert=True)

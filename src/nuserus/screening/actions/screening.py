"""Screening the texts of an object: by rules at once, by the model of names in a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.screening.enums import FlagState, FoundBy
from nuserus.screening.models import Flag, ScreenedText
from nuserus.screening.queries.digests import spans_with, text_digest, words_digest
from nuserus.screening.queries.names_program import names_finder
from nuserus.screening.registry import Told
from nuserus.screening.rules import can_screen
from nuserus_analysis.screening import RULES_VERSION, Kind, Span
from nuserus_analysis.screening import screen as find_details

TASK = "nuserus.screening.tasks.look_for_names"


@transaction.atomic
def screen_texts(*, actor: Asking, kind: str, told: Told) -> None:
    """Bring what is flagged to the texts as they are now, by the rules. What has not changed is left.

    A decision goes with its words: the same words, wherever they stand in the object now, need no
    second one. Raises Unreadable or PermissionDenied for who is not named on the object.
    """
    rows = {row.field: row for row in ScreenedText.objects.filter(kind=kind, object_id=told.object_id)}
    for field, text in told.texts.items():
        row = rows.get(field)
        if row is None and not text:
            continue
        if row is not None and row.text_digest == text_digest(text) and row.rules_version == RULES_VERSION:
            continue
        _screen(actor, kind, told, field)
    for field, row in rows.items():
        if field not in told.texts:
            _settle(told, row, "", [])


@transaction.atomic
def note_names(*, actor: Asking, kind: str, told: Told, names: Mapping[str, tuple[str, Sequence[Span]]]) -> None:
    """Add the names that the model found: by field, the digest of the text it read and the spans.

    A text that has changed since is left: it waits for the next job.
    """
    for field, (digest, spans) in names.items():
        if field in told.texts and text_digest(told.texts[field]) == digest:
            _screen(actor, kind, told, field, names=spans)


def look_for_names_soon(*, actor: Asking, kind: str, told: Told) -> bool:
    """Let a job look for names where the model has not; false when there is nothing to do, or no model."""
    if actor.user_id is None or names_finder() is None or not texts_to_read(kind, told):
        return False
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(TASK, queueing_lock=f"names {kind} {told.object_id}").defer(
            kind=kind, object_id=str(told.object_id), user_id=str(actor.user_id)
        )
    return True


def texts_to_read(kind: str, told: Told) -> dict[str, str]:
    """The texts, by field, that the model has not read as they are."""
    rows = ScreenedText.objects.filter(kind=kind, object_id=told.object_id, names_checked=True)
    read = {(row.field, row.text_digest) for row in rows}
    return {field: text for field, text in told.texts.items() if text and (field, text_digest(text)) not in read}


def _screen(actor: Asking, kind: str, told: Told, field: str, names: Sequence[Span] | None = None) -> None:
    text = told.texts[field]
    row = _row(actor, kind, told, field)
    remembered = list(spans_with(told.object_id, Kind.NAME, _model_names(told.object_id, kind), text))
    found = find_details(text, known=told.known, names=[*(names or ()), *remembered])
    by_rules = {(flag.start, flag.end) for flag in find_details(text, known=told.known)}
    row.text_digest, row.rules_version, row.names_checked = text_digest(text), RULES_VERSION, names is not None
    row.save(update_fields=["text_digest", "rules_version", "names_checked", "screened_at"])
    _settle(
        told,
        row,
        text,
        [
            Flag(
                screened=row,
                kind=flag.kind.value,
                start=flag.start,
                end=flag.end,
                words_digest=words_digest(told.object_id, flag.kind.value, flag.words(text)),
                found_by=FoundBy.RULES if (flag.start, flag.end) in by_rules else FoundBy.MODEL,
            )
            for flag in found
        ],
    )


def _row(actor: Asking, kind: str, told: Told, field: str) -> ScreenedText:
    """The row of one text, alone for this transaction."""
    scope = {"scope_level": Level.RESTRICTED, "scope_author": told.author, "scope_mission": told.object_id}
    can_screen.require(actor, ScreenedText(**scope))
    row, _made = ScreenedText.objects.get_or_create(kind=kind, object_id=told.object_id, field=field, defaults=scope)
    return ScreenedText.objects.select_for_update().get(pk=row.pk)


def _model_names(object_id: UUID, kind: str) -> set[str]:
    rows = Flag.objects.filter(
        screened__kind=kind, screened__object_id=object_id, kind=Kind.NAME.value, found_by=FoundBy.MODEL
    )
    return set(rows.exclude(state=FlagState.REPLACED).values_list("words_digest", flat=True))


def _settle(told: Told, row: ScreenedText, text: str, found: list[Flag]) -> None:
    """Make these the flags of the row: each takes the decision that its words have in the object."""
    before = list(row.flags.exclude(state=FlagState.REPLACED).order_by("start"))
    decided = _kept_words(row.kind, told.object_id)
    for flag in found:
        same = next((old for old in before if (old.kind, old.words_digest) == (flag.kind, flag.words_digest)), None)
        if same is not None:
            before.remove(same)
            same.start, same.end, same.found_by = flag.start, flag.end, flag.found_by
            flag = same  # noqa: PLW2901
        if flag.state in {FlagState.OPEN, FlagState.STALE}:
            kept = decided.get((flag.kind, flag.words_digest))
            flag.state = FlagState.KEPT if kept is not None else FlagState.OPEN
            if kept is not None:
                flag.reason, flag.decided_by, flag.decided_at = kept.reason, kept.decided_by, kept.decided_at
        flag.save()
    for old in before:
        if old.state == FlagState.OPEN:
            old.delete()
        elif old.state == FlagState.KEPT:
            old.state = FlagState.STALE
            old.save(update_fields=["state"])
    if not text:
        row.text_digest = text_digest(text)
        row.save(update_fields=["text_digest"])


def _kept_words(kind: str, object_id: UUID) -> dict[tuple[str, str], Flag]:
    """What was decided to keep, by kind and words, in the whole object; gone words too."""
    rows = Flag.objects.filter(screened__kind=kind, screened__object_id=object_id).exclude(reason="")
    return {(flag.kind, flag.words_digest): flag for flag in rows if flag.state in {FlagState.KEPT, FlagState.STALE}}

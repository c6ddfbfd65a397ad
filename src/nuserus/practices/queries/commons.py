"""The public commons, sheet by sheet, as anybody may read it and as it outlives the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums import FACETS
from nuserus.practices.models import Card, Picture, Sheet
from nuserus.practices.queries.adaptations import origin_words_stand
from nuserus.practices.queries.credits import credit_lines
from nuserus.practices.queries.facets import worded
from nuserus.practices.queries.jsonld import linked_data
from nuserus.practices.queries.labels import Labels, labels
from nuserus.practices.queries.ladder import ladder_step, tells_what_happened
from nuserus.practices.queries.plain import plain_review_of
from nuserus.practices.queries.sections import ethics_answers, evidence_words, sections_after, sections_before
from nuserus.practices.queries.sheets import (
    cards_of,
    contributors_of,
    evaluations_of,
    family_of,
    place_of,
    published_sheet,
    sheets_visible_to,
    trials_of,
)
from nuserus.practices.queries.trials import outcome_counts, told_trials
from nuserus.practices.queries.versions import current_version

_AT_ONCE = 200
# Names of our own in the linked data, beside those of schema.org.
_OURS = {"nuserus": "urn:x-nuserus:commons:1:"}


@dataclass(frozen=True, slots=True)
class CommonSheet:
    """One sheet: its linked data, and its photos with the names they have beside it."""

    id: UUID
    data: dict[str, Any]
    photos: list[tuple[str, Picture]]

    def as_json(self) -> bytes:
        """The linked data as text that people can read too."""
        return (json.dumps(self.data, ensure_ascii=False, indent=1) + "\n").encode()


def common_sheets(asking: Asking) -> Iterator[CommonSheet]:
    """Every published sheet that `asking` may read, oldest first, one in memory at a time."""
    lists, last = labels(), UUID(int=0)
    while True:
        page = sheets_visible_to(asking).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
        ids = list(page)
        for sheet_id in ids:
            try:
                yield _common(asking, published_sheet(asking, sheet_id), lists)
            except Unreadable:
                continue  # taken back while we were reading
        if len(ids) < _AT_ONCE:
            return
        last = ids[-1]


def _common(asking: Asking, sheet: Sheet, lists: Labels) -> CommonSheet:
    cards, people = cards_of(sheet), list(contributors_of(sheet.pk))
    pictures = {one.pk: one for one in Picture.objects.filter(sheet=sheet).order_by("-is_cover", "added_at", "id")}
    names = {picture: f"photos/{picture}.jpg" for picture in pictures}
    data = linked_data(
        sheet,
        address=f"urn:uuid:{sheet.pk}",
        origin_address=f"urn:uuid:{sheet.adapted_from_id}" if sheet.adapted_from_id else "",
        cards=cards,
        contributors=people,
        keywords=worded(sheet.publics, lists.publics),
        tools=[*worded(sheet.devices, lists.device_names), *([sheet.own_devices] if sheet.own_devices else [])],
        published=current_version(sheet),
    )
    data.pop("url", None)
    data["@context"] = [data["@context"], _OURS]
    data["identifier"] = str(sheet.pk)
    tells_before = origin_words_stand(asking, sheet)
    for step, card in zip(data.get("step", []), cards, strict=False):
        _add_to_step(step, card, names, tells_before=tells_before)
    data["image"] = [
        {"@type": "ImageObject", "contentUrl": names[one.pk], "description": one.alternative, "sha256": one.sha256}
        for one in pictures.values()
    ]
    data |= {f"nuserus:{key}": value for key, value in _told(asking, sheet, lists).items()}
    return CommonSheet(sheet.pk, data, [(names[one.pk], one) for one in pictures.values()])


def _add_to_step(step: dict[str, Any], card: Card, names: dict[UUID, str], *, tells_before: bool) -> None:
    if card.picture_id in names:
        step["image"] = names[card.picture_id]
    if card.origin_text and tells_before:
        step["nuserus:was"] = card.origin_text
    if card.what_changed or card.why_changed:
        step["nuserus:whatChanged"], step["nuserus:whyChanged"] = card.what_changed, card.why_changed


def _told(asking: Asking, sheet: Sheet, lists: Labels) -> dict[str, Any]:
    """What the page of the sheet says and schema.org has no word for."""
    trials, evaluations = trials_of(asking, sheet), evaluations_of(sheet)
    step = ladder_step(
        home=sheet.institution_id,
        tells=tells_what_happened(sheet.happened),
        tried_in=[trial.institution_id for trial in trials],
        evaluations=len(evaluations),
    )
    parts = [*sections_before(sheet), *sections_after(sheet)]
    return {
        "place": place_of(sheet),
        "fictitious": sheet.institution is not None and sheet.institution.is_fictitious,
        "ladder": str(step.label),
        "stopped": sheet.stopped_at is not None,
        "toReviewOn": sheet.review_date.isoformat() if sheet.review_date else "",
        "simpleVersion": sheet.simple_version,
        "easyToRead": plain_review_of(sheet),
        "happened": sheet.happened,
        "evidence": evidence_words(sheet),
        "watchFor": sheet.watch_for,
        "sections": [{"heading": part.heading, "text": part.text} for part in parts],
        "ethics": [{"question": answer.heading, "answer": answer.text} for answer in ethics_answers(sheet)],
        "facets": {name: list(getattr(sheet, name)) for name in ("devices", "publics", "trades", *FACETS)},
        "credits": [{"name": name, "did": done} for name, done in credit_lines(contributors_of(sheet.pk))],
        "lineage": _lineage(asking, sheet),
        "trials": {
            "counts": outcome_counts(trials),
            "told": [
                {
                    "outcome": one.word,
                    "place": one.place,
                    "publics": one.publics,
                    "comment": one.comment,
                    "month": localtime(one.at).strftime("%Y-%m"),
                    "fictitious": one.fictitious,
                }
                for one in told_trials(asking, trials, lists)
            ],
        },
        "evaluations": [
            {
                "byWhom": one.by_whom,
                "how": one.how,
                "onWhom": one.on_whom,
                "result": one.result,
                "on": one.done_on.isoformat(),
            }
            for one in evaluations
        ],
    }


def _lineage(asking: Asking, sheet: Sheet) -> dict[str, Any]:
    kin = family_of(asking, sheet.family, shown=sheet.pk)
    return {
        "family": str(sheet.family),
        "adaptedFrom": str(sheet.adapted_from_id) if sheet.adapted_from_id else None,
        "adaptations": [str(one.id) for one in kin if one.adapted_from == sheet.pk and not one.absent],
        "whyChanged": sheet.why_changed,
    }

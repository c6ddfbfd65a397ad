"""Invented sheets, their families, trials and evaluations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from nuserus.directory.models import Institution
from nuserus.foundation.levels import Level
from nuserus.foundation.models import MissionHolder
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import Entry, ethics_when_absent, evaluations, sheets, trials
from nuserus.practices.enums import ETHICS, Contribution, Decision, SheetEventKind, SheetStatus
from nuserus.practices.models import Card, CardComment, Contributor, Evaluation, Review, Sheet, SheetEvent, Trial

_STATUSES = {
    "published": SheetStatus.PUBLISHED,
    "draft": SheetStatus.DRAFT,
    "sent": SheetStatus.IN_REVIEW,
    "rework": SheetStatus.TO_REWORK,
}
_PLAIN = (
    "title", "devices", "publics", "trades", "axes", "planes", "ways", "modalities", "themes", "problem",
    "intention", "happened", "watch_for", "role_of_person", "limits", "when_to_stop",
    "elsewhere", "evidence",
)  # fmt: skip
_PROMISE = timedelta(hours=72)


def load_sheets(institutions: dict[str, Institution], people: dict[str, Account]) -> dict[str, Sheet]:
    """Sheets by slug, with their cards, contributors and history."""
    made: dict[str, Sheet] = {}
    reviewer = next(person for slug, person in people.items() if slug == "etienne-m")
    for entry in sheets():
        author = people[entry["author"]]
        sheet = _make_sheet(entry, institutions[entry["institution"]], author, made.get(entry.get("adapted_from", "")))
        _make_cards(entry, sheet)
        for who in entry.get("contributors", []):
            _credit(sheet, people[who["account"]], Contribution(who["contribution"]))
        _hold(sheet, author)
        _tell_history(entry, sheet, reviewer)
        made[entry["slug"]] = sheet
    return made


def load_trials(institutions: dict[str, Institution], people: dict[str, Account], made: dict[str, Sheet]) -> None:
    """Trials and evaluations of the loaded sheets."""
    for entry in trials():
        author = people[entry["author"]]
        trial = Trial.objects.create(
            sheet=made[entry["sheet"]],
            institution=institutions[entry["institution"]],
            author=author,
            outcome=entry["outcome"],
            publics=entry["publics"],
            comment=entry["comment"],
            scope_level=Level.PUBLIC,
            scope_author=author.pk,
        )
        Trial.objects.filter(pk=trial.pk).update(reported_at=_at(entry["date"]))
    for entry in evaluations():
        sheet = made[entry["sheet"]]
        Evaluation.objects.create(
            sheet=sheet,
            by_whom=entry["who"],
            how=entry["how"],
            on_whom=entry["on_whom"],
            result=entry["result"],
            done_on=entry["date"],
            recorded_by=sheet.author,
            scope_level=Level.PUBLIC,
            scope_author=sheet.author_id,
            scope_mission=sheet.pk,
        )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(14, 32), tzinfo=UTC)


def _make_sheet(entry: Entry, place: Institution, author: Account, parent: Sheet | None) -> Sheet:
    status = _STATUSES[entry["status"]]
    published = _at(entry["published"]) if status == SheetStatus.PUBLISHED else None
    sheet = Sheet(
        institution=place,
        author=author,
        status=status,
        title_is_proposed=False,
        simple_version="\n".join(entry.get("simple_version", [])),
        means=_means(entry.get("means")),
        ethics=_ethics(entry),
        adapted_from=parent,
        why_changed=entry.get("why", ""),
        version=1 if published else 0,
        published_at=published,
        review_date=published.date() + timedelta(days=365) if published else None,
        sent_at=published or (datetime.now(UTC) if status != SheetStatus.DRAFT else None),
        licence_accepted_at=published or (datetime.now(UTC) if status != SheetStatus.DRAFT else None),
        scope_level=Level.PUBLIC if published else Level.RESTRICTED,
        scope_author=author.pk,
        **{name: entry[name] for name in _PLAIN if entry.get(name)},
    )
    sheet.scope_mission = sheet.pk
    sheet.family = parent.family if parent else sheet.pk
    sheet.save()
    if published:
        Sheet.objects.filter(pk=sheet.pk).update(started_at=published - timedelta(days=9), changed_at=published)
    return sheet


def _means(means: dict[str, str] | None) -> str:
    labels = {"time": "Temps", "material": "Matériel", "training": "Formation"}
    return "\n".join(f"{labels[name]} : {text}" for name, text in (means or {}).items())


def _ethics(entry: Entry) -> dict[str, Any]:
    given = entry.get("ethics")
    if not given:
        return {}
    return {slug: given.get(slug, ethics_when_absent()) for slug in ETHICS}


def _make_cards(entry: Entry, sheet: Sheet) -> None:
    before = {card.position: card for card in sheet.adapted_from.cards.all()} if sheet.adapted_from else {}
    changed = {item["card"]: item for item in entry.get("changed", [])}
    for position, given in enumerate(entry.get("cards", []), start=1):
        origin = before.get(given.get("from", 0))
        change = changed.get(position, {})
        Card.objects.create(
            sheet=sheet,
            position=position,
            text=given["text"],
            origin=origin,
            origin_text=origin.text if origin else "",
            what_changed=change.get("what", ""),
            why_changed=change.get("why", ""),
        )


def _credit(sheet: Sheet, account: Account, contribution: Contribution) -> None:
    Contributor.objects.create(sheet=sheet, account=account, name=account.display_name, contribution=contribution)


def _hold(sheet: Sheet, account: Account) -> None:
    MissionHolder.objects.create(mission_id=sheet.pk, holder_id=account.pk, granted_by=account.pk)


def _tell_history(entry: Entry, sheet: Sheet, reviewer: Account) -> None:
    """The events and the review that a sheet in this state has behind it."""
    _event(sheet, SheetEventKind.STARTED, sheet.author)
    if sheet.status == SheetStatus.DRAFT:
        return
    _event(sheet, SheetEventKind.SENT, sheet.author)
    review = Review(
        sheet=sheet, reviewer=reviewer, due_at=(sheet.sent_at or datetime.now(UTC)) + _PROMISE,
        scope_level=Level.RESTRICTED, scope_mission=sheet.pk, scope_author=sheet.author_id,
    )  # fmt: skip
    if sheet.status == SheetStatus.IN_REVIEW:
        _hold(sheet, reviewer)
        review.save()
        return
    said = entry.get("review", {})
    review.decision = Decision.PUBLISH if sheet.published_at else Decision.REWORK
    review.decided_at = sheet.published_at or datetime.now(UTC)
    review.reasons = said.get("reasons", [])
    review.message = said.get("message", "")
    review.save()
    _comment(said, sheet, review)
    _event(sheet, SheetEventKind.PUBLISHED if sheet.published_at else SheetEventKind.RETURNED, reviewer)


def _comment(said: Entry, sheet: Sheet, review: Review) -> None:
    cards = {card.position: card for card in sheet.cards.all()}
    for comment in said.get("comments", []):
        CardComment.objects.create(review=review, card=cards.get(comment.get("card")), text=comment["text"])


def _event(sheet: Sheet, kind: SheetEventKind, actor: Account) -> None:
    event = SheetEvent.objects.create(
        sheet=sheet, kind=kind, actor=actor, version=sheet.version,
        scope_level=Level.RESTRICTED, scope_mission=sheet.pk, scope_author=sheet.author_id,
    )  # fmt: skip
    if sheet.published_at:
        SheetEvent.objects.filter(pk=event.pk).update(at=sheet.published_at)

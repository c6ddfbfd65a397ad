"""The calendar of a study."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.actions.notices import tell
from nuserus.studies.actions.opening import user_of
from nuserus.studies.enums import Coming
from nuserus.studies.models import CalendarEvent, CalendarFeed, EventAnswer, Study
from nuserus.studies.queries.circles import hashed, seated_accounts
from nuserus.studies.rules import can_change_event, can_change_feed, can_say_coming
from nuserus.ui.dates import date_format

MAX_EVENTS = 400


def add_event(*, actor: Asking, study: Study, words: Mapping[str, Any]) -> CalendarEvent:
    """Another date; those it is for hear of it. Raises ValidationError for an end before its beginning."""
    if CalendarEvent.objects.filter(study=study).count() >= MAX_EVENTS:
        raise ValidationError(_("Une étude a quatre cents dates au plus."))
    event = CalendarEvent(study=study, scope_mission=study.pk)
    can_change_event.require(actor, event)
    _put(event, words)
    event.save(force_insert=True)
    record("add event", actor=actor.user_id, object_id=event.pk)
    _tell_those(actor, event, "date")
    return event


def change_event(*, actor: Asking, event: CalendarEvent, words: Mapping[str, Any]) -> None:
    """Another hour, place or title; those it is for hear of it. Raises ValidationError as `add_event`."""
    can_change_event.require(actor, event)
    if event.cancelled_at:
        raise ValidationError(_("Cette date est annulée. Ajoutez-en une autre."))
    _put(event, words)
    event.sequence += 1
    event.changed_at = timezone.now()
    event.save()
    _tell_those(actor, event, "date")


def cancel_event(*, actor: Asking, event: CalendarEvent) -> None:
    """Cancel a date; it stays, said to be cancelled. Raises ValidationError when it is already."""
    can_change_event.require(actor, event)
    if event.cancelled_at:
        raise ValidationError(_("Cette date est déjà annulée. Rien n’a changé."))
    event.cancelled_at = event.changed_at = timezone.now()
    event.sequence += 1
    event.save()
    record("cancel event", actor=actor.user_id, object_id=event.pk)
    _tell_those(actor, event, "cancelled")


def _put(event: CalendarEvent, words: Mapping[str, Any]) -> None:
    if words["ends_at"] <= words["starts_at"]:
        raise ValidationError({"ends": _("La fin vient avant le début. Changez l’une des deux heures.")})
    event.kind, event.title = words["kind"], plain_line(words["title"])[:200]
    event.starts_at, event.ends_at = words["starts_at"], words["ends_at"]
    event.group, event.step, event.at_place = words.get("group"), words.get("step"), words.get("at_place")
    event.where, event.notes = plain_line(words.get("where", ""))[:200], plain_text(words.get("notes", ""))[:1000]


def _tell_those(actor: Asking, event: CalendarEvent, kind: str) -> None:
    tell(
        kind,
        seated_accounts(event.study, event.group),
        about=event.pk,
        address=reverse("studies:event", args=[event.pk]),
        actor=actor.user_id,
        title=event.study.title,
        event=event.title,
        day=date_format(timezone.localtime(event.starts_at), "l j F Y, G \\h i"),
    )


def answer_event(*, actor: Asking, event: CalendarEvent, coming: Coming) -> None:
    """Say whether one comes; the last answer counts. Raises ValidationError for what is cancelled."""
    if event.cancelled_at:
        raise ValidationError(_("Cette date est annulée : il n’y a plus à répondre."))
    account = user_of(actor)
    row = EventAnswer(event=event, study_id=event.study_id, account_id=account, scope_author=account)
    can_say_coming.require(actor, row)
    EventAnswer.objects.update_or_create(
        event=event,
        account_id=account,
        defaults={"coming": coming, "answered_at": timezone.now()},
        create_defaults={
            "study_id": event.study_id,
            "coming": coming,
            "scope_author": actor.user_id,
            "scope_mission": event.study_id,
        },
    )


def make_feed(*, actor: Asking) -> str:
    """A secret address for the person's calendar, in the place of the one before. Gives the secret, kept nowhere."""
    secret = secrets.token_urlsafe(32)
    row = CalendarFeed(account_id=user_of(actor), scope_author=actor.user_id, scope_level=Level.RESTRICTED)
    can_change_feed.require(actor, row)
    CalendarFeed.objects.filter(account=actor.user_id).delete()
    row.secret_hash = hashed(secret)
    row.save(force_insert=True)
    record("make calendar address", actor=actor.user_id)
    return secret


def remove_feed(*, actor: Asking) -> None:
    """The address answers no more."""
    CalendarFeed.objects.filter(account=user_of(actor)).delete()
    record("remove calendar address", actor=actor.user_id)

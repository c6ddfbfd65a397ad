"""Reporting, deciding, answering: each adds a step, none erases one."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections, router, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.community.actions.words import REPORTS_A_DAY, refuse_too_many, said_text, who
from nuserus.community.enums import DECISIONS, URGENT, Content, Reason, Step
from nuserus.community.models import ModerationStep, Report
from nuserus.community.queries.documents import KIND as QUESTION_KIND
from nuserus.community.queries.moderation import (
    Case,
    Target,
    moderators,
    own_reports_waiting,
    reports_about,
    steps_about,
    target_for_reading,
)
from nuserus.community.rules import can_report
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.notifications.actions import notify
from nuserus.practices.queries.documents import KIND as SHEET_KIND
from nuserus.search.actions.index_object import index_soon

_INDEXED = {Content.QUESTION: QUESTION_KIND, Content.SHEET: SHEET_KIND, Content.TRIAL: SHEET_KIND}


@transaction.atomic
def report_content(*, actor: Asking, content: Content, object_id: UUID, reason: str, words: str = "") -> Report:
    """Ask the moderators to look at something that one reads; a person recognisable is told them at once.

    Raises Unreadable, ValidationError for one's own words, an unknown reason, or what one reported
    already and nobody decided yet.
    """
    reporter = who(actor)
    target = target_for_reading(actor, content, object_id)
    if target.author == reporter:
        raise ValidationError(_("Ce texte est le vôtre : vous pouvez le changer ou le retirer vous-même."))
    if reason not in Reason.values:
        raise ValidationError(_("Choisissez ce qui vous gêne."))
    if own_reports_waiting(actor, content, object_id):
        raise ValidationError(_("Vous l’avez déjà signalé. Les modérateurs vous diront ce qu’ils ont décidé."))
    refuse_too_many(Report.objects.filter(reporter=reporter), since="made_at", most=REPORTS_A_DAY)
    report = Report(
        content=content,
        object_id=object_id,
        reporter_id=reporter,
        reason=reason,
        words=said_text(words, 1000, empty=True),
        scope_level=Level.RESTRICTED,
        scope_author=reporter,
    )
    can_report.require(actor, report)
    report.save(force_insert=True)
    record("report content", actor=reporter, object_id=object_id, content=report.words)
    notify(
        kind="community.urgent" if reason in URGENT else "community.report",
        recipients=set(moderators()) - {target.author},
        about=object_id,
        address=reverse("moderation:case", args=[content, object_id]),
        details={"content": content},
        actor=reporter,
    )
    return report


@transaction.atomic
def decide(*, actor: Asking, case: Case, step: Step, reason: str = "", text: str = "") -> None:
    """Hide, leave, keep hidden or show again what was reported, never one's own words.

    Tells the author, and those whose report was waiting. Raises PermissionDenied, ValidationError.
    """
    moderator = who(actor)
    target = case.target
    if "moderator" not in actor.roles or target.author == moderator:
        raise PermissionDenied(_("On ne décide pas de ses propres mots : une autre personne s’en charge."))
    _refuse_impossible(target, step, reason)
    text = said_text(text, 2000, empty=True)
    if step in (Step.KEPT, Step.SHOWN) and not text and step == Step.KEPT:
        raise ValidationError(_("Dites à l’auteur ou l’autrice pourquoi cela reste masqué, en une phrase."))
    waiting = _waiting_reporters(actor, target)
    if step in (Step.HIDDEN, Step.SHOWN) and not _moderate(target, hide=step == Step.HIDDEN):
        raise ValidationError(_("Quelqu’un vient de décider, ou le texte a changé. Relisez-le avant de décider."))
    _add_step(target, step, actor=moderator, reason=reason if step == Step.HIDDEN else "", text=text)
    record(f"moderate: {step.value}", actor=moderator, object_id=target.id, content=text)
    if step == Step.SHOWN and target.content in _INDEXED:
        index_soon(kind=_INDEXED[target.content], object_id=_indexed_id(target))
    elif step == Step.HIDDEN and target.content == Content.TRIAL:
        index_soon(kind=SHEET_KIND, object_id=target.about)
    _tell(target, step, waiting, moderator)


@transaction.atomic
def answer_moderation(*, actor: Asking, content: Content, object_id: UUID, text: str) -> None:
    """Answer the moderators about one's own hidden words. Raises Unreadable, ValidationError."""
    author = who(actor)
    target = target_for_reading(actor, content, object_id)
    if target.author != author or not target.hidden:
        raise PermissionDenied(_("On répond à la modération au sujet de ses propres mots, quand ils sont masqués."))
    last = steps_about(actor, content, object_id).last()
    if last is None or last.step == Step.ANSWERED:
        raise ValidationError(_("Votre réponse est déjà chez les modérateurs. Ils vous répondront ici."))
    said = said_text(text, 2000)
    _add_step(target, Step.ANSWERED, actor=author, reason="", text=said)
    record("answer moderation", actor=author, object_id=object_id, content=said)
    notify(
        kind="community.author_answered",
        recipients=moderators(),
        about=object_id,
        address=reverse("moderation:case", args=[content, object_id]),
        details={"content": content},
        actor=author,
    )


def _refuse_impossible(target: Target, step: Step, reason: str) -> None:
    if step not in DECISIONS:
        raise ValidationError(_("Choisissez une décision."))
    if (step in (Step.KEPT, Step.SHOWN)) != target.hidden:
        raise ValidationError(_("Quelqu’un vient de décider, ou le texte a changé. Relisez-le avant de décider."))
    if step == Step.HIDDEN and reason not in Reason.values:
        raise ValidationError(_("Choisissez la raison : l’auteur ou l’autrice la lira."))


def _moderate(target: Target, *, hide: bool) -> bool:
    with connections[router.db_for_write(Report)].cursor() as cursor:
        cursor.execute("SELECT community_moderate(%s, %s, %s)", [target.content.value, target.id, hide])
        (writer,) = cursor.fetchone()
    return writer is not None


def _add_step(target: Target, step: Step, *, actor: UUID, reason: str, text: str) -> None:
    ModerationStep(
        content=target.content,
        object_id=target.id,
        step=step,
        actor_id=actor,
        reason=reason,
        text=text,
        scope_level=Level.RESTRICTED,
        scope_author=target.author,
    ).save(force_insert=True)


def _waiting_reporters(actor: Asking, target: Target) -> set[UUID]:
    """Who reported since the last decision."""
    decided = steps_about(actor, target.content, target.id).filter(step__in=DECISIONS).last()
    reports = reports_about(actor, target.content, target.id)
    if decided is not None:
        reports = reports.filter(made_at__gt=decided.at)
    return set(reports.values_list("reporter_id", flat=True))


def _tell(target: Target, step: Step, reporters: set[UUID], moderator: UUID) -> None:
    notify(
        kind="community.decided",
        recipients=reporters,
        about=target.id,
        address=reverse("moderation:own_reports"),
        details={"content": target.content, "step": step},
        actor=moderator,
    )
    if step == Step.LEFT:
        return
    notify(
        kind="community.hidden" if step == Step.HIDDEN else "community.moderated",
        recipients=[target.author],
        about=target.id,
        address=reverse("moderation:own", args=[target.content, target.id]),
        details={"content": target.content, "step": step},
        actor=moderator,
    )


def _indexed_id(target: Target) -> UUID:
    return target.about if target.content == Content.TRIAL else target.id

"""Deciding whether two objects are one. What hangs on one goes to the other, all of it or nothing."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.directory.enums import DuplicateKind, DuplicateStatus
from nuserus.directory.models import DuplicateProposal, FormerInstitution, Institution, Place
from nuserus.directory.queries.duplicates import in_the_way
from nuserus.directory.registry import dependents_of, followers
from nuserus.directory.rules import can_decide_duplicate
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.search.actions.index_object import index_soon

# What the one that is kept takes from the other where it says nothing itself; never where somebody may live at home.
_FILLED = (
    "finess", "operator_id", "legal_status", "register_name", "siret", "activity", "funding", "contact_email",
    "website", "opened_on", "register_date", "programme_partner", "questions", "participants", "register_mark",
)  # fmt: skip
_WHERE = ("street", "post_code", "commune", "phone", "latitude", "longitude", "precision", "opening")


def refuse_duplicate(*, actor: Asking, proposal: DuplicateProposal) -> None:
    """Say that these are two. It is never proposed again. Raises ValidationError when it was decided."""
    can_decide_duplicate.require(actor, proposal)
    waiting = DuplicateProposal.objects.filter(pk=proposal.pk, status=DuplicateStatus.WAITING)
    if not waiting.update(status=DuplicateStatus.REFUSED, decided_by_id=actor.user_id, decided_at=timezone.now()):
        raise _already()
    record("refuse duplicate", actor=actor.user_id, object_id=proposal.pk)


def link_place(*, actor: Asking, proposal: DuplicateProposal) -> None:
    """Say that a place of help is this institution: both pages stay, each leads to the other.

    As the system: no role of the web may write what registers say. Raises ValidationError when it
    was decided, when one of the two is gone, or when the institution may be somebody's home.
    """
    can_decide_duplicate.require(actor, proposal)
    with as_system("link a place to an institution"):
        _take(proposal, actor)
        known = Institution.objects.filter(pk=proposal.first).first()
        place = Place.objects.filter(pk=proposal.second).first()
        if known is None or place is None:
            raise ValidationError(_("L’un des deux n’est plus dans l’annuaire. Rien n’a changé."))
        if why := in_the_way(known, place):
            raise ValidationError(why)
        Place.objects.filter(pk=place.pk).update(institution=known)
        record("link place to institution", actor=actor.user_id, object_id=proposal.second)


def merge_institutions(*, actor: Asking, proposal: DuplicateProposal, kept_id: UUID) -> Institution:
    """Keep one of two institutions: all that hangs on the other follows, its addresses lead to the first.

    In one transaction of the system, since it moves what neither moderators nor referents may read:
    drafts, inventories, memberships. Raises ValidationError, and then nothing has moved, when it was
    decided, when the register tells them apart, or when both have something that one can have once only.
    """
    can_decide_duplicate.require(actor, proposal)
    if proposal.kind != DuplicateKind.INSTITUTIONS or kept_id not in (proposal.first, proposal.second):
        raise ValidationError(_("Choisissez lequel des deux garder. Rien n’a changé."))
    gone_id = proposal.second if kept_id == proposal.first else proposal.first
    try:
        with as_system("merge two institutions"):
            _take(proposal, actor)
            rows = Institution.objects.select_for_update().in_bulk([kept_id, gone_id])
            if len(rows) != 2:
                raise ValidationError(_("L’un des deux n’est plus dans l’annuaire. Rien n’a changé."))
            kept, gone = rows[kept_id], rows[gone_id]
            if why := in_the_way(kept, gone):
                raise ValidationError(why)
            if gone.is_private_home and not kept.is_private_home:
                raise ValidationError(
                    _("Des personnes vivent peut-être dans l’autre chez elles : c’est lui qu’il faut garder.")
                )
            pointed = list(dependents_of([gone_id]))
            _move(kept_id, gone_id)
            _end(kept, gone)
            record("merge institutions", actor=actor.user_id, object_id=kept_id, content=str(gone_id))
    except DatabaseError as problem:
        raise ValidationError(
            _(
                "Les deux lieux ont chacun quelque chose qu’un seul lieu ne peut pas avoir deux fois, ou l’un des deux "
                "est peut-être un domicile. Rien n’a changé : essayez de garder l’autre, ou écrivez à l’administration "
                "du site."
            )
        ) from problem
    for kind, object_id in pointed:
        index_soon(kind=kind, object_id=object_id)
    return kept


def _take(proposal: DuplicateProposal, actor: Asking) -> None:
    """Write the decision, once: of two moderators the second is told."""
    waiting = DuplicateProposal.objects.filter(pk=proposal.pk, status=DuplicateStatus.WAITING)
    if not waiting.update(status=DuplicateStatus.ACCEPTED, decided_by_id=actor.user_id, decided_at=timezone.now()):
        raise _already()


def _move(kept: UUID, gone: UUID) -> None:
    ids = {"kept": kept, "gone": gone}
    with connections["system"].cursor() as cursor:
        for follower in followers():
            for statement in follower.before:
                cursor.execute(statement, ids)
            sets = ", ".join(f'"{one}" = CASE WHEN "{one}" = %(gone)s THEN %(kept)s ELSE "{one}" END'
                             for one in follower.columns)  # fmt: skip
            where = " OR ".join(f'"{one}" = %(gone)s' for one in follower.columns)
            cursor.execute(f"UPDATE {follower.table} SET {sets} WHERE {where}", ids)  # noqa: S608 (declared names)


def _end(kept: Institution, gone: Institution) -> None:
    """Take the other away, remember its addresses, and fill what the first did not say."""
    old = FormerInstitution(pk=gone.pk, slug=gone.slug, name=gone.name, institution=kept)
    filled = {name: getattr(gone, name) for name in _FILLED}
    if kept.is_private_home:
        del filled["contact_email"]
    if not (kept.is_private_home or gone.is_private_home):
        filled |= {name: getattr(gone, name) for name in _WHERE} if not kept.street and kept.latitude is None else {}
    DuplicateProposal.objects.filter(status=DuplicateStatus.WAITING).filter(
        Q(first=gone.pk) | Q(second=gone.pk)
    ).delete()
    # raw: what still hangs on it and did not follow makes the database refuse, and nothing has moved
    with connections["system"].cursor() as cursor:
        cursor.execute("DELETE FROM directory_institution WHERE id = %s", [gone.pk])
    old.save(force_insert=True)
    for name, value in filled.items():
        if value not in (None, "", []) and getattr(kept, name) in (None, "", []):
            setattr(kept, name, value)
    if kept.category_id is None:
        kept.category = gone.category
    kept.save(force_update=True)


def _already() -> ValidationError:
    return ValidationError(_("C’est déjà décidé. Rien n’a changé : relisez la liste."))

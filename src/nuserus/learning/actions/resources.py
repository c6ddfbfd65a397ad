"""Proposing a resource, and answering a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.learning.enums import ResourceStatus
from nuserus.learning.models import Resource
from nuserus.learning.queries.concepts import own_resources
from nuserus.learning.rules import can_answer_resource, can_propose_resource

MAX_WAITING = 5


@dataclass(frozen=True, slots=True)
class ResourceAnswers:
    """What a person says of a resource. `minutes`: None when unknown; `concepts`: slugs of notions."""

    title: str
    address: str
    kind: str
    words: str
    minutes: int | None = None
    is_free: bool = True
    concepts: Sequence[str] = ()


def propose_resource(*, actor: Asking, answers: ResourceAnswers) -> Resource:
    """Propose something that helped to learn; a moderator reads it before others do.

    Raises PermissionDenied to who is not a verified professional; ValidationError when five of the
    person's proposals wait already.
    """
    resource = Resource(
        title=answers.title.strip(),
        address=answers.address,
        kind=answers.kind,
        words=answers.words.strip(),
        minutes=answers.minutes,
        is_free=answers.is_free,
        concepts=list(answers.concepts),
        proposed_by_id=actor.user_id,
        scope_author=actor.user_id,
    )
    if not can_propose_resource.allows(actor, resource):
        raise PermissionDenied(_("Pour proposer une ressource, il faut qu’un établissement ait confirmé votre métier."))
    if own_resources(actor).filter(status=ResourceStatus.PROPOSED).count() >= MAX_WAITING:
        raise ValidationError(_("Cinq de vos propositions attendent déjà une réponse. Attendez-la avant d’en ajouter."))
    resource.save(force_insert=True)
    record("propose resource", actor=actor.user_id, object_id=resource.pk)
    return resource


def accept_resource(*, actor: Asking, resource: Resource) -> None:
    """Show a proposal to everybody. Raises ValidationError when it was answered, or is the actor's own."""
    _require_waiting(actor, resource)
    if resource.proposed_by_id == actor.user_id:
        raise ValidationError(_("Vous l’avez proposée : une autre personne de la modération décide. Rien n’a changé."))
    resource.status = ResourceStatus.ACCEPTED
    resource.save(force_update=True)
    record("accept resource", actor=actor.user_id, object_id=resource.pk)


def refuse_resource(*, actor: Asking, resource: Resource, answer: str) -> None:
    """Refuse a proposal and say why. Raises ValidationError without a reason, or once answered."""
    _require_waiting(actor, resource)
    if not answer.strip():
        raise ValidationError(_("Dites pourquoi : la personne qui propose lira votre réponse."))
    resource.status = ResourceStatus.REFUSED
    resource.answer = answer.strip()
    resource.save(force_update=True)
    record("refuse resource", actor=actor.user_id, object_id=resource.pk)


def _require_waiting(actor: Asking, resource: Resource) -> None:
    can_answer_resource.require(actor, resource)
    if resource.status != ResourceStatus.PROPOSED:
        raise ValidationError(_("Cette proposition a déjà reçu une réponse. Rien n’a changé."))

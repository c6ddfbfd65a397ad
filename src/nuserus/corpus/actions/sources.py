"""Bringing a source in, saying what it is and who speaks, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.corpus.actions.versions import Draft, write_version
from nuserus.corpus.enums import Obstacle, SourceState
from nuserus.corpus.models import Source, SourceVersion
from nuserus.corpus.queries.sources import obstacle_of
from nuserus.corpus.rules import can_add_source, can_change_source
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line
from nuserus.studies.models import StudyPlace
from nuserus.studies.queries.materials import scope_of_material

_DESCRIBED = ("kind", "title", "reference", "collected_on", "minutes", "language")
# what a person may go on to from each state; ready has its own door
BLOCKING = frozenset({Obstacle.EMPTY, Obstacle.WITHHELD, Obstacle.UNBOUND})


@transaction.atomic
def add_source(*, actor: Asking, place: StudyPlace, described: Mapping[str, Any], draft: Draft) -> SourceVersion:
    """A source with its first version; its author is who brings it.

    `described` has kind and title, and may have reference, collected_on, minutes, language. Raises PermissionDenied
    to who does not keep the materials of the place, ValidationError when there is no text or too much.
    """
    source = Source(study_id=place.study_id, place=place, **scope_of_material(place, author=actor.user_id))
    if not can_add_source.allows(actor, source):
        raise PermissionDenied(_("Seules les personnes nommées pour ce lieu y ajoutent des matériaux."))
    _describe(source, described)
    source.save(force_insert=True)
    record("add source", actor=actor.user_id, object_id=source.pk)
    return write_version(actor=actor, source=source, draft=draft, made_from=None)


@transaction.atomic
def describe_source(*, actor: Asking, source: Source, described: Mapping[str, Any]) -> None:
    """Say again what a source is: kind, title, reference, day, duration, language."""
    can_change_source.require(actor, source)
    _describe(source, described)
    source.save(update_fields=list(_DESCRIBED))
    record("describe source", actor=actor.user_id, object_id=source.pk)


def _describe(source: Source, described: Mapping[str, Any]) -> None:
    for name in _DESCRIBED:
        if name in described:
            given = described[name]
            setattr(source, name, plain_line(given) if name in {"title", "reference"} else given)
    source.title = source.title[:200] or _("Sans titre")
    source.reference = source.reference[:300]
    source.language = (source.language or "fr")[:8]


@transaction.atomic
def start_masking(*, actor: Asking, source: Source) -> None:
    """From raw to being pseudonymised. Raises ValidationError while it is not known who speaks."""
    can_change_source.require(actor, source)
    obstacle = obstacle_of(source)
    if obstacle in BLOCKING:
        raise ValidationError(str(obstacle.label))
    _go(actor, source, SourceState.MASKING, "start masking source")


@transaction.atomic
def make_ready(*, actor: Asking, source: Source) -> None:
    """Open a source to coding. Raises ValidationError with what stands between: the database holds it too."""
    can_change_source.require(actor, source)
    Source.objects.select_for_update().get(pk=source.pk)
    obstacle = obstacle_of(source)
    if obstacle is not None:
        raise ValidationError(str(obstacle.label), code=obstacle.value)
    _go(actor, source, SourceState.READY, "make source ready")


@transaction.atomic
def take_back_ready(*, actor: Asking, source: Source) -> None:
    """Close a source to coding again: it is to be masked once more."""
    can_change_source.require(actor, source)
    _go(actor, source, SourceState.MASKING, "take back ready source")


def _go(actor: Asking, source: Source, state: SourceState, journal: str) -> None:
    if source.state != state:
        source.state = state
        source.save(update_fields=["state"])
        record(journal, actor=actor.user_id, object_id=source.pk)

"""Passages: picking one out, letting it follow the text, saying where it is."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.corpus.enums import ExcerptState
from nuserus.corpus.models import Excerpt, Source, SourceVersion
from nuserus.corpus.queries.excerpts import codable
from nuserus.corpus.rules import can_add_excerpt, can_change_excerpt, can_remove_excerpt
from nuserus.corpus.standard.remap import Certainty, Remapping
from nuserus.corpus.standard.text import digest
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record

MOST_EXCERPTS = 5000
_STATES = {
    Certainty.CERTAIN: ExcerptState.PLACED,
    Certainty.DOUBTFUL: ExcerptState.DOUBTFUL,
    Certainty.LOST: ExcerptState.LOST,
}


@transaction.atomic
def pick_excerpt(*, actor: Asking, version: SourceVersion, start: int, end: int) -> Excerpt:
    """Pick a passage out of the last version of a source that is ready. The same passage is picked once.

    Raises ValidationError outside of the text, in an older version, or in a source that is not ready.
    """
    source = version.source
    quoted = version.text[start:end]
    if not 0 <= start < end <= len(version.text) or not quoted.strip():
        raise ValidationError(_("Choisissez un passage du texte."))
    excerpt = Excerpt(
        source=source,
        version=version,
        start=start,
        end=end,
        sha256=digest(quoted),
        made_by=actor.user_id,
        scope_level=source.scope_level,
        scope_author=source.scope_author,
        scope_mission=source.scope_mission,
    )
    can_add_excerpt.require(actor, excerpt)
    Source.objects.select_for_update().get(pk=source.pk)
    if SourceVersion.objects.filter(source=source, number__gt=version.number).exists():
        raise ValidationError(_("Le texte a changé depuis. Rouvrez-le, puis choisissez le passage."))
    if not codable(source):
        raise ValidationError(_("Ce matériau n’est pas prêt à coder : on n’y repère rien encore."))
    known = Excerpt.objects.filter(version=version, start=start, end=end).first()
    if known is not None:
        return known
    if Excerpt.objects.filter(source=source).count() >= MOST_EXCERPTS:
        raise ValidationError(_("Ce matériau a déjà beaucoup de passages repérés. Retirez-en avant d’en ajouter."))
    excerpt.save(force_insert=True)
    record("pick excerpt", actor=actor.user_id, object_id=excerpt.pk)
    return excerpt


def follow_excerpts(*, source: Source, version: SourceVersion) -> None:
    """Take the passages of a source to its new version: those that are sure go there, the others wait or are lost."""
    waiting = Excerpt.objects.filter(source=source).exclude(version=version).select_related("version")
    mappings: dict[UUID, Remapping] = {}
    moved: list[Excerpt] = []
    for excerpt in waiting:
        mapping = mappings.get(excerpt.version_id)
        if mapping is None:
            mapping = mappings[excerpt.version_id] = Remapping(excerpt.version.text, version.text)
        placed = mapping.place(excerpt.start, excerpt.end)
        _unpropose(excerpt)
        excerpt.state = _STATES[placed.certainty]
        if excerpt.state == ExcerptState.PLACED:
            _move(excerpt, version, placed.start, placed.end)
        elif excerpt.state == ExcerptState.DOUBTFUL:
            excerpt.proposed_version = version
            excerpt.proposed_start, excerpt.proposed_end = placed.start, placed.end
        moved.append(excerpt)
    Excerpt.objects.bulk_update(moved, _FIELDS, batch_size=500)


_FIELDS = (
    "version", "start", "end", "sha256", "revision", "state", "proposed_version", "proposed_start", "proposed_end",
)  # fmt: skip


def _unpropose(excerpt: Excerpt) -> None:
    excerpt.proposed_version = excerpt.proposed_start = excerpt.proposed_end = None


def _move(excerpt: Excerpt, version: SourceVersion, start: int, end: int) -> None:
    excerpt.version, excerpt.start, excerpt.end = version, start, end
    excerpt.sha256 = digest(version.text[start:end])
    excerpt.revision += 1


@transaction.atomic
def confirm_excerpt(*, actor: Asking, excerpt: Excerpt) -> None:
    """Say that a passage in doubt is where it is proposed. Raises ValidationError when nothing is proposed any more."""
    can_change_excerpt.require(actor, excerpt)
    held = Excerpt.objects.select_for_update().get(pk=excerpt.pk)
    version, start, end = held.proposed_version, held.proposed_start, held.proposed_end
    if version is None or start is None or end is None or version.pk != excerpt.proposed_version_id:
        raise ValidationError(_("Le texte a changé depuis : relisez ce passage."))
    _unpropose(held)
    held.state = ExcerptState.PLACED
    _move(held, version, start, end)
    held.save(update_fields=_FIELDS)
    record("confirm excerpt", actor=actor.user_id, object_id=excerpt.pk)


@transaction.atomic
def remove_excerpt(*, actor: Asking, excerpt: Excerpt) -> None:
    """No longer pick a passage out; the text stays."""
    can_remove_excerpt.require(actor, excerpt)
    record("remove excerpt", actor=actor.user_id, object_id=excerpt.pk)
    excerpt.delete()

"""« C’est fini »: the pseudonymised version, who is who in the table of names, and the words of before sealed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.corpus.actions.masking import pseudonymous, refuse_without_key
from nuserus.corpus.actions.sources import make_ready
from nuserus.corpus.actions.versions import Draft, write_version
from nuserus.corpus.enums import NAMED, DetailKind, DetailState, Obstacle, SourceState
from nuserus.corpus.models import Detail, KeyEntry, Masking, Source
from nuserus.corpus.queries.details import said_names
from nuserus.corpus.queries.sealing import seal, unseal, words_digest
from nuserus.corpus.queries.sources import obstacle_of, spoken_in, turns_of, version_of
from nuserus.corpus.rules import can_decide_detail, can_write_key
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.studies.models import Participant
from nuserus.studies.queries.materials import scope_of_material


@transaction.atomic
def finish_masking(*, actor: Asking, source: Source, leave_rest: bool = False) -> Obstacle | None:
    """Seal what was before and open the source to coding; returns what still stands between, if anything.

    Names go to the table of names, and every earlier version loses its words. Raises ValidationError when something
    is to be decided and `leave_rest` is not said, or when the text changed since it was looked at.
    """
    refuse_without_key()
    can_decide_detail.require(actor, Detail(source=source, **_scope(source)))
    held = Source.objects.select_for_update().get(pk=source.pk)
    masking = Masking.objects.filter(source=source).first()
    if masking is None or held.state != SourceState.MASKING:
        raise ValidationError(_("Ce matériau n’est pas en cours de pseudonymisation."))
    last = version_of(actor, source)
    if masking.version_id != last.pk or not masking.by_rules:
        raise ValidationError(_("Le texte a changé depuis la recherche. Relancez-la, puis finissez."))
    _decide_the_rest(source, leave_rest=leave_rest)
    _write_key(actor, held)
    turns = list(turns_of(actor, last))
    reason = _("pseudonymisation finie")
    draft = Draft(pseudonymous(turns, spoken_in(last, turns)), reason, pseudonymised=True)
    version = write_version(actor=actor, source=source, draft=draft, made_from=last)
    if version.text != last.text:
        raise ValidationError(_("Le texte a changé depuis la recherche. Relancez-la, puis finissez."))
    Detail.objects.filter(source=source).update(version=version, sealed=None)
    masking.version, masking.finished_at = version, timezone.now()
    masking.save(update_fields=["version", "finished_at"])
    _seal_versions(source)
    record("finish masking source", actor=actor.user_id, object_id=source.pk)
    obstacle = obstacle_of(source)
    if obstacle is None:
        make_ready(actor=actor, source=source)
    return obstacle


def _decide_the_rest(source: Source, *, leave_rest: bool) -> None:
    rest = Detail.objects.filter(source=source, state=DetailState.OPEN)
    count = rest.count()
    if count and not leave_rest:
        raise ValidationError(
            ngettext(
                "Il reste %(count)d passage à décider. Décidez-le, ou cochez la case pour le laisser.",
                "Il reste %(count)d passages à décider. Décidez-les, ou cochez la case pour les laisser.",
                count,
            )
            % {"count": count}
        )
    rest.update(state=DetailState.LEFT)


def _write_key(actor: Asking, source: Source) -> None:
    """A line for each name that was replaced, and for each name by which somebody who speaks was called."""
    people = {one.pseudonym: one for one in Participant.objects.filter(study=source.study_id)}
    named: dict[str, tuple[str, str, str]] = {}
    for words, pseudonym in said_names(source, whole=True).items():
        named[words_digest(source.study_id, words)] = (words, pseudonym, DetailKind.NAME)
    for detail in Detail.objects.filter(source=source, state=DetailState.MASKED, kind__in=NAMED):
        if detail.sealed is not None:
            named.setdefault(detail.words_digest, (unseal(detail.sealed, detail.pk), detail.shown, detail.kind))
    entries = []
    for digest, (words, pseudonym, kind) in named.items():
        entry = KeyEntry(
            study_id=source.study_id,
            participant=people.get(pseudonym),
            pseudonym=pseudonym,
            kind=kind,
            words_digest=digest,
            made_by=actor.user_id,
            **scope_of_material(source.place, author=actor.user_id),
        )
        can_write_key.require(actor, entry)
        entry.sealed = seal(words, entry.pk)
        entries.append(entry)
    # what the place knows already stays as it was
    KeyEntry.objects.bulk_create(entries, ignore_conflicts=True)


def _seal_versions(source: Source) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT corpus_seal_versions(%s)", [source.pk])


def _scope(source: Source) -> dict[str, object]:
    names = ("scope_level", "scope_institution", "scope_group", "scope_author", "scope_mission")
    return {name: getattr(source, name) for name in names}

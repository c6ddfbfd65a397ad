"""Adopting rules of use, and choosing who may read them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nuserus.charters.enums import CHARTER_LEVELS
from nuserus.charters.models import Charter, CharterVersion, Consultation, HouseRule
from nuserus.charters.queries.charters import last_reading
from nuserus.charters.rules import can_adopt, can_show_version, can_work_on_charter
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level


@transaction.atomic
def adopt_charter(*, actor: Asking, charter: Charter, in_force_from: date) -> CharterVersion:
    """Make a version of what is worked on, kept for ever as it is now, with what was heard.

    It is read by whom the version before was; the first by the members of the place. Raises
    PermissionDenied for who is not a referent, ValidationError when nothing changed or no rule is there.
    """
    can_work_on_charter.require(actor, charter)
    charter = Charter.objects.select_for_update().get(pk=charter.pk)
    before = CharterVersion.objects.filter(charter=charter).order_by("-number").first()
    version = CharterVersion(
        charter=charter,
        institution_id=charter.institution_id,
        scope_institution=charter.institution_id,
        scope_level=before.scope_level if before else Level.INSTITUTION,
        named=before.named if before else False,
        number=1 + (CharterVersion.objects.filter(charter=charter).aggregate(last=Max("number"))["last"] or 0),
        topic=charter.topic,
        title=charter.title,
        about=charter.about,
        simple=charter.simple,
        taken_from=charter.taken_from,
        taken_from_words=charter.taken_from_words,
        in_force_from=in_force_from,
        adopted_by_id=actor.user_id,
    )
    if not can_adopt.allows(actor, version):
        raise PermissionDenied(_("Les référents de ce lieu adoptent ses règles d’usage."))
    _fill(version, charter)
    if not version.rules:
        raise ValidationError(_("Il n’y a encore aucune règle : écrivez-en une avant d’adopter."))
    if before is not None and _same(before, version):
        raise ValidationError(_("Rien n’a changé depuis la dernière version."))
    version.save(force_insert=True)
    record("adopt charter", actor=actor.user_id, object_id=charter.pk, content=str(version.number))
    return version


def _fill(version: CharterVersion, charter: Charter) -> None:
    version.rules = [
        {
            "id": str(rule.pk),
            "sentence": rule.sentence,
            "why": rule.why,
            "otherwise": rule.otherwise,
            "pictogram": rule.pictogram,
        }
        for rule in HouseRule.objects.filter(charter=charter).order_by("position", "id")
    ]
    version.heard = [
        {
            "on": one.held_on.isoformat(),
            "gathering": one.gathering,
            "who": one.who,
            "accompanied": one.accompanied,
            "others": one.others,
            "said": one.said,
            "changed": one.changed,
        }
        for one in Consultation.objects.filter(charter=charter).order_by("held_on", "recorded_at")
    ]
    reading = last_reading(charter)
    if reading is not None:
        version.read_by = {
            "readers": reading.readers,
            "how_many": reading.how_many,
            "way": reading.way,
            "on": reading.done_on.isoformat(),
        }


def _same(before: CharterVersion, after: CharterVersion) -> bool:
    return all(
        getattr(before, name) == getattr(after, name)
        for name in ("title", "about", "simple", "rules", "heard", "read_by", "in_force_from")
    )


@transaction.atomic
def choose_readers(*, actor: Asking, charter: Charter, level: str, named: bool) -> None:
    """Choose who may read what was adopted, all versions alike, and whether the place is named."""
    can_work_on_charter.require(actor, charter)
    if level not in CHARTER_LEVELS:
        raise ValidationError({"level": _("Choisissez qui peut lire parmi les trois réponses.")})
    for version in CharterVersion.objects.filter(charter=charter):
        can_show_version.require(actor, version)
        version.scope_level, version.named = level, named
        version.save(update_fields=["scope_level", "named"])
    record("show charter", actor=actor.user_id, object_id=charter.pk, content=level)

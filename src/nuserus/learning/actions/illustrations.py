"""Linking a sheet to a notion."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.learning.enums import Concept
from nuserus.learning.models import Illustration
from nuserus.learning.rules import can_add_illustration, can_delete_illustration
from nuserus.practices.models import Sheet

MOST = 5  # notions per sheet: past that, a link says nothing any more


def illustrate(*, actor: Asking, sheet: Sheet, concept: Concept, words: str = "") -> Illustration:
    """Say that a published sheet shows what a notion means.

    Raises PermissionDenied to who is not a verified professional; ValidationError when the link is
    there already or when the sheet has five.
    """
    link = Illustration(
        concept=concept.slug, sheet=sheet, words=words.strip(), linked_by_id=actor.user_id, scope_author=actor.user_id
    )
    if not can_add_illustration.allows(actor, link):
        raise PermissionDenied(_("Pour relier une fiche, il faut qu’un établissement ait confirmé votre métier."))
    there = set(Illustration.objects.filter(sheet=sheet).values_list("concept", flat=True))
    if concept.slug in there:
        raise ValidationError(_("Cette fiche est déjà reliée à cette notion. Rien n’a changé."))
    if len(there) >= MOST:
        raise ValidationError(_("Cette fiche a déjà cinq notions. Retirez-en une avant d’en ajouter."))
    link.save(force_insert=True)
    record("link concept", actor=actor.user_id, object_id=link.pk)
    return link


def remove_illustration(*, actor: Asking, link: Illustration) -> None:
    """Take a link away: who made it, or a moderator."""
    can_delete_illustration.require(actor, link)
    record("unlink concept", actor=actor.user_id, object_id=link.pk)
    link.delete()

"""What a place says of itself, by its referents: correcting it, going back, taking back an abusive name."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from nuserus.directory.enums import OwnDetail
from nuserus.directory.models import Correction, Institution
from nuserus.directory.queries.notices import TAKEN_BACK, referents_of
from nuserus.directory.registry import dependents_of
from nuserus.directory.rules import can_correct_institution, can_undo_correction
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.models.base import new_id
from nuserus.foundation.plain import plain_line
from nuserus.notifications.actions import notify
from nuserus.search.actions.index_object import index_soon
from nuserus_analysis.text import fold

# What the functions of the database answer (statements.CORRECTIONS), in words.
_IN_THE_WAY: dict[str, str | Promise] = {
    "not-yours": gettext_lazy("Seules les personnes référentes du lieu le peuvent. Rien n’a changé."),
    "not-known": gettext_lazy("Un lieu garde toujours un nom. Rien n’a changé."),
    "home": gettext_lazy("Des personnes vivent peut-être ici chez elles : ni téléphone ni horaires ne sont publiés."),
    "taken-back": gettext_lazy("La modération a retiré ce nom. Choisissez-en un autre, ou écrivez-lui."),
    "not-last": gettext_lazy("Ce n’est pas la dernière correction, ou elle est déjà annulée. Rien n’a changé."),
}


def correct_institution(
    *, actor: Asking, institution: Institution, details: Mapping[OwnDetail, str]
) -> list[Correction]:
    """Say these details in place of the register; what is the same is left alone. Returns what changed.

    Raises ValidationError, in words, by detail, and then nothing has changed.
    """
    can_correct_institution.require(actor, Correction(scope_institution=institution.pk))
    made: list[UUID] = []
    with transaction.atomic():
        for detail, given in details.items():
            said, correction = plain_line(given), new_id()
            about: list[UUID | str] = [correction, institution.pk, detail.value, said, fold(said)]
            answer = _ask("SELECT directory_correct(%s, %s, %s, %s, %s)", *about)
            if answer == "same":
                continue
            if answer:
                raise ValidationError({detail.value: str(_IN_THE_WAY[answer])})
            action = f"correct {detail.value} of institution"
            record(action, actor=actor.user_id, object_id=institution.pk, content=said)
            made.append(correction)
    corrections = list(Correction.objects.filter(pk__in=made))
    _follow(institution.pk, [OwnDetail(correction.detail) for correction in corrections])
    return corrections


def undo_correction(*, actor: Asking, correction: Correction) -> None:
    """Go back to what was there before the last correction of a detail.

    A moderator takes back a name so, and the same name does not come again. Raises ValidationError
    when it was undone or another correction followed.
    """
    can_undo_correction.require(actor, correction)
    institution = correction.institution
    back = correction.before
    if correction.detail == OwnDetail.NAME and correction.from_register and institution.register_name:
        back = institution.register_name
    answer = _ask("SELECT directory_undo_correction(%s, %s)", correction.pk, fold(back))
    if answer:
        raise ValidationError(str(_IN_THE_WAY[answer]))
    record(f"undo {correction.detail} of institution", actor=actor.user_id, object_id=institution.pk)
    _follow(institution.pk, [OwnDetail(correction.detail)])
    if institution.pk not in actor.managed:
        notify(
            kind=TAKEN_BACK,
            recipients=referents_of(institution.pk),
            about=correction.pk,
            address=reverse("directory:details", args=[institution.pk]),
            details={"place": back if correction.detail == OwnDetail.NAME else institution.name},
            actor=actor.user_id,
        )


def _follow(institution_id: UUID, details: list[OwnDetail]) -> None:
    """Have what the index says of the place follow its name: sheets that who asks may not read among them."""
    if OwnDetail.NAME not in details:
        return
    with as_system("find what a name touches", recorded=False):
        pointed = list(dependents_of([institution_id]))
    for kind, object_id in pointed:
        index_soon(kind=kind, object_id=object_id)


def _ask(question: str, *about: UUID | str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return str(cursor.fetchone()[0])

"""Starting a sheet."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.foundation.missions import open_mission
from nuserus.people.models import Account
from nuserus.practices.actions.history import log_event
from nuserus.practices.enums import Contribution, SheetEventKind
from nuserus.practices.models import Contributor, Sheet

# A script that starts sheets for ever fills nobody's screen.
MAX_UNSENT = 50


def start_sheet(*, actor: Asking, institution: UUID | None = None, origin: Sheet | None = None) -> Sheet:
    """A new draft, restricted to its mission, which its author opens; `origin` is what it adapts.

    `institution` must be one of the actor's; without it, theirs when they have a single one.
    Raises PermissionDenied for a visitor, for somebody else's place, or above 50 unsent drafts.
    """
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour raconter une pratique."))
    if institution is not None and institution not in actor.institutions:
        raise PermissionDenied(_("Vous racontez pour un établissement dont vous êtes membre."))
    if Sheet.objects.filter(author=actor.user_id, sent_at=None, version=0).count() >= MAX_UNSENT:
        raise PermissionDenied(_("Vous avez déjà 50 brouillons. Terminez-en un, ou jetez-en un, puis recommencez."))
    if institution is None and len(actor.institutions) == 1:
        (institution,) = actor.institutions
    sheet = Sheet(author_id=actor.user_id, institution_id=institution, adapted_from=origin)
    sheet.family = origin.family if origin is not None else sheet.pk
    sheet.scope_level = Level.RESTRICTED
    sheet.scope_author, sheet.scope_mission = actor.user_id, sheet.pk
    open_mission(sheet.pk)
    sheet.save(force_insert=True)
    author = Account.objects.get(pk=actor.user_id)
    Contributor.objects.create(sheet=sheet, account=author, name=author.shown_name, contribution=Contribution.WRITING)
    log_event(sheet, SheetEventKind.STARTED, actor=actor.user_id)
    return sheet

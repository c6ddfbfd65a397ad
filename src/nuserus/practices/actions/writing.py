"""What every change of the words of a sheet asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.queries.writers import is_writer
from nuserus.practices.rules import can_read_sheet

TYPED = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK, SheetStatus.PUBLISHED})


def require_writing(actor: Asking, sheet: Sheet) -> None:
    """Go on only if the words of the sheet are the actor's, and it is not being read by a peer.

    Raises Unreadable or PermissionDenied.
    """
    can_read_sheet.require(actor, sheet)
    if not is_writer(actor, sheet):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    if sheet.status not in TYPED:
        raise PermissionDenied(
            _("Votre fiche n’est pas ouverte à l’écriture. Reprenez-la depuis sa page ; rien n’est perdu.")
        )

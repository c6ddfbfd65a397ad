"""What happens when a consent ends: the sheet, or the words, leave at once."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.consent.models import Consent
from nuserus.consent.registry import About, register_matter
from nuserus.facilitation.models import Approval, PersonWords, Telling
from nuserus.facilitation.queries.tellings import SHEET_MATTER, WORDS_MATTER
from nuserus.foundation.asking import Asking
from nuserus.practices.actions.send import withdraw_sheet
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.queries.writers import is_writer

_GONE = frozenset({SheetStatus.WITHDRAWN, SheetStatus.DRAFT, SheetStatus.TO_REWORK})

SHEET_CONSEQUENCE = gettext_lazy(
    "Quand l’accord est retiré, la fiche quitte nuserus tout de suite : la page, la recherche et les listes. "
    "Il reste une page vide qui dit qu’une fiche a été retirée. Le brouillon reste lisible par la personne qui l’a "
    "écrit. Les copies déjà faites ailleurs, imprimées ou gardées dans une sauvegarde ne sont pas reprises."
)
WORDS_CONSEQUENCE = gettext_lazy(
    "Quand l’accord est retiré, les paroles sont effacées de nuserus tout de suite : la fiche reste, sans elles. "
    "Les copies déjà faites ailleurs, imprimées ou gardées dans une sauvegarde ne sont pas reprises."
)


def register_matters() -> None:
    """Say to `consent` what tellings and words are. Called from `AppConfig.ready`."""
    register_matter(SHEET_MATTER, describe=_sheet, consequence=SHEET_CONSEQUENCE, ended=_publication_ended)
    register_matter(WORDS_MATTER, describe=_words, consequence=WORDS_CONSEQUENCE, ended=_quotation_ended)


def _sheet(asking: Asking, object_id: UUID) -> About:
    sheet = Sheet.objects.filter(pk=object_id).first()
    if sheet is None:
        return About(_("Une fiche que vous ne pouvez plus lire"))
    if sheet.status == SheetStatus.PUBLISHED:
        return About(str(sheet), reverse("sheets:detail", args=[sheet.pk]))
    return About(str(sheet), reverse("telling:sheet", args=[sheet.pk]) if sheet.author_id == asking.user_id else "")


def _words(asking: Asking, object_id: UUID) -> About:
    words = PersonWords.objects.select_related("sheet").filter(pk=object_id).first()
    if words is None:
        return About(_("Des paroles qui ne sont plus là"))
    about = _sheet(asking, words.sheet_id)
    if not words.text:
        return About(_("Paroles effacées, sur la fiche « %(title)s »") % {"title": words.sheet}, about.url)
    return About(_("« %(words)s »") % {"words": words.text[:120]}, about.url)


def _publication_ended(actor: Asking, consent: Consent) -> None:
    """A sheet that left, or is leaving, comes back to who holds it. A draft stays what it is."""
    Approval.objects.filter(telling__sheet=consent.object_id, scope_author=actor.user_id).delete()
    sheet = Sheet.objects.filter(pk=consent.object_id).first()
    if sheet is None or sheet.status in _GONE:
        return
    if sheet.author_id != actor.user_id or not Telling.objects.filter(sheet=sheet).exists():
        raise PermissionDenied(_("Cette fiche n’est pas la vôtre."))
    withdraw_sheet(actor=actor, sheet=sheet, reason=_("accord retiré"))


def _quotation_ended(actor: Asking, consent: Consent) -> None:
    """The database erases the text with the withdrawal itself; a refusal only keeps it from being shown.

    For somebody without an account, who writes the sheet notes it; a peer who reads it over erases nothing.
    """
    if consent.subject == actor.user_id:
        return
    sheet = Sheet.objects.filter(pk=consent.scope_mission).first() if consent.scope_mission else None
    if sheet is None or not is_writer(actor, sheet):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))

"""The receipt of a withdrawal on paper, for the person: large letters, plain words, no name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from nuserus.consent.queries.receipts import Receipt
from nuserus.ui.dates import date_format
from nuserus.ui.printable import printable
from nuserus.ui.typesetting import typeset

_TEMPLATES = {"receipt.typ": Path(__file__).parent / "receipt.typ"}


def receipt_pdf(receipt: Receipt) -> bytes:
    """The receipt as it is now, as PDF/UA-1: it speaks to the person. Raises nuserus.ui.typesetting.Unset."""
    day = localtime(receipt.done_at or receipt.asked_at)
    with override("fr"):
        data = {
            "title": _("Mon reçu"),
            "kind": _("Retrait"),
            "foot": _("Reçu de retrait"),
            "day": [day.year, day.month, day.day],
            "notes": [_("Exemple fictif : cette étude, ce lieu et cette personne sont inventés.")]
            if receipt.is_fictitious
            else [],
            "about": printable(receipt.about),
            "mode": printable(str(receipt.mode.label).capitalize()),
            "does": [printable(sentence) for sentence in receipt.does],
            "standing": printable(receipt.standing),
            "facts": [printable(fact) for fact in _facts(receipt)],
            "parts": list(_parts(receipt)),
        }
    return typeset(_TEMPLATES, "receipt.typ", data, day=day, files={})


def _facts(receipt: Receipt) -> Iterable[str]:
    yield _("Demandé le %(day)s.") % {"day": date_format(localtime(receipt.asked_at), "j F Y")}
    if receipt.done_at:
        yield _("Fait le %(day)s.") % {"day": date_format(localtime(receipt.done_at), "j F Y")}


def _parts(receipt: Receipt) -> Iterable[dict[str, Any]]:
    gone = [*map(str, receipt.removed)]
    if receipt.files_gone:
        gone.append(_("fichiers, sur le disque : %(count)d") % {"count": receipt.files_gone})
    going = [*map(str, receipt.pending)]
    if receipt.files_waiting:
        going.append(_("fichiers à effacer du disque : %(count)d") % {"count": receipt.files_waiting})
    reading = [_("à relire : %(count)d") % {"count": receipt.to_review}] if receipt.to_review else []
    for title, lead, lines in (
        (_("Ce qui n’est plus permis"), "", receipt.purposes),
        (_("Ce qui a été effacé"), "", gone),
        (_("Ce qui a été mis de côté"), "", [*map(str, receipt.withheld)]),
        (_("Ce qui est encore en cours"), "", going),
        (
            _("Ce qu’une personne relit"),
            _("Plusieurs personnes y parlent. Quelqu’un de l’équipe regarde."),
            [*reading, *receipt.outcomes],
        ),
        (_("Ce qui était déjà sorti du site"), _("Le site ne peut pas reprendre ces copies."), receipt.left),
        (_("Les sauvegardes"), receipt.backups, ()),
    ):
        if lines or (lead and lead == receipt.backups):
            yield {
                "title": printable(title),
                "lead": printable(lead),
                "lines": [printable(line) for line in lines],
            }

"""The card that somebody without an account takes home: an A6 page with a code and where to type it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from nuserus.ui.printable import printable
from nuserus.ui.typesetting import qr_drawing, typeset

_TEMPLATES = {"card.typ": Path(__file__).parent / "card.typ"}


def card_pdf(code: str, *, made_at: datetime, site: str, fictitious: bool = False) -> bytes:
    """The card of one code, as PDF/UA-1. The address in the QR code ends with `#` and the code.

    What follows the `#` stays in the reader's device: no server, no journal sees the code before it
    is sent with the form. `fictitious`: it says that all of it is invented. Raises nuserus.ui.typesetting.Unset.
    """
    day = localtime(made_at)
    with override("fr"):
        address = site + reverse("consent:card")
        data = {
            "title": _("Ma carte"),
            "note": _("Exemple fictif : ce lieu et cette personne sont inventés.") if fictitious else "",
            "lead": _("Avec cette carte, je vois ce que j’ai accepté. Je peux changer d’avis, quand je veux."),
            "steps": [
                _("Je photographie le code, ou je vais à l’adresse écrite en bas."),
                _("Je tape les douze signes."),
                _("Je lis. Si je ne suis plus d’accord, j’appuie sur « Retirer mon accord »."),
            ],
            "code_label": _("Mon code"),
            "code": code,
            "keep": _("Je garde cette carte pour moi : qui l’a peut lire mes accords."),
            "foot": _("Personne ne connaît ce code. Carte perdue : on m’en fait une autre, l’ancienne ne marche plus."),
            "day": [day.year, day.month, day.day],
            "qr": {
                "file": "code.svg",
                "alt": _("Code à photographier : il ouvre la page de ma carte."),
                "address": address,
                "shown": printable(address),
            },
        }
    return typeset(_TEMPLATES, "card.typ", data, day=day, files={"code.svg": qr_drawing(f"{address}#{code}")})

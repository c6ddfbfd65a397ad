"""« J'ai un besoin »: everyday needs in plain words, each the address of a search."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Need:
    """A need as a colleague would say it, its drawing, and the words that find it."""

    words: str | Promise
    drawing: str
    query: str

    @property
    def url(self) -> str:
        return f"/pratiques/?{urlencode({'q': self.query})}"


NEEDS = (
    Need(_("Se comprendre sans parler"), "communication-alternative", "communication pictogrammes"),
    Need(_("Garder le lien avec les proches"), "outil-de-communication-entourage", "famille nouvelles visio"),
    Need(_("Se repérer dans la journée"), "aide-cognitive", "repères journée alarme"),
    Need(_("Réseaux sociaux et intimité"), "reseau-social", "réseaux sociaux intimité"),
    Need(_("Ouvrir ses droits en ligne"), "mediation-numerique", "démarches droits"),
    Need(_("Arrêter l’écran sans crise"), "tablette", "tablette fin écran"),
)

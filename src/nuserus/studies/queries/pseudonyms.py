"""Pseudonyms: one to propose, and whether one looks like somebody."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.studies.models import Participant, Study
from nuserus.studies.models.participants import ERASED
from nuserus_analysis.screening import Kind, screen

_WORDS = Path(__file__).parents[1] / "data" / "pseudonyms.txt"
_MANY_FIGURES = re.compile(r"(\d\W*){6}")

_TOLD: dict[Kind, str | Promise] = {
    Kind.NAME: _("Cela ressemble à un nom. Rien n’est gardé. Choisissez un mot inventé, comme celui qui est proposé."),
    Kind.INITIALS: _("Des initiales désignent quelqu’un. Rien n’est gardé. Choisissez un mot inventé."),
    Kind.TELEPHONE: _("Cela ressemble à un numéro. Rien n’est gardé. Choisissez un mot inventé."),
    Kind.EMAIL: _("Cela ressemble à une adresse électronique. Rien n’est gardé. Choisissez un mot inventé."),
}
_OTHERWISE = _("Ce détail désigne quelqu’un. Rien n’est gardé. Choisissez un mot inventé, sans date, âge ni chambre.")


def identity_in(text: str) -> str:
    """Why a pseudonym looks like a person's own name, number or address; empty when it does not.

    Rules alone: they read « Jean Dupont », in small letters too, and let « Mésange bleue » pass.
    """
    if "@" in text:
        return str(_TOLD[Kind.EMAIL])
    if _MANY_FIGURES.search(text):
        return str(_TOLD[Kind.TELEPHONE])
    found = screen(text) or screen(text.title())
    return str(_TOLD.get(found[0].kind, _OTHERWISE)) if found else ""


@cache
def _words() -> tuple[str, ...]:
    return tuple(_WORDS.read_text(encoding="utf-8").split())


def proposed_pseudonym(study: Study) -> str:
    """A word that nobody of this study is called by, as far as the person who asks may know."""
    taken = {name.lower() for name in Participant.objects.filter(study=study).values_list("pseudonym", flat=True)}
    free = [word for word in _words() if word.lower() not in taken]
    if free:
        return secrets.choice(free)
    return next(
        f"{word} {number}" for number in range(2, 1000) for word in _words() if f"{word} {number}".lower() not in taken
    )


def is_reserved(text: str) -> bool:
    """Whether a pseudonym would be taken for that of somebody who was erased."""
    return text.upper().startswith(ERASED)

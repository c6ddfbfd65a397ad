"""How a place is said on a sheet: « un EHPAD des Bouches-du-Rhône », never its name by default."""

from __future__ import annotations

from django.utils.translation import gettext

from nuserus.directory.models import Institution

_FEMININE = frozenset(
    (
        "mas",
        "mecs",
        "pmi",
        "maison",
        "résidence",
        "pouponnière",
        "unité",
        "équipe",
        "plateforme",
        "permanence",
        "entreprise",
        "prévention",
        "hospitalisation",
        "école",
        "crèche",
        "halte",
        "structure",
        "communauté",
    )
)
# By code of the department; the others take « de la ».
_OF_WHICH = {
    "des ": "04 05 06 08 13 22 40 64 65 66 78 79 88 92",
    "du ": "15 18 25 29 30 32 39 41 45 46 47 56 59 62 63 67 68 69 81 82 83 90 94 95",
    "de l’": "01 02 03 07 09 10 11 12 27 34 36 38 60 61 89 91",
    "d’": "28 35 37",
    "de ": "49 54 71 75 77 84 93 973 974 975 976",
}
_OF = {code: words for words, codes in _OF_WHICH.items() for code in codes.split()}


def with_article(kind: str) -> str:
    """The kind of place with its indefinite article.

    >>> with_article("EHPAD"), with_article("MAS"), with_article("Résidence autonomie")
    ('un EHPAD', 'une MAS', 'une résidence autonomie')
    """
    first, _, rest = kind.partition(" ")
    article = "une" if first.lower() in _FEMININE else "un"
    if first.istitle():
        first = first.lower()
    return f"{article} {first} {rest}".rstrip()


def of_department(code: str, label: str) -> str:
    """The department after « de », as it is said.

    >>> of_department("13", "Bouches-du-Rhône"), of_department("34", "Hérault")
    ('des Bouches-du-Rhône', 'de l’Hérault')
    """
    return f"{_OF.get(code, 'de la ')}{label}"


def place_words(kind: str, code: str, label: str) -> str:
    """A kind of place and its department (code and name) in a phrase; in another language without articles."""
    return gettext("%(a_kind)s %(of_department)s") % {
        "a_kind": with_article(kind),
        "of_department": of_department(code, label),
        "kind": kind,
        "department": label,
    }


def said_place(institution: Institution, *, named: bool = False) -> str:
    """How an institution is said: by its name only where its people chose to show it.

    Reads `category` and `department`: select them with the institution.
    """
    if named:
        return institution.name
    return place_words(institution.kind, institution.department.code, institution.department.label)

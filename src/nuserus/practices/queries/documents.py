"""How a sheet is said to the search index."""

from __future__ import annotations

from nuserus.practices.models import Card, Sheet
from nuserus.practices.queries.facets import facet_values, facet_words, worded
from nuserus.practices.queries.labels import labels

KIND = "sheet"
# Slugs become words of the text too: who types "éducatrice tablette autisme" names facets.
_SPOKEN = ("famille", "dispositif", "public", "categorie", "theme", "metier", "modalite")


def sheet_facets(sheet: Sheet, *, step: str) -> dict[str, list[str]]:
    """The facets of a sheet for the index, by their names in the address."""
    return facet_values(sheet, labels(), step=step)


def sheet_text(sheet: Sheet, cards: list[Card]) -> str:
    """Everything that the page of a sheet says, except its title and its simple version."""
    told = [
        sheet.problem,
        sheet.intention,
        *(card.text for card in cards),
        sheet.happened,
        sheet.watch_for,
        sheet.words_of_person,
        sheet.limits,
        sheet.means,
        sheet.role_of_person,
        sheet.when_to_stop,
        sheet.elsewhere,
        sheet.why_changed,
    ]
    return "\n".join(part for part in told if part)


def sheet_words(sheet: Sheet, facets: dict[str, list[str]]) -> str:
    """The words of its facets, and the device that is in no catalogue."""
    lists = labels()
    spoken = [word for name in _SPOKEN for word in worded(facets[name], facet_words(name, lists))]
    return "\n".join([*spoken, *([sheet.own_devices] if sheet.own_devices else [])])

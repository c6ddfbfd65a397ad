"""The fixed vocabularies that a sheet is described with, and the sentence they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums import AXES, MODALITIES, PLANES, THEMES, WAYS, LadderStep
from nuserus.practices.models import Sheet
from nuserus.practices.queries.labels import Labels


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to choose among sheets; `name` is the word in the address."""

    name: str
    title: str | Promise


FACETS = (
    Facet("famille", _("Matériel")),
    Facet("public", _("Pour qui")),
    Facet("categorie", _("Type d’établissement")),
    Facet("etape", _("Déjà essayé ?")),
    Facet("theme", _("Sujet")),
    Facet("metier", _("Métier")),
    Facet("axe", _("Ce que cela touche")),
    Facet("plan", _("À quel niveau")),
    Facet("maniere", _("Accompagner avec, dans, au")),
    Facet("modalite", _("Ensemble ou à distance")),
)
FACET_NAMES = tuple(facet.name for facet in FACETS)
_FIXED = {"axe": AXES, "plan": PLANES, "maniere": WAYS, "modalite": MODALITIES, "theme": THEMES}


def facet_words(name: str, lists: Labels) -> dict[str, str]:
    """Every value of a facet with its words, in the order of its list. Raises KeyError."""
    if name in _FIXED:
        return {slug: value.label for slug, value in _FIXED[name].items()}
    if name == "etape":
        return {step.value: str(step.label) for step in LadderStep}
    read = {
        "famille": lists.families,
        "public": lists.publics,
        "categorie": lists.categories,
        "metier": lists.trades,
        "dispositif": lists.device_names,
    }
    return read[name]


def worded(slugs: Iterable[str], words: Mapping[str, str]) -> list[str]:
    """The words of slugs; a slug that left its list is shown as it is, without dashes."""
    return [words.get(slug, slug.replace("-", " ")) for slug in slugs]


def facet_values(sheet: Sheet, lists: Labels, *, step: str) -> dict[str, list[str]]:
    """The slugs of a sheet under the names of the facets, for the index. `step` is its ladder step.

    Reads `institution.category`: select it with the sheet.
    """
    place = sheet.institution
    category = place.category if place is not None else None
    return {
        "famille": lists.families_of(sheet.devices),
        "dispositif": list(sheet.devices),
        "public": list(sheet.publics),
        "categorie": [category.code] if category is not None else [],
        "etape": [step],
        "theme": list(sheet.themes),
        "metier": list(sheet.trades),
        "axe": list(sheet.axes),
        "plan": list(sheet.planes),
        "maniere": list(sheet.ways),
        "modalite": list(sheet.modalities),
    }


def in_a_sentence(sheet: Sheet, lists: Labels) -> str:
    """What a sheet is about, as one reads it: « Tablette · enfants autistes · vie quotidienne »."""
    words = [
        *worded(sheet.devices, lists.device_names),
        *([sheet.own_devices] if sheet.own_devices else []),
        *worded(sheet.publics, lists.publics),
        *worded(sheet.themes, facet_words("theme", lists)),
        *worded(sheet.modalities, facet_words("modalite", lists)),
        *(
            gettext("accompagner %(way)s") % {"way": way_with_digital(WAYS[slug].label)}
            for slug in sheet.ways
            if slug in WAYS
        ),
    ]
    return " · ".join(words)


def what_it_touches(sheet: Sheet, lists: Labels) -> str:
    """The axes and planes of a sheet, in words; empty when it has none."""
    words = [
        *worded(sheet.axes, facet_words("axe", lists)),
        *worded(sheet.planes, facet_words("plan", lists)),
    ]
    return ", ".join(words)


def way_with_digital(way: str) -> str:
    """One of the three ways as one says it: « avec le numérique », « au numérique »."""
    return gettext("au numérique") if way == "au" else gettext("%(way)s le numérique") % {"way": way}

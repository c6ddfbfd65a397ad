"""What a sheet still lacks, to be sent and to be published."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums import ETHICS
from nuserus.practices.models import Sheet
from nuserus.practices.queries.drafts import cover_of
from nuserus.practices.registry import lacks_of


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that lacks: the question where it is given, and the words that say it.

    `url` is where it is given when that is no question of the telling.
    """

    question: str
    words: str | Promise
    url: str = ""


def missing_to_send(sheet: Sheet) -> list[Missing]:
    """What lacks before a peer can read it: device, public and what was done suffice."""
    missing = []
    if not sheet.devices and not sheet.own_devices:
        missing.append(Missing("device", _("avec quoi : au moins un dispositif")))
    if not sheet.publics:
        missing.append(Missing("public", _("pour qui : au moins un public")))
    if not any(card.text.strip() for card in sheet.cards.all()):
        missing.append(Missing("did", _("ce que vous avez fait : au moins une étape")))
    return missing + [Missing("", lack.words, lack.url) for lack in lacks_of(sheet)]


def missing_to_publish(sheet: Sheet) -> list[Missing]:
    """What lacks before everybody can read it, in the order in which it is asked."""
    missing = missing_to_send(sheet)
    cover = cover_of(sheet)
    if cover is not None and not cover.alternative:
        missing.insert(0, Missing("photo", _("ce que montre la photo, pour qui ne la voit pas")))
    if not sheet.title.strip():
        missing.append(Missing("check", _("le titre")))
    if not sheet.simple_version.strip():
        missing.append(Missing("simple", _("la version simple, en cinq lignes")))
    lacking = [name for name, words in FACET_WORDS.items() if not getattr(sheet, name)]
    missing += [Missing("facets", FACET_WORDS[name]) for name in lacking]
    unanswered = [slug for slug in ETHICS if not str(sheet.ethics.get(slug, "")).strip()]
    if unanswered:
        missing.append(Missing("ethics", _("éthique et droit : toutes les questions")))
    return missing


FACET_WORDS: dict[str, Promise] = {
    "axes": _("au moins un axe"),
    "planes": _("ce que cela change, pour qui"),
    "ways": _("accompagner avec, dans ou au numérique"),
    "modalities": _("ensemble ou à distance"),
    "themes": _("au moins un thème"),
}

"""What keeps a sheet from being read aloud from paper: said to those who can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nuserus.practices.models import Picture, Sheet


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the question of the telling where it is done, and the words that say it."""

    question: str
    words: str


def paper_faults(sheet: Sheet) -> list[Fault]:
    """What paper that everybody can read refuses, or cannot show of this sheet."""
    faults = []
    if not sheet.title.strip():
        faults.append(Fault("check", _("La fiche n’a pas de titre : c’est ce qu’une voix lit en premier.")))
    if Picture.objects.filter(sheet=sheet, alternative="").exists():
        faults.append(Fault("photo", _("Une photo ne dit pas ce qu’elle montre, pour qui ne la voit pas.")))
    return faults

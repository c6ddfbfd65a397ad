"""What the apps above add to a sheet on its way: sections for who writes it, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from nuserus.practices.models import Sheet
from nuserus.ui.sections import Sections

# On « Où en est ma fiche », for those who write it.
TELLING_SECTIONS: Sections[Sheet] = Sections()


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that another app wants before a sheet is sent: the words, and where it is given."""

    words: str | Promise
    url: str


_lacks: list[Callable[[Sheet], Iterable[Lack]]] = []


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of somebody who agrees, today, that everybody reads them, and who is said to say them."""

    text: str
    said_by: str


_quotations: list[Callable[[Sheet], Iterable[Quotation]]] = []


def register_quotations(source: Callable[[Sheet], Iterable[Quotation]]) -> None:
    """Say whose words may be shown on a sheet, and printed with it. Called from `AppConfig.ready`."""
    if source not in _quotations:
        _quotations.append(source)


def quotations_of(sheet: Sheet) -> list[Quotation]:
    """The words on a sheet that those who said them agree to show."""
    return [quotation for source in _quotations for quotation in source(sheet)]


def register_lack(source: Callable[[Sheet], Iterable[Lack]]) -> None:
    """Say what a sheet lacks before it is sent. Called from `AppConfig.ready`."""
    if source not in _lacks:
        _lacks.append(source)


def lacks_of(sheet: Sheet) -> list[Lack]:
    """What other apps want before this sheet is sent, as far as the person who asks may know."""
    return [lack for source in _lacks for lack in source(sheet)]

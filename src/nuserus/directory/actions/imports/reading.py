"""Which reader reads which register, and what a file of it may fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from nuserus.directory.actions.imports.targets import INSTITUTIONS, PLACES, SERVICES, Target
from nuserus.directory.enums import ImportSource
from nuserus.directory.readers import data_inclusion, finess_classic, finess_json, mediation
from nuserus.directory.readers.opening import Source, opened
from nuserus.directory.readers.records import Problem, Record, Same

TARGETS_OF: Final = {
    ImportSource.FINESS_CLASSIC: (INSTITUTIONS,),
    ImportSource.FINESS_JSON: (INSTITUTIONS,),
    ImportSource.DATA_INCLUSION: (PLACES, SERVICES),
    ImportSource.DIGITAL_MEDIATION: (PLACES,),
}
# The services of data·inclusion are a file of their own; each names the structure that it belongs to.
_OF_A_SERVICE: Final = b"structure_id"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read: its date where it says one, its records, and how far the reading is."""

    register_date: date | None
    begin: Callable[[Same | None], Iterator[Record | Problem]]
    source: Source

    @property
    def records(self) -> Iterator[Record | Problem]:
        """Everything that the file holds, read whole."""
        return self.begin(None)

    def changed(self, same: Same) -> Iterator[Record | Problem]:
        """As `records`, but what `same` knows is not read further where the format allows it."""
        return self.begin(same)


def targets_of(source: str) -> tuple[Target, ...]:
    """What a file of this register may fill."""
    return TARGETS_OF[ImportSource(source)]


@contextmanager
def reading(source: str, path: Path) -> Iterator[Opened]:
    """Open the file and read it. Raises UnreadableFile where it is another file altogether."""
    if source == ImportSource.FINESS_CLASSIC:
        # its points come after its institutions, so it is looked through before
        with opened(path) as first:
            surveyed = finess_classic.survey(first)
        with opened(path) as stream:
            yield Opened(
                surveyed.register_date,
                lambda same: finess_classic.read(stream, surveyed=surveyed, same=same),
                stream,
            )
        return
    with opened(path) as stream:
        made_on = finess_json.generated_on(stream) if source == ImportSource.FINESS_JSON else None
        yield Opened(made_on, lambda same: _records(source, stream, same), stream)


def _records(source: str, stream: Source, same: Same | None) -> Iterator[Record | Problem]:
    if source == ImportSource.FINESS_JSON:
        return finess_json.read(stream, same=same)
    if source == ImportSource.DIGITAL_MEDIATION:
        return mediation.read(stream)
    if _OF_A_SERVICE in stream.peek():
        return data_inclusion.read_services(stream)
    return data_inclusion.read_structures(stream)

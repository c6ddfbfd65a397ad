"""Lists in JSON files of any size, one item in memory at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import ijson
from django.utils.translation import gettext as _
from ijson.common import JSONError

from nuserus.directory.readers.decoding import Utf8
from nuserus.directory.readers.kinds import Shape
from nuserus.directory.readers.opening import Source, UnreadableFile
from nuserus.directory.readers.records import Problem

_BUFFER: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item of the list, at its rank from 1."""

    rank: int
    value: object


def items_of(source: Source, *names: str) -> Iterator[Ranked | Problem]:
    """The items of the list at the root of the file, or under one of these names.

    A file that has no such list, or breaks off, ends with a fatal problem; what came before it was given.
    """
    if source.shape is not Shape.JSON:
        yield Problem(line=1, sentence=_("Le fichier n’est pas du JSON : c’est un autre fichier."), fatal=True)
        return
    first = source.peek()
    path = _path(first, names)
    rank = 0
    stream = Utf8(source)
    try:
        for value in ijson.items(io.BufferedReader(stream), path, buf_size=_BUFFER):
            rank += 1
            yield Ranked(rank, value)
    except UnreadableFile as error:
        yield Problem(line=rank + 1, sentence=error.sentence, fatal=True)
    except (JSONError, ValueError) as error:
        yield Problem(line=rank + 1, sentence=_broken(str(error)), fatal=True)
    else:
        if stream.spoilt:
            yield Problem(
                line=0, sentence=_("Des caractères du fichier ne sont pas en UTF-8 : des accents ont pu se perdre.")
            )
        if rank == 0:
            yield Problem(line=1, sentence=_missing(first, names), fatal=True)


def objects_of(value: object) -> list[Mapping[str, Any]] | None:
    """The objects of a list; None where something else stands in its place. Nothing at all is an empty list."""
    if value is None:
        return []
    if not isinstance(value, list):
        return None
    return [one for one in value if isinstance(one, Mapping)]


def words(value: object) -> str:
    """A text or a number as text; "" for anything else."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | Mapping | list):
        return ""
    return str(value)


def _path(first: bytes, names: tuple[str, ...]) -> str:
    if first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        return "item"
    # the name that is met first in the file, the first of them when none is near its beginning
    places = {name: first.find(f'"{name}"'.encode()) for name in names}
    met = [name for name in names if places[name] >= 0]
    name = min(met, key=places.__getitem__) if met else names[0]
    return f"{name}.item"


def _missing(first: bytes, names: tuple[str, ...]) -> str:
    for name in names:
        after = first.partition(f'"{name}"'.encode())[2].lstrip().removeprefix(b":").lstrip()[:1]
        if after == b"{":
            return _("Une liste est attendue sous « %(name)s », et le fichier y donne un seul objet.") % {"name": name}
        if after == b"[":
            return _("La liste « %(name)s » est vide.") % {"name": name}
    if first.lstrip()[:1] == b"[":
        return _("La liste est vide.")
    return _("Le fichier n’a pas la liste attendue (« %(name)s ») : c’est un autre fichier.") % {"name": names[0]}


def _broken(told: str) -> str:
    if "premature EOF" in told or "Incomplete" in told:
        return _("Le fichier s’arrête avant sa fin. Téléchargez-le à nouveau, puis recommencez.")
    return _("Le fichier n’est plus du JSON à partir d’ici : il est abîmé. Téléchargez-le à nouveau.")

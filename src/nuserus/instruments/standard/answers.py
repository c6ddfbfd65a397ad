"""Reading an answer (the XML of a submission) and checking it against the form that it answers.

What is checked: the elements, their types, their choices, what is always required, the files that are named.
What depends on other answers (conditions, constraints) is computed by the engine in the browser, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from nuserus.instruments.standard.schema import Field, Schema, StrangeForm, parse_xml

HEAVIEST = 2 * 1024 * 1024
LONGEST_ID = 200
MOST_ELEMENTS = 40_000
DEEPEST = 40
LONGEST_TEXT = 100_000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?\Z")
_POINT = re.compile(r"-?\d+(\.\d+)?(\s+-?\d+(\.\d+)?){1,3}\Z")
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f]{1,150}\Z")


@dataclass(slots=True)
class Answer:
    """An answer as it was read. `content` mirrors the form; a repeated group is a list. `files` are names."""

    form_id: str
    version: str
    instance_id: str
    root: Element
    content: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_answer(xml: bytes) -> Answer:
    """What an answer says of itself. Raises StrangeForm when it is no answer at all."""
    if len(xml) > HEAVIEST:
        raise StrangeForm(_("La fiche est trop lourde."))
    root = parse_xml(xml)
    if _depth_and_count(root) is None:
        raise StrangeForm(_("La fiche est démesurée."))
    instance_id = ""
    for element in root.iter():
        if _local(element) == "instanceID":
            instance_id = (element.text or "").strip()
            break
    form_id = root.get("id", "")
    if not form_id or not instance_id or len(instance_id) > LONGEST_ID or len(form_id) > LONGEST_ID:
        raise StrangeForm(_("La fiche ne dit pas quel questionnaire elle remplit, ou n’a pas de numéro."))
    return Answer(form_id, root.get("version", ""), instance_id, root)


def check_answer(answer: Answer, schema: Schema) -> None:
    """Fill `content`, `files` and `problems` of an answer, against its form."""
    if _local(answer.root) != schema.root:
        answer.problems.append(_("L’élément principal n’est pas celui du questionnaire."))
        return
    reader = _Check(answer, schema)
    answer.content = reader.read(answer.root, f"/{schema.root}")
    for one in schema.fields:
        if one.required and one.is_question and not one.repeated and one.path not in reader.answered:
            answer.problems.append(_("« %(label)s » attend une réponse.") % {"label": one.label or one.name})


class _Check:
    def __init__(self, answer: Answer, schema: Schema) -> None:
        self.answer = answer
        self.fields = {one.path: one for one in schema.fields}
        self.containers = set(schema.containers)
        self.root = f"/{schema.root}"
        self.answered: set[str] = set()

    def read(self, element: Element, at: str) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for child in element:
            name = _local(child)
            path = f"{at}/{name}"
            if path == f"{self.root}/meta" or path.startswith(f"{self.root}/meta/"):
                continue
            if path in self.containers:
                _put(content, name, self.read(child, path))
            elif path in self.fields:
                value = (child.text or "").strip()
                if len(child):
                    self._wrong(_("« %(name)s » contient autre chose qu’une réponse.") % {"name": name})
                elif value:
                    self.answered.add(path)
                    _put(content, name, self._checked(self.fields[path], value))
            else:
                self._wrong(_("« %(name)s » n’est pas une question de cette version.") % {"name": name[:60]})
        return content

    def _wrong(self, words: str) -> None:
        if len(self.answer.problems) < 20:
            self.answer.problems.append(words)

    def _checked(self, one: Field, value: str) -> Any:
        if len(value) > LONGEST_TEXT:
            self._wrong(_("« %(label)s » : la réponse est démesurée.") % {"label": one.label or one.name})
            return value[:LONGEST_TEXT]
        if one.control in ("select", "select1", "rank"):
            return self._chosen(one, value)
        if one.type == "binary":
            if not _FILE_NAME.match(value):
                self._wrong(_("« %(label)s » : ce n’est pas un nom de fichier.") % {"label": one.label or one.name})
            elif value not in self.answer.files:
                self.answer.files.append(value)
            return value
        try:
            return _READERS.get(one.type, str)(value)
        except (ValueError, InvalidOperation):
            words = _("« %(label)s » : « %(value)s » n’est pas une réponse du bon type.")
            self._wrong(words % {"label": one.label or one.name, "value": value[:40]})
            return value

    def _chosen(self, one: Field, value: str) -> Any:
        chosen = [value] if one.control == "select1" else value.split()
        if one.choices is not None:
            known = {choice.name for choice in one.choices}
            for name in chosen:
                if name not in known:
                    words = _("« %(label)s » : « %(name)s » n’est pas dans la liste.")
                    self._wrong(words % {"label": one.label or one.name, "name": name[:40]})
        return value if one.control == "select1" else chosen


def _put(content: dict[str, Any], name: str, value: Any) -> None:
    """Keep a value; what comes again becomes a list."""
    if name not in content:
        content[name] = value
    elif isinstance(content[name], list) and isinstance(value, dict):
        content[name].append(value)
    elif isinstance(value, dict):
        content[name] = [content[name], value]


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _depth_and_count(root: Element) -> int | None:
    """How many elements, None when there are too many or they are nested too deeply."""
    waiting = [(root, 1)]
    count = 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            return None
        waiting.extend((child, depth + 1) for child in element)
    return count


def _integer(value: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,18}", value):
        raise ValueError(value)
    return int(value)


def _decimal(value: str) -> float:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return float(number)


def _day(value: str) -> str:
    return date.fromisoformat(value[:10]).isoformat()


def _moment(value: str) -> str:
    datetime.fromisoformat(value)
    return value


def _time(value: str) -> str:
    if not _TIME.match(value):
        raise ValueError(value)
    return value


def _points(value: str) -> str:
    for point in value.strip("; ").split(";"):
        if not _POINT.match(point.strip()):
            raise ValueError(value)
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "int": _integer,
    "decimal": _decimal,
    "date": _day,
    "dateTime": _moment,
    "time": _time,
    "geopoint": _points,
    "geotrace": _points,
    "geoshape": _points,
}

"""What a form asks, read from its XForm: enough to show it, to compare two versions, and to check an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from nuserus.instruments.standard.people import PEOPLE_ADDRESS

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JAVAROSA = "{http://openrosa.org/javarosa}"
CONTROLS = frozenset({"input", "select", "select1", "upload", "range", "trigger", "rank"})
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# What a form may load from elsewhere; we keep no file beside a form but the list of people that we make.
_REMOTE = ("jr://file", "jr://images", "jr://audio", "jr://video", "http:", "https:")


class StrangeForm(Exception):
    """A form that cannot be used here, with the reason in words."""


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One element of the answer. `control` is empty for what nobody fills in (computed, metadata).

    `required` holds when an answer is always expected, whatever the others say; `choices` is None where
    they are free, `labels` gives the words of the question by language.
    """

    path: str
    type: str = "string"
    control: str = ""
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    readonly: bool = False
    label: str = ""
    hint: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    choices: list[Choice] | None = None
    repeated: bool = False
    container: str = ""

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_question(self) -> bool:
        """Whether somebody answers it."""
        return bool(self.control) and not self.readonly


@dataclass(frozen=True, slots=True)
class Schema:
    """A form: the element of its answers, its languages, its fields and its containers in their order."""

    root: str
    form_id: str
    version: str
    languages: list[str]
    fields: list[Field]
    containers: list[str]
    groups: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Schema:
        """The schema that `as_json` gave."""
        fields = [
            Field(**{**one, "choices": None if one["choices"] is None else [Choice(**c) for c in one["choices"]]})
            for one in data["fields"]
        ]
        return cls(**{**data, "fields": fields})

    @property
    def questions(self) -> list[Field]:
        """What people see, notes among it, in order."""
        return [one for one in self.fields if one.control]


def parse_xml(content: str | bytes) -> Element:
    """The root of a document that declares nothing of its own. Raises StrangeForm."""
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise StrangeForm(_("Ce n’est pas du XML que nous acceptons.")) from error
    return root


def read_schema(xform: str) -> Schema:
    """The schema of an XForm. Raises StrangeForm with the reason."""
    return _Reader(parse_xml(xform)).schema()


class _Reader:
    def __init__(self, root: Element) -> None:
        model = root.find(f"{XHTML}head/{XFORMS}model")
        body = root.find(f"{XHTML}body")
        primary = model.find(f"{XFORMS}instance") if model is not None else None
        if model is None or body is None or primary is None or len(primary) != 1:
            raise StrangeForm(_("Ce formulaire n’a pas de modèle ou pas de questions."))
        self.model, self.body, self.data = model, body, primary[0]
        self.texts: dict[str, dict[str, str]] = {}
        self.languages: list[str] = []
        self.default = ""
        self._read_texts()
        self.instances = self._read_instances()
        self.binds = {bind.get("nodeset", ""): bind for bind in model.iter(f"{XFORMS}bind")}

    def _read_texts(self) -> None:
        for translation in self.model.iterfind(f"{XFORMS}itext/{XFORMS}translation"):
            language = translation.get("lang", "")
            self.languages.append(language)
            if translation.get("default") == "true()" or not self.default:
                self.default = language
            for text in translation:
                for value in text:
                    form = value.get("form", "")
                    if form in ("image", "audio", "video", "big-image"):
                        raise StrangeForm(_("Ce formulaire montre des images ou des sons à part : c’est refusé ici."))
                    if not form:
                        self.texts.setdefault(text.get("id", ""), {})[language] = _words(value)

    def _read_instances(self) -> dict[str, list[Choice]]:
        found: dict[str, list[Choice]] = {}
        for instance in self.model.findall(f"{XFORMS}instance")[1:]:
            source = instance.get("src", "")
            if source == PEOPLE_ADDRESS:
                continue  # what may be chosen is another thing for each person: known where it is filled in
            if source.startswith(_REMOTE):
                words = _("Ce formulaire cherche des données dans un autre fichier (%(name)s) : c’est refusé ici.")
                raise StrangeForm(words % {"name": instance.get("id", "")})
            found[instance.get("id", "")] = [self._item(item) for item in instance.iter(f"{XFORMS}item")]
        return found

    def _item(self, item: Element) -> Choice:
        said = {child.tag.removeprefix(XFORMS): (child.text or "").strip() for child in item}
        label = said.get("label", "") or self._said(said.get("itextId", "")).get(self.default, "")
        return Choice(said.get("name", ""), label)

    def schema(self) -> Schema:
        root = _local(self.data.tag)
        controls: dict[str, tuple[Element, str, bool]] = {}
        groups: dict[str, str] = {}
        for element, container, repeated in _walk(self.body):
            tag = _local(element.tag)
            at = element.get("ref") or element.get("nodeset") or ""
            if tag in CONTROLS:
                controls[at] = (element, container, repeated)
            elif tag == "group" and at:
                groups[at] = self._label(element)[1]
        fields: list[Field] = []
        containers: list[str] = []
        for path, element in _paths(self.data, f"/{root}"):
            if len(element) or path in groups:
                containers.append(path)
            else:
                fields.append(self._field(path, controls))
        order = {path: rank for rank, path in enumerate(controls)}
        fields.sort(key=lambda one: order.get(one.path, len(order)))
        return Schema(
            root=root,
            form_id=self.data.get("id", ""),
            version=self.data.get("version", ""),
            languages=[language for language in self.languages if language != "default"],
            fields=fields,
            containers=containers,
            groups=groups,
        )

    def _field(self, path: str, controls: dict[str, tuple[Element, str, bool]]) -> Field:
        bind = self.binds.get(path)
        given = bind.attrib if bind is not None else {}
        control, container, repeated = controls.get(path, (None, "", False))
        labels, label = self._label(control) if control is not None else ({}, "")
        return Field(
            path=path,
            type=given.get("type", "string").split(":")[-1],
            control=_local(control.tag) if control is not None else "",
            required=self._always(path, given),
            relevant=given.get("relevant", ""),
            constraint=given.get("constraint", ""),
            readonly=given.get("readonly", "") == "true()",
            label=label,
            hint=self._hint(control),
            labels=labels,
            choices=self._choices(control),
            repeated=repeated,
            container=container,
        )

    def _always(self, path: str, given: dict[str, str]) -> bool:
        """Whether an answer is expected in any case: no condition on it nor on what contains it."""
        if given.get("required") != "true()":
            return False
        parts = path.split("/")
        around = ["/".join(parts[:end]) for end in range(2, len(parts) + 1)]
        return not any("relevant" in self.binds[one].attrib for one in around if one in self.binds)

    def _said(self, text_id: str) -> dict[str, str]:
        return self.texts.get(text_id, {})

    def _text(self, element: Element | None) -> dict[str, str]:
        if element is None:
            return {}
        ref = element.get("ref", "")
        if ref.startswith("jr:itext("):
            return self._said(ref.removeprefix("jr:itext(").rstrip(")").strip("'\""))
        return {self.default: _words(element)}

    def _label(self, control: Element) -> tuple[dict[str, str], str]:
        labels = self._text(control.find(f"{XFORMS}label"))
        return labels, labels.get(self.default) or next(iter(labels.values()), "")

    def _hint(self, control: Element | None) -> str:
        if control is None:
            return ""
        hints = self._text(control.find(f"{XFORMS}hint"))
        return hints.get(self.default, "")

    def _choices(self, control: Element | None) -> list[Choice] | None:
        if control is None or _local(control.tag) not in ("select", "select1", "rank"):
            return None
        itemset = control.find(f"{XFORMS}itemset")
        if itemset is not None:
            nodeset = itemset.get("nodeset", "")
            name = nodeset.partition("instance('")[2].partition("'")[0]
            # choices taken from other answers cannot be known here
            return self.instances.get(name) if name else None
        items = control.findall(f"{XFORMS}item")
        return [
            Choice(_inner(item, "value"), self._text(item.find(f"{XFORMS}label")).get(self.default, ""))
            for item in items
        ]


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _inner(element: Element, name: str) -> str:
    found = element.find(f"{XFORMS}{name}")
    return (found.text or "").strip() if found is not None else ""


def _words(element: Element) -> str:
    """The text of a label, with ${name} where an answer will stand."""
    parts = [element.text or ""]
    for child in element:
        name = child.get("value", "").strip().rsplit("/", 1)[-1]
        parts.append(f"${{{name}}}" if name else "")
        parts.append(child.tail or "")
    # the converter writes straight apostrophes whatever it was given
    return _APOSTROPHE.sub("’", " ".join("".join(parts).split()))


def _walk(element: Element, container: str = "", *, repeated: bool = False) -> Iterator[tuple[Element, str, bool]]:
    for child in element:
        yield child, container, repeated
        tag = _local(child.tag)
        if tag in ("group", "repeat"):
            inside = child.get("ref") or child.get("nodeset") or container
            yield from _walk(child, inside, repeated=repeated or tag == "repeat")


def _paths(element: Element, at: str) -> Iterator[tuple[str, Element]]:
    """Each element of the model once, with its path; a repeat and its template are one."""
    seen: set[str] = set()
    for child in element:
        path = f"{at}/{_local(child.tag)}"
        if path in seen:
            continue
        seen.add(path)
        yield path, child
        yield from _paths(child, path)

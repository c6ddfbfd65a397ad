"""What changed from one version of a questionnaire to the next, question by question."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from nuserus.instruments.standard.schema import Field, Schema


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is another way: its name in words, as it was, as it is."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One question: `kind` is added, removed, changed or moved."""

    kind: str
    name: str
    label: str
    changes: list[Change] = field(default_factory=list)


def differences(before: Schema, after: Schema) -> list[Difference]:
    """The differences in the order of the newer one, what was removed at the end."""
    old = {one.name: one for one in before.questions}
    new = {one.name: one for one in after.questions}
    moved = _moved([name for name in old if name in new], [name for name in new if name in old])
    found = []
    for name, question in new.items():
        if name not in old:
            found.append(Difference("added", name, question.label))
        elif changes := _changes(old[name], question):
            found.append(Difference("changed", name, question.label, changes))
        elif name in moved:
            found.append(Difference("moved", name, question.label))
    found += [Difference("removed", name, old[name].label) for name in old if name not in new]
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The names that do not keep their order among the others."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = {name for block in matcher.get_matching_blocks() for name in before[block.a : block.a + block.size]}
    return set(after) - kept


def _changes(old: Field, new: Field) -> list[Change]:
    pairs = [
        (_("le texte"), old.label, new.label),
        (_("l’aide"), old.hint, new.hint),
        (_("le type de réponse"), _type(old), _type(new)),
        (_("la réponse obligatoire"), _yes_no(old.required), _yes_no(new.required)),
        (_("la condition pour la poser"), old.relevant, new.relevant),
        (_("ce qui est accepté"), old.constraint, new.constraint),
        (_("les choix"), _choices(old), _choices(new)),
    ]
    languages = sorted((old.labels.keys() | new.labels.keys()) - {""})
    pairs += [
        (_("le texte en « %(language)s »") % {"language": language}, old.labels[language], new.labels[language])
        for language in languages
        if old.labels.get(language, old.label) != old.label
        and new.labels.get(language, new.label) != new.label
        and language in old.labels
        and language in new.labels
    ]
    return [Change(what, before, after) for what, before, after in pairs if before != after]


def _type(one: Field) -> str:
    words = {
        "select1": _("un choix"), "select": _("plusieurs choix"), "upload": _("fichier, photo ou son"),
        "range": _("échelle"), "trigger": _("case à cocher"), "rank": _("classement"),
    }  # fmt: skip
    types = {
        "int": _("nombre entier"), "decimal": _("nombre"), "date": _("date"), "time": _("heure"),
        "dateTime": _("date et heure"), "geopoint": _("lieu"), "geotrace": _("trajet"), "geoshape": _("surface"),
        "barcode": _("code-barres"),
    }  # fmt: skip
    if one.control == "input" and one.readonly:
        return _("texte à lire")
    return words.get(one.control) or types.get(one.type) or _("texte")


def _yes_no(value: bool) -> str:  # noqa: FBT001 (a value, not an option)
    return _("oui") if value else _("non")


def _choices(one: Field) -> str:
    return " · ".join(choice.label or choice.name for choice in one.choices or [])


def type_in_words(one: Field) -> str:
    """How a question is answered, in words."""
    return _type(one)

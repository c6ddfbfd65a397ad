"""Scientific watch: adding, changing, importing references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.models import Reference, Study
from nuserus.studies.queries.citations import MAX_BYTES, Problem, decoded, read_bibliography
from nuserus.studies.rules import can_add_reference, can_change_reference

MAX_REFERENCES = 3000
_LONG = ("authors", "abstract")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    added: int
    known: int
    problems: list[Problem]


def add_reference(*, actor: Asking, study: Study, words: Mapping[str, Any]) -> Reference:
    """Another reference. Raises ValidationError for one too many."""
    reference = Reference(study=study, added_by=actor.user_id, scope_mission=study.pk, scope_group=study.pk)
    reference.scope_level = study.scope_level
    can_add_reference.require(actor, reference)
    keys = _keys(study)
    if len(keys) >= MAX_REFERENCES:
        raise ValidationError(_("Une étude a trois mille références au plus."))
    _put(reference, words)
    reference.key = _free_key(reference, keys)
    reference.save(force_insert=True)
    return reference


def change_reference(*, actor: Asking, reference: Reference, words: Mapping[str, Any]) -> None:
    """Other words for a reference; its key stays, texts cite it."""
    can_change_reference.require(actor, reference)
    _put(reference, words)
    reference.save()


def remove_reference(*, actor: Asking, reference: Reference) -> None:
    """Take a reference away."""
    can_change_reference.require(actor, reference)
    reference.delete()


def import_references(*, actor: Asking, study: Study, content: bytes) -> Imported:
    """Add what a BibTeX or RIS file holds and the study does not have; tell line by line what cannot be read.

    Raises ValidationError for a file too heavy, or with nothing to add and something wrong.
    """
    model = Reference(study=study, scope_level=study.scope_level, scope_mission=study.pk, scope_group=study.pk)
    can_add_reference.require(actor, model)
    if len(content) > MAX_BYTES:
        raise ValidationError(
            {"file": _("Le fichier fait plus d’un mégaoctet. Rien n’est ajouté. Exportez-le en plusieurs morceaux.")}
        )
    read = read_bibliography(decoded(content))
    if not read.cited:
        raise ValidationError({"file": [str(problem) for problem in read.problems[:20]]})
    keys, there = _keys(study), _there(study)
    if len(keys) + len(read.cited) > MAX_REFERENCES:
        raise ValidationError({"file": _("Une étude a trois mille références au plus. Rien n’est ajouté.")})
    added = []
    for one in read.cited:
        same = {_same(one.title, one.year), one.doi.lower()} - {""}
        if same & there:
            continue
        there |= same
        said = {name: value for name, value in asdict(one).items() if name != "line"}
        reference = Reference(study=study, added_by=actor.user_id, **said)
        reference.key = _free_key(reference, keys)
        keys.add(reference.key)
        added.append(reference)
    for reference in added:
        reference.save(force_insert=True)
    record("import references", actor=actor.user_id, object_id=study.pk)
    return Imported(len(added), len(read.cited) - len(added), read.problems)


def _put(reference: Reference, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        if isinstance(value, str):
            limit = getattr(Reference._meta.get_field(name), "max_length", None)
            setattr(reference, name, (plain_text(value) if name in _LONG else plain_line(value))[:limit])
        else:
            setattr(reference, name, value)


def _keys(study: Study) -> set[str]:
    return set(Reference.objects.filter(study=study).values_list("key", flat=True))


def _there(study: Study) -> set[str]:
    known: set[str] = set()
    for title, year, doi in Reference.objects.filter(study=study).values_list("title", "year", "doi"):
        known |= {_same(title, year), doi.lower()} - {""}
    return known


def _same(title: str, year: int | None) -> str:
    return f"{slugify(title)} {year or ''}"


def _free_key(reference: Reference, keys: set[str]) -> str:
    first = reference.authors.split("\n")[0].split(",")[0] or reference.title.split(" ")[0]
    wanted = reference.key or slugify(f"{first}-{reference.year or ''}")[:70].strip("-") or "reference"
    if wanted not in keys:
        return wanted
    return next(key for number in count(2) if (key := f"{wanted[:74]}-{number}") not in keys)

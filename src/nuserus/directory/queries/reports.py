"""The report of an import, in words and in lines of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nuserus.directory.enums import ChangedKind
from nuserus.directory.models import Category, Department, Import, ImportChange, Institution, Operator, Place, Service
from nuserus.ui.dates import date_format

VERBS = ("created", "updated", "closed", "reopened", "unchanged")
_MODELS = {
    ChangedKind.INSTITUTION: Institution,
    ChangedKind.PLACE: Place,
    ChangedKind.SERVICE: Service,
    ChangedKind.OPERATOR: Operator,
    ChangedKind.CATEGORY: Category,
}
# Not told: they follow from what is, or say nothing to a reader.
_SILENT = frozenset(
    {"folded", "town_folded", "is_private_home", "register_mark", "register_date", "list_version", "town_id", "slug"}
)
PAGE = 1_000


def counted(run: Import) -> list[dict[str, Any]]:
    """A row for each kind: its name, then how many were created, updated, closed, reopened, unchanged."""
    return [
        {"label": ChangedKind(kind).label, "numbers": [counts.get(verb, 0) for verb in VERBS]}
        for kind, counts in run.counts.items()
    ]


def counted_lines(run: Import) -> list[str]:
    """The same, as lines of text."""
    said = _(
        "%(kind)s : %(created)s ajoutés, %(updated)s mis à jour, %(closed)s fermés, %(reopened)s rouverts, "
        "%(unchanged)s inchangés"
    )
    return [
        said
        % {
            "kind": ChangedKind(kind).label,
            **{verb: number_format(counts.get(verb, 0), use_l10n=True) for verb in VERBS},
        }
        for kind, counts in run.counts.items()
    ]


def told_changes(changes: list[ImportChange], *, in_words: bool = True) -> list[dict[str, Any]]:
    """Changes as a page shows them: each field by its name, with what it was and what it is, days in words."""
    lists = _labels(changes)
    return [
        {
            "change": change,
            "fields": [
                {
                    "name": name,
                    "before": _value(lists, column, (change.before or {}).get(column), in_words=in_words),
                    "after": _value(lists, column, value, in_words=in_words),
                }
                for column, name, value in _fields(change)
            ],
        }
        for change in changes
    ]


def report_lines(run: Import) -> Iterator[list[str]]:
    """The whole report as rows of a CSV: a line of heads, what changed, then what was refused."""
    yield [_("quoi"), _("changement"), _("numéro"), _("nom"), _("ligne"), _("champ"), _("avant"), _("après")]
    rows = ImportChange.objects.filter(run=run).order_by("pk")
    last = None
    while found := list((rows.filter(pk__gt=last) if last else rows)[:PAGE]):
        last = found[-1].pk
        for told in told_changes(found, in_words=False):
            change = told["change"]
            head = [change.get_kind_display(), change.get_verb_display(), change.key, change.label, change.rank or ""]
            for field in told["fields"] or [{"name": "", "before": "", "after": ""}]:
                yield [*head, field["name"], field["before"], field["after"]]
    for line, sentence in run.problems:
        yield ["", _("ligne signalée"), "", "", line, "", "", sentence]


def _fields(change: ImportChange) -> Iterator[tuple[str, str, Any]]:
    """Column, name in words and new value of what changed and is worth telling."""
    if change.verb == "created":
        return
    meta = _MODELS[ChangedKind(change.kind)]._meta
    names = {field.column: field.verbose_name for field in meta.concrete_fields}
    for column, value in sorted((change.after or {}).items()):
        if column not in _SILENT:
            yield column, str(names.get(column, column)), value


def _labels(changes: list[ImportChange]) -> dict[str, dict[str, str]]:
    """What ids stand for, read once for a page of changes."""
    wanted: dict[str, set[str]] = {"category_id": set(), "department_id": set(), "operator_id": set()}
    for change in changes:
        for said in (change.before or {}, change.after or {}):
            for column, ids in wanted.items():
                if said.get(column):
                    ids.add(said[column])
    found: dict[str, Iterable[tuple[Any, str]]] = {
        "category_id": ((row.pk, str(row)) for row in Category.objects.filter(pk__in=wanted["category_id"])),
        "department_id": ((row.pk, str(row)) for row in Department.objects.filter(pk__in=wanted["department_id"])),
        "operator_id": Operator.objects.filter(pk__in=wanted["operator_id"]).values_list("pk", "name"),
    }
    return {column: {str(pk): label for pk, label in rows} for column, rows in found.items()}


def _value(lists: dict[str, dict[str, str]], column: str, value: Any, *, in_words: bool) -> str:
    if value is None or value == "":
        return ""
    if in_words and column.endswith("_on") and (day := parse_date(str(value))):
        return date_format(day, "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return lists.get(column, {}).get(str(value), str(value))

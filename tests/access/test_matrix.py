"""Role × action × object × level, against the table that a data-protection officer reads and signs.

Each row of docs/access/matrix.csv is one action on one model; each cell says at which levels a person
may do it: P public, R network, E institution, G group, N named people; a dash for none. Rows that begin
with "plancher" are what the database itself lets through.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from nuserus.foundation.asking import Asking, acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.foundation.policy import rules
from tests.access.world import MODELS, World

TABLE = Path(__file__).parents[2] / "docs" / "access" / "matrix.csv"
LETTERS = {
    Level.PUBLIC: "P",
    Level.NETWORK: "R",
    Level.INSTITUTION: "E",
    Level.GROUP: "G",
    Level.RESTRICTED: "N",
}
FLOOR = {
    "plancher : lire": "read",
    "plancher : ajouter": "insert",
    "plancher : changer": "update",
    "plancher : supprimer": "delete",
}
# A list without scope, or an action that looks at no row: asked in the tests of its app.
WITHOUT_SCOPE = {"search.Synonym"}

Answer = Callable[[Any, Asking], bool]


def _floor_read(row: Any, asking: Asking) -> bool:
    return type(row).objects.filter(pk=row.pk).exists()


def _floor_update(row: Any, asking: Asking) -> bool:
    return _tried(lambda: type(row).objects.filter(pk=row.pk).update(scope_level=row.scope_level) == 1)


def _floor_delete(row: Any, asking: Asking) -> bool:
    return _tried(lambda: type(row).objects.filter(pk=row.pk)._raw_delete("default") == 1)


def _floor_insert(row: Any, asking: Asking) -> bool:
    """Would the database take the same row, new? A broken constraint means that the floor let it through."""

    def insert() -> bool:
        copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
        copy.pk = new_id()
        if row.scope_mission == row.pk:
            copy.scope_mission = asking.user_id and row.scope_mission
        copy.save(force_insert=True)
        return True

    return _tried(insert)


def _tried(attempt: Callable[[], bool]) -> bool:
    try:
        with transaction.atomic():
            done = attempt()
            transaction.set_rollback(True)
    except DatabaseError as refused:
        if "row-level security" in str(refused) or "permission denied" in str(refused):
            return False
        # a constraint is about the copy that we try; an exception of a trigger is the floor's own no
        constraint = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
        return isinstance(refused, IntegrityError) and constraint is not None
    return done


FLOOR_ANSWERS: dict[str, Answer] = {
    "read": _floor_read,
    "insert": _floor_insert,
    "update": _floor_update,
    "delete": _floor_delete,
}


def _levels(rows: list[Any], may: Callable[[Any], bool]) -> str:
    answers: dict[str, set[bool]] = {}
    for row in rows:
        answers.setdefault(row.scope_level, set()).add(may(row))
    split = [level for level, given in answers.items() if len(given) > 1]
    assert not split, f"rows of one level answered differently: {rows[0]._meta.label} {split}"
    return "".join(letter for level, letter in LETTERS.items() if answers.get(level) == {True}) or "–"


def model_of(label: str) -> str:
    """The label of the model, without the case it is in."""
    return label.split(" · ", maxsplit=1)[0]


def found_table(world: World) -> list[dict[str, str]]:
    """What the terms and the floor answer today, in the shape of the signed table."""
    lines: list[dict[str, str]] = []
    for label in sorted(world.rows):
        actions = [rule.action for rule in rules() if rule.model == model_of(label)] + list(FLOOR)
        lines += [{"objet": label, "action": action} for action in actions]
    by_key = {(rule.model, rule.action): rule for rule in rules()}
    for name, person in world.people.items():
        with acting_as(person.pk if person else None) as asking:
            for line in lines:
                rows = world.rows[line["objet"]]
                if line["action"] in FLOOR:
                    answer = FLOOR_ANSWERS[FLOOR[line["action"]]]
                    line[name] = _levels(rows, lambda row, answer=answer, asking=asking: answer(row, asking))
                else:
                    rule = by_key[model_of(line["objet"]), line["action"]]
                    line[name] = _levels(rows, lambda row, rule=rule, asking=asking: rule.allows(asking, row))
    for line in lines:
        line["consentement"] = world.consents.get(line["objet"], "sans objet")
    return lines


def as_csv(lines: list[dict[str, str]]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return written.getvalue()


def test_every_answer_is_the_signed_one(world: World) -> None:
    found = as_csv(found_table(world))
    if os.environ.get("NUSERUS_WRITE_MATRIX"):
        TABLE.write_text(found, encoding="utf-8")
    assert found.splitlines() == TABLE.read_text(encoding="utf-8").splitlines()


def _signed() -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8")))


def test_floor_never_allows_a_read_that_the_terms_refuse() -> None:
    terms = {line["objet"]: line for line in _signed() if line["action"] == "read"}
    wider = []
    for line in _signed():
        if line["action"] == "plancher : lire":
            for who in line:
                if who not in ("objet", "action", "consentement"):
                    more = set(line[who]) - set(terms[line["objet"]][who]) - {"–"}
                    wider += [(line["objet"], who, letter) for letter in more]
    assert wider == []


def test_every_rule_and_every_scoped_model_is_in_the_table() -> None:
    listed = {(model_of(line["objet"]), line["action"]) for line in _signed()}
    known = {(rule.model, rule.action) for rule in rules() if rule.model not in WITHOUT_SCOPE}
    floor = {(model._meta.label, action) for model in MODELS for action in FLOOR}
    assert listed == known | floor


def test_every_scoped_model_is_in_the_world() -> None:
    from django.apps import apps

    from nuserus.foundation.models import Scoped

    scoped = {model for model in apps.get_models() if issubclass(model, Scoped) and model._meta.managed}
    closed = {"search.Entry"}  # the application cannot read it at all
    assert {model._meta.label for model in scoped} - closed == {model._meta.label for model in MODELS}


def test_planted_rule_that_allows_too_much_changes_the_table(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from nuserus.foundation.policy import anyone, rule_for

    monkeypatch.setattr(rule_for("practices.Sheet", "read"), "term", anyone)
    assert as_csv(found_table(world)) != TABLE.read_text(encoding="utf-8")


def test_planted_policy_that_allows_too_much_changes_the_table(world: World) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE POLICY planted ON practices_sheet FOR SELECT USING (true)")
    try:
        assert as_csv(found_table(world)) != TABLE.read_text(encoding="utf-8")
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP POLICY planted ON practices_sheet")


def test_system_reads_everything_it_must(world: World) -> None:
    with as_system("count", recorded=False):
        for model in MODELS:
            assert model._default_manager.exists(), model

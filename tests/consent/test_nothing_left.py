"""After somebody had everything erased, none of their words is anywhere; and no table is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Model

from nuserus.consent.provenance import redactors
from nuserus.foundation.models import Scoped

SIGNED = Path(__file__).parents[2] / "docs" / "access" / "no-participant-words.md"
_LINE = re.compile(r"^- `([a-z]+\.[A-Za-z]+)` (.+)$", re.M)
_FREE = (models.TextField, models.CharField, models.JSONField, models.BinaryField, models.FileField)


def holds_words(model: type[Model]) -> bool:
    """Whether some column could hold what somebody said: text that is not of a list, JSON, bytes, a file."""
    return any(
        (isinstance(field, _FREE) and not field.choices) or type(field).__name__ == "ArrayField"
        for field in model._meta.concrete_fields
    )


def forgotten(found: Iterable[type[Model]], covered: set[str], signed: set[str]) -> list[str]:
    """Tables under a floor that could hold words and that neither a redactor nor the signed list names."""
    return sorted(
        model._meta.label
        for model in found
        if issubclass(model, Scoped)
        and not model._meta.abstract
        and holds_words(model)
        and model._meta.label not in covered | signed
    )


def _covered() -> set[str]:
    return {model for redactor in redactors() for model in redactor.models}


def _signed() -> dict[str, str]:
    return dict(_LINE.findall(SIGNED.read_text(encoding="utf-8")))


def test_every_table_that_can_hold_words_is_redacted_or_signed() -> None:
    assert forgotten(apps.get_models(), _covered(), set(_signed())) == [], (
        "register_redactor(...) in the AppConfig.ready of the app, or a line with its reason in "
        "docs/access/no-participant-words.md"
    )


def test_the_signed_list_names_tables_that_are_there_and_not_redacted() -> None:
    known = {model._meta.label for model in apps.get_models()}
    assert set(_signed()) - known == set()
    assert set(_signed()) & _covered() == set()


def test_redactors_name_models_that_are_there() -> None:
    assert _covered() - {model._meta.label for model in apps.get_models()} == set()


def test_planted_table_that_nobody_registered_is_seen() -> None:
    planted = [label for label in sorted(_covered()) if label != "studies.Participant"]
    assert "studies.Participant" in forgotten(apps.get_models(), set(planted), set(_signed()))


@pytest.mark.parametrize(
    "field",
    [models.TextField(), models.CharField(max_length=9), models.JSONField(), models.BinaryField(), models.FileField()],
)
def test_planted_model_of_any_kind_of_column_is_seen(field: models.Field[object, object]) -> None:
    class Planted(Scoped):
        said = field

        class Meta:
            app_label = "tests"
            managed = False

    try:
        assert forgotten([Planted], _covered(), set(_signed())) == ["tests.Planted"]
    finally:
        apps.all_models["tests"].pop("planted", None)
        apps.clear_cache()

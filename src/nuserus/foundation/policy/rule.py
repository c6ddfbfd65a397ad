"""A rule: who may do one action on one model. Every rule is known, so that the matrix is complete."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy.refusal import Unreadable
from nuserus.foundation.policy.term import ScopedRow, Term

AnyModel = TypeVar("AnyModel", bound=Model)

_rules: dict[tuple[str, str], Rule] = {}


class Rule:
    """Who may `action` a `model` (a label such as "practices.Sheet"). Registers itself.

    `action` is one of read, add, change, delete, or a verb of the field (review, adapt…).
    """

    def __init__(self, model: str, action: str, term: Term) -> None:
        if (model, action) in _rules:
            raise ValueError(f"There is a rule already for {action} on {model}")
        self.model = model
        self.action = action
        self.term = term
        _rules[model, action] = self

    def __repr__(self) -> str:
        return f"<Rule {self.action} {self.model}>"

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        """Whether this person may do it with this row."""
        return self.term.allows(asking, row)

    def filter(self, rows: QuerySet[AnyModel], asking: Asking) -> QuerySet[AnyModel]:
        """The rows with which this person may do it."""
        return rows.filter(self.term.as_q(asking))

    def why(self, asking: Asking, row: ScopedRow) -> str:
        """The sentence for "pourquoi je vois ceci"; empty when the rule does not allow."""
        return self.term.why(asking, row) if self.allows(asking, row) else ""

    def require(self, asking: Asking, row: ScopedRow) -> None:
        """Go on only if allowed.

        Raises Unreadable (a 404) when the person may not even read the row, PermissionDenied (403)
        when they may read it but not do this.
        """
        if self.allows(asking, row):
            return
        read = _rules.get((self.model, "read"))
        if self.action == "read" or read is None or not read.allows(asking, row):
            raise Unreadable
        raise PermissionDenied(_("Vous pouvez lire ceci, mais pas le modifier."))


def rule_for(model: str, action: str) -> Rule:
    """The rule of one action on one model. Raises KeyError where there is none."""
    return _rules[model, action]


def rules() -> list[Rule]:
    """Every rule, in order of model and action."""
    return [_rules[key] for key in sorted(_rules)]

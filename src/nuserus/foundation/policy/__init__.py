"""Rules of access: small terms, combined; each app names one combination per model and action."""

from nuserus.foundation.policy.refusal import Unreadable
from nuserus.foundation.policy.rule import Rule, rule_for, rules
from nuserus.foundation.policy.term import ScopedRow, Term
from nuserus.foundation.policy.terms import (
    anyone,
    author,
    clearance_at_least,
    has_role,
    in_group,
    manages_institution,
    on_mission,
    public_level,
    readable,
    same_institution,
    signed_in,
)

__all__ = [
    "Rule",
    "ScopedRow",
    "Term",
    "Unreadable",
    "anyone",
    "author",
    "clearance_at_least",
    "has_role",
    "in_group",
    "manages_institution",
    "on_mission",
    "public_level",
    "readable",
    "rule_for",
    "rules",
    "same_institution",
    "signed_in",
]

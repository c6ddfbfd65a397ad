"""Accounts to try, shown on the sign-in page of a demonstration. An app above says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrialAccount:
    """An account that anybody may enter, and what it is good for."""

    email: str
    password: str
    purpose: str


_sources: list[Callable[[], list[TrialAccount]]] = []


def register_trial_accounts(source: Callable[[], list[TrialAccount]]) -> None:
    """Show the accounts that `source` gives. Only ever called on a demonstration."""
    if source not in _sources:
        _sources.append(source)


def trial_accounts() -> list[TrialAccount]:
    """The accounts to show; none on a real instance."""
    return [account for source in _sources for account in source()]

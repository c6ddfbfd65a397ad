"""The terms. Those that read say the same as the floor; a property test compares the two."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.foundation.policy.term import ScopedRow, Term, everything, nothing


class _RowTerm(Term):
    """A term made of a predicate, its query and its sentence."""

    def __init__(
        self,
        predicate: Callable[[Asking, ScopedRow], bool],
        query: Callable[[Asking], Q],
        sentence: str | Promise,
    ) -> None:
        self._predicate = predicate
        self._query = query
        self._sentence = sentence

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return self._predicate(asking, row)

    def as_q(self, asking: Asking) -> Q:
        return self._query(asking)

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return str(self._sentence)


def _person_term(holds: Callable[[Asking], bool], sentence: str | Promise) -> Term:
    """A term that looks at the person alone."""
    return _RowTerm(
        lambda asking, row: holds(asking),
        lambda asking: everything() if holds(asking) else nothing(),
        sentence,
    )


anyone = _person_term(lambda asking: True, _("C’est ouvert à tout le monde."))
signed_in = _person_term(lambda asking: asking.user_id is not None, _("Vous êtes connecté·e à nuserus."))


def _holds_role(asking: Asking, role: str) -> bool:
    return role in asking.roles


def has_role(role: str) -> Term:
    """The person holds this role."""
    sentence = _("Votre rôle sur nuserus vous y donne accès.")
    return _person_term(partial(_holds_role, role=role), sentence)


public_level = _RowTerm(
    lambda asking, row: row.scope_level == Level.PUBLIC,
    lambda asking: Q(scope_level=Level.PUBLIC),
    _("C’est public : tout le monde peut le lire."),
)

author = _RowTerm(
    lambda asking, row: asking.user_id is not None and row.scope_author == asking.user_id,
    lambda asking: Q(scope_author=asking.user_id) if asking.user_id else nothing(),
    _("Vous en êtes l’auteur ou l’autrice."),
)

_network = _RowTerm(
    lambda asking, row: row.scope_level == Level.NETWORK and asking.verified,
    lambda asking: Q(scope_level=Level.NETWORK) if asking.verified else nothing(),
    _("C’est partagé avec les professionnels vérifiés, et vous en êtes."),
)

same_institution = _RowTerm(
    lambda asking, row: row.scope_level == Level.INSTITUTION and row.scope_institution in asking.institutions,
    lambda asking: Q(scope_level=Level.INSTITUTION, scope_institution__in=asking.institutions),
    _("C’est réservé à votre établissement, et vous en êtes membre."),
)

manages_institution = _RowTerm(
    lambda asking, row: row.scope_institution in asking.managed,
    lambda asking: Q(scope_institution__in=asking.managed),
    _("Vous êtes référent ou référente de cet établissement."),
)

in_group = _RowTerm(
    lambda asking, row: row.scope_level == Level.GROUP and row.scope_group in asking.groups,
    lambda asking: Q(scope_level=Level.GROUP, scope_group__in=asking.groups),
    _("C’est réservé à un groupe de travail dont vous faites partie."),
)

on_mission = _RowTerm(
    lambda asking, row: row.scope_mission in asking.missions,
    lambda asking: Q(scope_mission__in=asking.missions),
    _("Vous êtes l’une des personnes nommées pour ce travail."),
)

readable = public_level | author | _network | same_institution | in_group | on_mission

_CLEARANCES: dict[Level, Callable[[Asking], bool]] = {
    Level.PUBLIC: lambda asking: True,
    Level.NETWORK: lambda asking: asking.verified,
    Level.INSTITUTION: lambda asking: bool(asking.institutions),
    Level.GROUP: lambda asking: bool(asking.groups),
    Level.RESTRICTED: lambda asking: bool(asking.missions),
}


def clearance_at_least(level: Level) -> Term:
    """The person stands somewhere at this level: verified, member of a place, of a group…"""
    return _person_term(_CLEARANCES[level], _("Votre compte est vérifié à ce niveau."))

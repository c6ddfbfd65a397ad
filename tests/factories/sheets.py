"""Published sheets, trials and evaluations for tests, written as the system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.versions import keep_version
from nuserus.practices.enums import Contribution, Outcome, SheetStatus
from nuserus.practices.models import AbsentSheet, Card, Contributor, Evaluation, Sheet, Trial
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

_numbers = count(1)
STEPS = ("Nous photographions le car.", "Chaque vendredi, l’enfant range les photos.")


def make_member(institution: Institution, *roles: str, name: str = "Nadia") -> Account:
    """An account that is a confirmed member of a place."""
    account = make_account(*roles, name=name)
    make_membership(account, institution)
    return account


def make_sheet(
    institution: Institution | None = None,
    author: Account | None = None,
    *,
    status: SheetStatus = SheetStatus.PUBLISHED,
    cards: Sequence[str] = STEPS,
    credit: str = "Nadia B.",
    origin: Sheet | None = None,
    indexed: bool = True,
    **fields: Any,
) -> Sheet:
    """A sheet, published and indexed unless said otherwise; with two cards and one credit."""
    institution = institution or make_institution()
    author = author or make_account()
    is_public = status == SheetStatus.PUBLISHED
    told = {
        "title": f"Photos pour le départ {next(_numbers)}",
        "simple_version": "Avec des photos, l’enfant sait ce qui vient après.",
        "devices": ["tablette"],
        "publics": ["enfants-autistes"],
        "version": 1 if is_public else 0,
        "published_at": timezone.now() if is_public else None,
        "licence_accepted_at": timezone.now(),
        **fields,
    }
    sheet = Sheet(institution=institution, author=author, status=status, adapted_from=origin, **told)
    sheet.family = origin.family if origin else sheet.pk
    sheet.scope_level = Level.PUBLIC if is_public else Level.RESTRICTED
    sheet.scope_author, sheet.scope_mission = author.pk, sheet.pk
    with as_system("test data"):
        sheet.save(force_insert=True)
        for place, text in enumerate(cards):
            Card.objects.create(sheet=sheet, position=place, text=text)
        if credit:
            Contributor.objects.create(sheet=sheet, account=author, name=credit, contribution=Contribution.WRITING)
        if is_public:
            keep_version(sheet, made_by=author.pk)
        if indexed:
            index_sheet(sheet)
    return sheet


def make_trial(
    sheet: Sheet,
    institution: Institution | None = None,
    author: Account | None = None,
    *,
    outcome: Outcome = Outcome.WORKED,
    **fields: Any,
) -> Trial:
    """A report about a sheet, from another place unless one is given."""
    author = author or make_account()
    with as_system("test data"):
        return Trial.objects.create(
            sheet=sheet,
            institution=institution or make_institution(),
            author=author,
            outcome=outcome,
            scope_level=sheet.scope_level,
            scope_author=author.pk,
            **fields,
        )


def make_evaluation(sheet: Sheet, author: Account | None = None) -> Evaluation:
    """A recorded evaluation of a sheet."""
    author = author or make_account()
    with as_system("test data"):
        return Evaluation.objects.create(
            sheet=sheet,
            by_whom="Une équipe de recherche",
            how="Observation de douze départs",
            on_whom="Cinq enfants d’un internat",
            result="Moins de pleurs au départ.",
            done_on=date(2026, 3, 2),
            recorded_by=author,
            scope_level=sheet.scope_level,
            scope_author=author.pk,
        )


def withdraw(sheet: Sheet) -> None:
    """A published sheet that its author took back, and the trace it leaves."""
    with as_system("test data"):
        Sheet.objects.filter(pk=sheet.pk).update(status=SheetStatus.WITHDRAWN, scope_level=Level.RESTRICTED)
        AbsentSheet.objects.create(
            pk=sheet.pk,
            kind="withdrawn",
            family=sheet.family,
            adapted_from=sheet.adapted_from_id,
            scope_level=Level.PUBLIC,
            scope_mission=sheet.pk,
            scope_author=sheet.scope_author,
        )

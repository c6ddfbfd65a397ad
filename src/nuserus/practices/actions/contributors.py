"""Who did what for a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from nuserus.people.models import Account
from nuserus.practices.enums import Contribution
from nuserus.practices.models import Contributor, Sheet


def put_contributors(sheet: Sheet, people: Sequence[tuple[str, str]]) -> None:
    """Make these (name, contribution) the credits of the sheet; the first is its author's own.

    Reviewers stay credited, and the author is never left out: without any name theirs stays as it is.
    """
    wanted = [pair for pair in dict.fromkeys(people) if pair[1] != Contribution.REVIEW]
    credits_now = sheet.contributors.exclude(contribution=Contribution.REVIEW)
    author = credits_now.filter(account=sheet.author_id).order_by("id").first()
    others = wanted
    if author is not None and wanted:
        others = wanted[1:]
    kept = set()
    for credit in credits_now:
        if author is not None and credit.pk == author.pk:
            continue
        if (credit.name, credit.contribution) in others:
            kept.add((credit.name, credit.contribution))
        else:
            credit.delete()
    if author is not None and wanted and (author.name, author.contribution) != wanted[0]:
        author.name, author.contribution = wanted[0]
        author.save(update_fields=["name", "contribution"])
    for name, kind in others:
        if (name, kind) not in kept:
            Contributor.objects.create(sheet=sheet, name=name, contribution=kind)


def credit_reviewer(sheet: Sheet, reviewer: Account) -> None:
    """Credit who read the sheet again, once."""
    Contributor.objects.get_or_create(
        sheet=sheet,
        name=reviewer.shown_name,
        contribution=Contribution.REVIEW,
        defaults={"account": reviewer},
    )

"""What people type, made plain and kept within bounds; and how many times a day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.plain import plain_line, plain_text

QUESTIONS_A_DAY = 10
ANSWERS_A_DAY = 60
COMMENTS_A_DAY = 60
REPORTS_A_DAY = 30
COLLECTIONS_A_DAY = 20
SHEETS_IN_A_COLLECTION = 60


def who(actor: Asking) -> UUID:
    """The account that acts. Raises PermissionDenied for a visitor."""
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour continuer."))
    return actor.user_id


def said_line(text: str, longest: int) -> str:
    """One line, not empty. Raises ValidationError."""
    return _within(plain_line(text), longest)


def said_text(text: str, longest: int, *, empty: bool = False) -> str:
    """A text, not empty unless it may be. Raises ValidationError."""
    said = plain_text(text)
    return said if empty and not said else _within(said, longest)


def _within(said: str, longest: int) -> str:
    if not said:
        raise ValidationError(_("Ce texte est vide. Écrivez une phrase, puis envoyez de nouveau."))
    if len(said) > longest:
        raise ValidationError(
            _("Ce texte fait %(length)d caractères, la limite est %(longest)d. Il est gardé : raccourcissez-le.")
            % {"length": len(said), "longest": longest}
        )
    return said


def refuse_too_many(own: QuerySet[Model], *, since: str, most: int) -> None:
    """Refuse the next one when `most` rows of `own` are of the last day by their column `since`.

    Raises ValidationError; what was typed stays in the page.
    """
    day = timezone.now() - timedelta(days=1)
    if own.filter(**{f"{since}__gt": day}).count() >= most:
        raise ValidationError(
            _("Vous en avez déjà envoyé %(most)d depuis hier. Votre texte est gardé ici : renvoyez-le demain.")
            % {"most": most}
        )

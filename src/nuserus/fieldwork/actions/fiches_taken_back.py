"""The fiche that an observation comes from follows it when somebody takes back their agreement."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from nuserus.consent.provenance import Withdrawn, reached
from nuserus.fieldwork.models import Observation
from nuserus.instruments.actions.covering import masked
from nuserus.instruments.actions.emptying import cover_words, empty, put_aside
from nuserus.instruments.models import Submission


def put_fiche_aside(observation: Observation) -> None:
    """Nobody works with it any more; it stays as it is."""
    fiche = _fiche(observation)
    if fiche is not None:
        put_aside(fiche, why=_why())


def erase_fiche(withdrawn: Withdrawn, observation: Observation) -> int:
    """It is emptied, and nothing comes back under its number; how many files left."""
    fiche = _fiche(observation)
    if fiche is None:
        return 0
    reached(withdrawn, fiche.pk)
    return empty(withdrawn, fiche, why=_why())


def mask_fiche(observation: Observation, words: list[str]) -> None:
    """The very words of the person are covered in a fiche that speaks of several."""
    fiche = _fiche(observation)
    if fiche is not None:
        cover_words(fiche, partial(masked, words=words))


def _fiche(observation: Observation) -> Submission | None:
    if observation.submission_id is None:
        return None
    return Submission.objects.select_for_update().filter(pk=observation.submission_id).first()


def _why() -> str:
    return _("Une personne qui était là s’est retirée. Personne ne s’en sert.")

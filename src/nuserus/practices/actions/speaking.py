"""Answering the telling aloud: which questions, and how a text gets into an answer."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nuserus.foundation.asking import Asking
from nuserus.notifications.actions import notify
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.actions.writing import TYPED
from nuserus.practices.enums.telling import ALL_QUESTIONS, MAX_CARDS
from nuserus.practices.models import Answer, Sheet
from nuserus.practices.queries.drafts import current_fields
from nuserus.practices.queries.writers import is_writer, readable_sheet
from nuserus.voice.registry import Target

KIND = "partager"
NOTICE = "voice.leaving"

# The questions of free text, and their fields; what was done has one for each step.
_FIELDS: dict[str, dict[str, Promise]] = {
    "intention": {"intention": gettext_lazy("Votre réponse")},
    "did": {f"text_{place}": gettext_lazy("Étape") for place in range(1, MAX_CARDS + 1)},
    "happened": {"happened": gettext_lazy("Votre réponse")},
    "watch_for": {"watch_for": gettext_lazy("Votre réponse")},
    "more": {
        "problem": gettext_lazy("La difficulté de départ"),
        "means": gettext_lazy("Le temps, les moyens, la formation"),
        "role_of_person": gettext_lazy("La place de la personne et de ses proches"),
        "limits": gettext_lazy("Ce qui a raté, surpris, été détourné"),
        "when_to_stop": gettext_lazy("Quand vaut-il mieux arrêter ?"),
        "elsewhere": gettext_lazy("Que faudrait-il changer ailleurs ?"),
    },
}


class SpokenTelling:
    """The questions of a sheet, for `voice.registry`: who writes the sheet may answer them aloud."""

    def may_speak(self, asking: Asking, about: UUID, question: str) -> bool:
        """Writers, while the sheet is open to writing. Raises Unreadable for a hidden or missing sheet."""
        sheet = readable_sheet(asking, about)
        return question in _FIELDS and is_writer(asking, sheet) and sheet.status in TYPED

    def address(self, about: UUID, question: str) -> str:
        return reverse("telling:question", args=[about, question])

    def title(self, asking: Asking, about: UUID, question: str) -> str:
        return str(ALL_QUESTIONS.get(question, ""))

    def targets(self, asking: Asking, about: UUID, question: str) -> list[Target]:
        """The fields of a question and what they hold; of the steps, those in use and the next."""
        sheet = readable_sheet(asking, about)
        fields = current_fields(sheet, question, _answer(sheet, question))
        targets = [
            Target(name, str(label), str(fields.get(name) or "")) for name, label in _FIELDS.get(question, {}).items()
        ]
        if question != "did":
            return targets
        used = sum(bool(target.text) for target in targets)
        return [
            Target(step.name, _("Étape %(place)s") % {"place": place}, step.text)
            for place, step in enumerate(targets[: used + 1], start=1)
        ]

    @transaction.atomic
    def add(self, asking: Asking, about: UUID, question: str, target: str, text: str) -> None:
        """Save the answer with the text after what is there, on the revision of this very moment."""
        # alone with the sheet, so that nobody saves between reading and adding
        sheet = Sheet.objects.select_for_update().filter(pk=about).first() or readable_sheet(asking, about)
        if not self.may_speak(asking, about, question):
            raise PermissionDenied(_("Vous ne pouvez pas répondre à cette question en ce moment."))
        offered = {one.name: one for one in self.targets(asking, about, question)}
        chosen = offered.get(target) or (next(iter(offered.values())) if len(offered) == 1 else None)
        if chosen is None:
            raise ValidationError(_("Dites où mettre ce texte. Il est gardé."))
        held = _answer(sheet, question)
        joined = f"{chosen.text}\n\n{text}" if chosen.text else text
        typed = Typed(question, {chosen.name: joined}, held.revision if held else 0)
        try:
            outcome = save_answer(actor=asking, sheet_id=about, typed=typed)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from refusal
        if isinstance(outcome, Conflict):
            raise ValidationError(_("Cette réponse vient de changer. Votre texte est gardé : envoyez-le de nouveau."))

    def warn(self, speaker: UUID, about: UUID, question: str, days_left: int) -> None:
        notify(
            kind=NOTICE,
            recipients=[speaker],
            about=about,
            address=f"{self.address(about, question)}#voix",
            details={"days": str(days_left)},
            actor=None,
        )


def leaving_sentence(details: Mapping[str, str]) -> str:
    """What the notice says."""
    days = int(details.get("days", "7"))
    return ngettext(
        "Un enregistrement de votre voix sera effacé dans %(days)s jour : relisez son texte avant.",
        "Un enregistrement de votre voix sera effacé dans %(days)s jours : relisez son texte avant.",
        days,
    ) % {"days": days}


def _answer(sheet: Sheet, question: str) -> Answer | None:
    return Answer.objects.filter(sheet=sheet, question=question).first()

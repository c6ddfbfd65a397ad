"""A page of the field journal."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.actions.journal import LONGEST
from nuserus.fieldwork.forms.observations import said_visit
from nuserus.fieldwork.forms.screened import ScreenedForm
from nuserus.fieldwork.models import JournalEntry, Visit
from nuserus.studies.models import Participant
from nuserus.ui.widgets import DayInput


class EntryForm(ScreenedForm):
    """Notes of one day."""

    day = forms.DateField(label=_("Jour"), widget=DayInput)
    text = forms.CharField(
        label=_("Vos notes"),
        help_text=_(
            "Ce que vous avez pensé, ressenti, compris. Vous seule ou vous seul les lisez. Sans nom, même ici."
        ),
        widget=forms.Textarea({"rows": 14}),
        max_length=LONGEST,
    )
    tags = forms.CharField(
        label=_("Étiquettes"),
        help_text=_("Séparées par des virgules : repas, tablette."),
        max_length=500,
        required=False,
    )
    visit = forms.ChoiceField(label=_("Une visite ?"), required=False)
    people = forms.MultipleChoiceField(
        label=_("Participants dont vous parlez"),
        help_text=_("S’ils retirent leur accord, cette page vous le dira."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, visits: list[Visit], people: list[Participant], **more: Any) -> None:
        super().__init__(*args, pseudonyms=[one.pseudonym for one in people], **more)
        self.visits = {str(one.pk): one for one in visits}
        choices = [("", _("aucune")), *((pk, said_visit(one)) for pk, one in self.visits.items())]
        cast("forms.ChoiceField", self.fields["visit"]).choices = choices
        named = cast("forms.MultipleChoiceField", self.fields["people"])
        named.choices = [(str(one.pk), f"{one} · {one.place}") for one in people]
        if not people:
            del self.fields["people"]
        self.fields["day"].initial = timezone.localdate
        self.order_fields([name for name in self.fields if name != "reread"])

    def words(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return {
            **{name: told[name] for name in ("day", "text", "tags")},
            "visit": self.visits.get(told.get("visit") or ""),
            "people": list(told.get("people") or []),
        }

    @staticmethod
    def initial_of(entry: JournalEntry) -> dict[str, Any]:
        """What the page says already."""
        return {
            "revision": entry.revision,
            "day": entry.day,
            "text": entry.text,
            "tags": ", ".join(entry.tags),
            "visit": str(entry.visit_id or ""),
            "people": [str(one.participant_id) for one in entry.mentions.all()],
        }

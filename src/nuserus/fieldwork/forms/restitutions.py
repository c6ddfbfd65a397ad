"""A restitution meeting, theme by theme."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.actions.giving_back import MOST_THEMES, SaidOf
from nuserus.fieldwork.enums import Stance
from nuserus.fieldwork.forms.screened import ScreenedForm
from nuserus.fieldwork.forms.visits import EventChoice
from nuserus.fieldwork.models import RestitutionMeeting
from nuserus.fieldwork.queries.visits import events_for
from nuserus.foundation.asking import Asking
from nuserus.studies.models import CalendarEvent, StudyPlace
from nuserus.ui.widgets import DayInput

BLANK_THEMES = 3


class RestitutionForm(ScreenedForm):
    """When, with whom by trade, and what was said of each theme."""

    held_on = forms.DateField(label=_("Tenue le"), widget=DayInput)
    trades = forms.CharField(
        label=_("Qui était là ?"),
        help_text=_("Les métiers ou les rôles, un par ligne. Jamais de nom."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )
    event = EventChoice(
        label=_("Date du calendrier de l’étude"), queryset=None, required=False, empty_label=_("aucune")
    )
    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("Ce que le groupe a demandé, proposé, voulu ajouter. Il lira cette page."),
        widget=forms.Textarea({"rows": 6}),
        max_length=10_000,
        required=False,
    )

    def __init__(self, *args: Any, asking: Asking, place: StudyPlace, told: int = 0, **more: Any) -> None:
        super().__init__(*args, **more)
        cast("forms.ModelChoiceField[CalendarEvent]", self.fields["event"]).queryset = events_for(asking, place)
        self.places = list(range(1, min(MOST_THEMES, told + BLANK_THEMES) + 1))
        for place_number in self.places:
            self.fields[f"theme_{place_number}_title"] = forms.CharField(
                label=gettext("Thème"), max_length=200, required=False
            )
            self.fields[f"theme_{place_number}_stance"] = forms.ChoiceField(
                label=gettext("Le groupe l’a"), choices=Stance, required=False
            )
            self.fields[f"theme_{place_number}_said"] = forms.CharField(
                label=gettext("Ce qui a été dit"),
                widget=forms.Textarea({"rows": 2}),
                max_length=3000,
                required=False,
            )
        self.order_fields([name for name in self.fields if name != "reread"])

    @property
    def themes(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The lines, each with its three answers."""
        return [
            (self[f"theme_{place}_title"], self[f"theme_{place}_stance"], self[f"theme_{place}_said"])
            for place in self.places
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for place in self.places:
            if told.get(f"theme_{place}_said") and not told.get(f"theme_{place}_title"):
                self.add_error(f"theme_{place}_title", gettext("Dites de quel thème il s’agit."))
        return told

    def said(self) -> list[SaidOf]:
        """The themes that have a title."""
        told = self.cleaned_data
        return [
            SaidOf(
                told[f"theme_{place}_title"],
                Stance(told[f"theme_{place}_stance"] or Stance.CONFIRMED),
                told[f"theme_{place}_said"],
            )
            for place in self.places
            if told[f"theme_{place}_title"]
        ]

    @staticmethod
    def initial_of(meeting: RestitutionMeeting) -> dict[str, Any]:
        """What the page says already."""
        told: dict[str, Any] = {
            "revision": meeting.revision,
            "held_on": meeting.held_on,
            "trades": "\n".join(meeting.trades),
            "event": meeting.event_id,
            "notes": meeting.notes,
        }
        for place, theme in enumerate(meeting.themes.all(), start=1):
            told |= {
                f"theme_{place}_title": theme.title,
                f"theme_{place}_stance": theme.stance,
                f"theme_{place}_said": theme.said,
            }
        return told

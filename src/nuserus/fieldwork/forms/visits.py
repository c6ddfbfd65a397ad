"""A visit, and why it does not take place."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.models import Visit
from nuserus.fieldwork.queries.places import team_of
from nuserus.fieldwork.queries.visits import events_for
from nuserus.foundation.asking import Asking
from nuserus.studies.forms.planning import HourInput
from nuserus.studies.models import CalendarEvent, StudyPlace
from nuserus.ui.dates import date_format
from nuserus.ui.widgets import DayInput


class EventChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A date of the calendar, told by its day and title."""

    def label_from_instance(self, event: CalendarEvent) -> str:
        return f"{date_format(timezone.localtime(event.starts_at), 'j F Y')} · {event.title}"


class VisitForm(forms.Form):
    """Where, when, who goes, for what."""

    day = forms.DateField(label=_("Jour"), widget=DayInput)
    begins = forms.TimeField(label=_("De"), widget=HourInput, initial=time(9))
    ends = forms.TimeField(label=_("À"), widget=HourInput, initial=time(17))
    last_day = forms.DateField(
        label=_("Dernier jour"), help_text=_("Si elle dure plusieurs jours."), widget=DayInput, required=False
    )
    where = forms.CharField(
        label=_("Où exactement ?"),
        help_text=_("L’atelier, la salle à manger, un service… Jamais la chambre de quelqu’un en particulier."),
        max_length=200,
        required=False,
    )
    visitors = forms.MultipleChoiceField(
        label=_("Qui y va ?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Dites qui y va.")}
    )
    aim = forms.CharField(
        label=_("Pour quoi ?"),
        help_text=_("Ce que vous venez regarder ou comprendre."),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
        required=False,
    )
    event = EventChoice(
        label=_("Date du calendrier de l’étude"),
        help_text=_("Si cette visite y est annoncée."),
        queryset=None,
        required=False,
        empty_label=_("aucune"),
    )

    def __init__(self, *args: Any, asking: Asking, place: StudyPlace, **more: Any) -> None:
        super().__init__(*args, **more)
        self.team = {str(one.pk): one for one in team_of(asking, place)}
        who = cast("forms.MultipleChoiceField", self.fields["visitors"])
        who.choices = [(pk, one.shown_name) for pk, one in self.team.items()]
        who.initial = [str(asking.user_id)] if str(asking.user_id) in self.team else []
        cast("forms.ModelChoiceField[CalendarEvent]", self.fields["event"]).queryset = events_for(asking, place)

    def words(self) -> dict[str, Any]:
        """What the action takes: moments in the time of the site."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ("where", "aim", "event")},
            "visitors": [self.team[pk] for pk in given["visitors"]],
            "starts_at": _moment(given["day"], given["begins"]),
            "ends_at": _moment(given["last_day"] or given["day"], given["ends"]),
        }

    @staticmethod
    def initial_of(visit: Visit) -> dict[str, Any]:
        """What the visit says already."""
        return {
            **_times(visit.starts_at, visit.ends_at),
            "where": visit.where,
            "aim": visit.aim,
            "event": visit.event_id,
            "visitors": [str(one.account_id) for one in visit.visitors.all()],
        }

    @staticmethod
    def initial_from(event: CalendarEvent) -> dict[str, Any]:
        """A visit that the calendar announces."""
        return {**_times(event.starts_at, event.ends_at), "where": event.where, "event": event.pk}


class CancelForm(forms.Form):
    """Why a visit does not take place."""

    reason = forms.CharField(
        label=_("Pourquoi ?"),
        help_text=_("En quelques mots, sans rien de la santé ou de la vie de quelqu’un."),
        max_length=300,
    )


def _times(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
    }


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))

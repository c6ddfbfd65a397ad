"""Steps, dates, decisions, cycles."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.asking import Asking
from nuserus.studies.enums import CycleMoment, EventKind, StepKind
from nuserus.studies.models import CalendarEvent, Decision, Step, Study
from nuserus.studies.queries.circles import circles_of, places_of
from nuserus.studies.queries.plan import decisions_of, steps_of
from nuserus.ui.widgets import DayInput


class HourInput(forms.TimeInput):
    """An hour, with the device's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"class": "nu-input--short"}, format="%H:%M")


class PhaseForm(forms.Form):
    """A phase."""

    name = forms.CharField(label=_("Nom de la phase"), max_length=200)
    aim = forms.CharField(label=_("Ce qu’elle vise"), max_length=500, required=False)


class StepForm(forms.Form):
    """A step."""

    name = forms.CharField(label=_("Nom de l’étape"), max_length=200)
    kind = forms.ChoiceField(label=_("Ce qu’on y fait"), choices=StepKind)
    days = forms.DecimalField(
        label=_("Nombre de jours"),
        help_text=_("En demi-journées : 0,5, 1, 1,5… Zéro si elle est comptée dans une autre étape."),
        min_value=Decimal(0),
        max_value=Decimal(250),
        decimal_places=1,
        localize=True,
        widget=forms.TextInput({"class": "nu-input--short", "inputmode": "decimal"}),
    )
    in_each_place = forms.BooleanField(label=_("Ces jours sont à compter dans chaque établissement"), required=False)
    produces = forms.CharField(
        label=_("Ce qu’elle donne"),
        help_text=_("Une chose par ligne : observations, restitution, fiche pratique…"),
        widget=forms.Textarea({"rows": 4}),
        max_length=1500,
        required=False,
    )
    starts_on = forms.DateField(label=_("Du"), widget=DayInput, required=False)
    ends_on = forms.DateField(label=_("Au"), widget=DayInput, required=False)

    @staticmethod
    def initial_of(step: Step) -> dict[str, Any]:
        """What the step says already."""
        names = ("name", "kind", "days", "in_each_place", "starts_on", "ends_on")
        return {name: getattr(step, name) for name in names} | {"produces": "\n".join(step.produces)}


class EventForm(forms.Form):
    """A date of the calendar."""

    kind = forms.ChoiceField(label=_("Pour quoi ?"), choices=EventKind, initial=EventKind.VISIT)
    title = forms.CharField(label=_("Titre"), help_text=_("Sans nom de personne accompagnée."), max_length=200)
    day = forms.DateField(label=_("Jour"), widget=DayInput)
    begins = forms.TimeField(label=_("De"), widget=HourInput, initial=time(9))
    ends = forms.TimeField(label=_("À"), widget=HourInput, initial=time(17))
    last_day = forms.DateField(
        label=_("Dernier jour"), help_text=_("Si cela dure plusieurs jours."), widget=DayInput, required=False
    )
    at_place: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Établissement"), queryset=None, required=False, empty_label=_("aucun")
    )
    where = forms.CharField(
        label=_("Où exactement ?"),
        help_text=_("Salle, adresse, ou lien de visioconférence."),
        max_length=200,
        required=False,
    )
    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Pour qui ?"), queryset=None, required=False, empty_label=_("toutes les personnes de l’étude")
    )
    step: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Étape"), queryset=None, required=False, empty_label=_("aucune")
    )
    notes = forms.CharField(label=_("À savoir"), widget=forms.Textarea({"rows": 3}), max_length=1000, required=False)

    def __init__(self, *args: Any, asking: Asking, study: Study, **more: Any) -> None:
        super().__init__(*args, **more)
        steps = Step.objects.filter(pk__in=[one.pk for one in steps_of(asking, study)]).select_related("phase")
        circles = [one.pk for one in circles_of(asking, study)]
        for name, rows in (
            ("at_place", places_of(asking, study)),
            ("group", study.circles.filter(pk__in=circles).select_related("place__institution")),
            ("step", steps.order_by("phase__position", "position")),
        ):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = rows

    def words(self) -> dict[str, Any]:
        """What the action takes: moments in the time of the site."""
        given = self.cleaned_data
        last = given["last_day"] or given["day"]
        return {
            **{name: given[name] for name in ("kind", "title", "where", "notes", "group", "step", "at_place")},
            "starts_at": _moment(given["day"], given["begins"]),
            "ends_at": _moment(last, given["ends"]),
        }

    @staticmethod
    def initial_of(event: CalendarEvent) -> dict[str, Any]:
        """What the date says already."""
        starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
        return {
            **{name: getattr(event, name) for name in ("kind", "title", "where", "notes")},
            **{name: getattr(event, f"{name}_id") for name in ("group", "step", "at_place")},
            "day": starts.date(),
            "begins": starts.time(),
            "ends": ends.time(),
            "last_day": ends.date() if ends.date() != starts.date() else None,
        }


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class DecisionForm(forms.Form):
    """A line of the log."""

    text = forms.CharField(label=_("Ce qui est décidé"), widget=forms.Textarea({"rows": 3}), max_length=1000)
    reason = forms.CharField(label=_("Pourquoi"), max_length=1000, required=False)
    taken_by = forms.CharField(
        label=_("Qui a décidé ?"),
        help_text=_("Un groupe plutôt qu’une personne : « le comité de pilotage »."),
        max_length=200,
        required=False,
    )
    decided_on = forms.DateField(label=_("Décidé le"), widget=DayInput)
    replaces: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Remplace une décision ?"), queryset=None, required=False, empty_label=_("non")
    )

    def __init__(self, *args: Any, asking: Asking, study: Study, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast("forms.ModelChoiceField[Any]", self.fields["replaces"])
        rows = decisions_of(asking, study)
        field.queryset = rows.exclude(
            pk__in=Decision.objects.filter(study=study).values("replaces").exclude(replaces=None)
        )
        self.fields["decided_on"].initial = timezone.localdate


class CycleForm(forms.Form):
    """One moment of one cycle."""

    cycle = forms.IntegerField(
        label=_("Cycle numéro"),
        min_value=1,
        max_value=99,
        widget=forms.NumberInput({"class": "nu-input--short", "inputmode": "numeric"}),
    )
    moment = forms.ChoiceField(label=_("Moment"), choices=CycleMoment, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Ce que vous notez"),
        help_text=_("Sans nom ni détail qui désigne quelqu’un."),
        widget=forms.Textarea({"rows": 5}),
        max_length=3000,
    )

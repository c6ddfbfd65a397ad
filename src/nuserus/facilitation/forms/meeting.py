"""Forms of slots, bookings, requests and codes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nuserus.facilitation.enums import Teller
from nuserus.ui.widgets import DayInput

QUARTERS = [time(hour, minute) for hour in range(7, 21) for minute in (0, 15, 30, 45)]
HOURS = [(f"{one:%H:%M}", format_lazy(_("{hour} h {minutes}"), hour=one.hour, minutes=f"{one:%M}")) for one in QUARTERS]


class SlotForm(forms.Form):
    """A day, a quarter of an hour, and how one talks."""

    day = forms.DateField(label=_("Quel jour ?"), widget=DayInput)
    hour = forms.ChoiceField(label=_("À quelle heure ?"), choices=HOURS, initial="14:00")
    how = forms.CharField(
        label=_("Comment se parle-t-on ?"),
        help_text=_("Par exemple : je vous appelle à votre travail, ou dans la salle de pause."),
        max_length=200,
    )

    def moment(self) -> datetime | None:
        """The hour chosen, in the time of the site; None when no day was."""
        if not self.cleaned_data.get("day"):
            return None
        chosen = time.fromisoformat(self.cleaned_data["hour"])
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], chosen))

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside what it is about."""
        refuse(self, refusal)


class AnswerCallForm(SlotForm):
    """A word, and a slot kept for that person if it fits."""

    words = forms.CharField(label=_("Votre mot"), widget=forms.Textarea({"rows": 3}), max_length=300)
    field_order = ("words", "day", "hour", "how")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].required = False
        self.fields["how"].required = False
        self.fields["day"].label = _("Un créneau gardé pour cette personne : quel jour ?")


class HowForm(forms.Form):
    """How to reach who books."""

    how = forms.CharField(
        label=_("Comment vous joindre ?"),
        help_text=_("Par exemple : « au standard, demandez l’unité 2 ». Lu seulement par la personne qui écrira."),
        max_length=200,
        required=False,
    )


class CancelForm(forms.Form):
    """A word for the other one."""

    words = forms.CharField(
        label=_("Un mot pour l’autre personne"),
        help_text=_("Par exemple : « Une urgence dans l’équipe. On se retrouve la semaine prochaine ? »"),
        widget=forms.Textarea({"rows": 3}),
        max_length=300,
        required=False,
    )


class CallForm(forms.Form):
    """When and how somebody wants to hear from a facilitator."""

    when = forms.CharField(
        label=_("Quand ?"), help_text=_("Par exemple : « le mardi matin », « après 20 heures »."), max_length=200
    )
    how = forms.CharField(
        label=_("Comment ?"),
        help_text=_(
            "Par exemple : « au standard de mon établissement ». "
            "Lu seulement par les personnes qui écrivent pour les autres."
        ),
        max_length=200,
    )


class CodeForm(forms.Form):
    """The six figures on the screen of the teller."""

    code = forms.CharField(
        label=_("Le code affiché sur l’écran de la personne"),
        help_text=_("Six chiffres."),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside the code."""
        refuse(self, refusal)


class WithoutAccountForm(forms.Form):
    """Who is there and has no account."""

    name = forms.CharField(
        label=_("Quel nom veut-elle montrer ?"),
        help_text=_("Un nom inventé, ou « une résidente ». Jamais le nom et le prénom d’une personne accompagnée."),
        max_length=80,
    )
    who = forms.ChoiceField(label=_("C’est :"), choices=Teller, widget=forms.RadioSelect, initial=Teller.PROFESSIONAL)

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside what it is about."""
        refuse(self, refusal)


def refuse(form: forms.Form, refusal: forms.ValidationError) -> None:
    """Put the messages of a refusal beside the fields they are about, else above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, messages in refusal.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)

"""The form of a reading by people concerned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.practices.actions.plain_reading import PlainReading
from nuserus.practices.enums.versions import PlainWay
from nuserus.practices.models.plain import MOST_READERS
from nuserus.ui.widgets import DayInput


class PlainReadingForm(forms.Form):
    """Who read, how many, how, when, and what it changed. `text` is what they read."""

    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    readers = forms.CharField(
        label=_("Qui a relu ?"),
        help_text=_("Un rôle ou un pseudonyme, jamais un nom : « des résidents d’un foyer », « un groupe de jeunes »."),
        max_length=200,
    )
    how_many = forms.IntegerField(
        label=_("Combien de personnes concernées ?"),
        help_text=_("Sans compter les professionnels."),
        min_value=1,
        max_value=MOST_READERS,
    )
    way = forms.ChoiceField(
        label=_("Comment ?"),
        choices=PlainWay,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez comment la relecture s’est passée.")},
    )
    done_on = forms.DateField(label=_("Quand ?"), widget=DayInput)
    what_changed = forms.CharField(
        label=_("Qu’ont-elles fait changer ?"),
        help_text=_("Facultatif. Cela aide les autres à écrire plus simplement."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est à venir. Donnez la date où la relecture a été faite."))
        return day

    def read_text(self) -> str:
        """The text that was read, as the page showed it."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def told(self) -> PlainReading:
        """What the action takes; only after the form was found valid."""
        said = self.cleaned_data
        return PlainReading(
            readers=said["readers"],
            how_many=said["how_many"],
            way=PlainWay(said["way"]),
            done_on=said["done_on"],
            what_changed=said["what_changed"],
        )

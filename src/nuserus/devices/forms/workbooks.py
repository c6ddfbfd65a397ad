"""Sending a workbook, and choosing the device to keep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.devices.forms.inventory import DeviceChoice
from nuserus.devices.models import Device
from nuserus.devices.queries import accepted_devices


class WorkbookForm(forms.Form):
    """One file; what it is made of is looked at where it is kept."""

    workbook = forms.FileField(
        label=_("Votre classeur rempli"),
        help_text=_("Un fichier XLSX de 2 Mo au plus. Rien ne change avant que vous ayez vu ce qui va changer."),
        error_messages={
            "required": _("Choisissez le classeur que vous avez rempli."),
            "empty": _("Le fichier est vide. Choisissez le classeur que vous avez rempli."),
        },
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )


class MergeForm(forms.Form):
    """Which device stays."""

    kept = DeviceChoice(
        label=_("Quel matériel garde-t-on ?"),
        queryset=Device.objects.none(),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez le matériel que l’on garde."),
            "invalid_choice": _("Ce matériel n’est plus au catalogue. Choisissez-en un autre."),
        },
    )

    def __init__(self, *args: Any, gone: Device, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = accepted_devices().exclude(pk=gone.pk).order_by("family__position", "name")
        self.fields["kept"].queryset = others  # type: ignore[attr-defined]

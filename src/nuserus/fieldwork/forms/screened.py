"""A word of warning before keeping, where a text may point at somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.devices.models import Device
from nuserus.fieldwork.forms.revised import RevisedForm
from nuserus.foundation.levels import Level
from nuserus_analysis.screening import Flag, known, screen

# Enough to see what is meant.
_SHOWN = 5


class ScreenedForm(RevisedForm):
    """Every text is read by the rules of screening; what may point at somebody is shown once, with other words for it.

    Who wrote decides: they change it, or tick that they read it over. Names of devices and pseudonyms are known.
    """

    reread = forms.BooleanField(
        label=gettext_lazy("J’ai relu : on ne peut reconnaître personne"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, pseudonyms: Iterable[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.pseudonyms = tuple(pseudonyms)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        typed = [name for name, field in self.fields.items() if isinstance(field, forms.CharField)]
        texts = [text for text in (str(told.get(name) or "") for name in typed) if text]
        flagged = [_said(text, flag) for text in texts for flag in self._flags(text)]
        if flagged:
            self.fields["reread"].widget = forms.CheckboxInput()
            if not told.get("reread"):
                self.add_error(None, _warning(flagged))
        return told

    def _flags(self, text: str) -> list[Flag]:
        if not hasattr(self, "_spared"):
            devices = Device.objects.filter(scope_level=Level.PUBLIC).values_list("name", flat=True)
            self._spared = known([*devices, *self.pseudonyms])
        return [flag for flag in screen(text, known=self._spared) if flag.kind.is_direct]


def _warning(flagged: list[str]) -> str:
    return _(
        "On pourrait reconnaître quelqu’un : %(found)s. Changez ces mots, ou cochez que vous avez relu. "
        "Ce que vous avez écrit est gardé dans cette page."
    ) % {"found": ", ".join(dict.fromkeys(flagged[:_SHOWN]))}


def _said(text: str, flag: Flag) -> str:
    words = flag.words(text)
    if flag.proposal.wording:
        return _("« %(words)s » (par exemple : « %(wording)s »)") % {
            "words": words,
            "wording": flag.proposal.wording,
        }
    return _("« %(words)s »") % {"words": words}

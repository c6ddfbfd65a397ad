"""A word of warning before sending, where a text may point at somebody."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.practices.queries.labels import labels
from nuserus_analysis.screening import Flag, known, screen

# Enough to see what is meant.
_SHOWN = 5


class ScreenedForm(forms.Form):
    """Texts named in `screened` are read by the rules; what may point at somebody is shown once.

    Who wrote decides: they change it, or tick that they read it over. No model of language here: the
    rules take a few milliseconds.
    """

    screened: ClassVar[tuple[str, ...]] = ("text",)
    reread = forms.BooleanField(
        label=gettext_lazy("J’ai relu : on ne peut reconnaître personne"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flagged: list[str] = []

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        spared = known(labels().device_names.values())
        for name in self.screened:
            text = str(told.get(name) or "")
            self.flagged += [_said(text, flag) for flag in screen(text, known=spared) if flag.kind.is_direct]
        if self.flagged:
            self.fields["reread"].widget = forms.CheckboxInput()
            if not told.get("reread"):
                self.add_error(None, self._warning())
        told.pop("reread", None)
        return told

    def _warning(self) -> str:
        found = ", ".join(self.flagged[:_SHOWN])
        return _(
            "On pourrait reconnaître quelqu’un : %(found)s. Changez ces mots, ou cochez que vous avez relu. "
            "Rien n’est encore envoyé."
        ) % {"found": found}


def _said(text: str, flag: Flag) -> str:
    words = flag.words(text)
    if flag.proposal.wording:
        return _("« %(words)s » (par exemple : « %(wording)s »)") % {
            "words": words,
            "wording": flag.proposal.wording,
        }
    return _("« %(words)s »") % {"words": words}

"""What to hear of by mail, a line per kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency
from nuserus.notifications.queries.preferences import Wishes
from nuserus.notifications.registry import notice_kinds

SOME = "some"


class PreferencesForm(forms.Form):
    """All or nothing, the digest, then each kind that some app declares."""

    mail = forms.ChoiceField(
        label=_("Recevoir des courriels"),
        choices=[(SOME, _("Oui, selon les choix ci-dessous")), (Frequency.NONE, _("Non, aucun courriel"))],
        widget=forms.RadioSelect,
    )
    digest = forms.ChoiceField(
        label=_("Le récapitulatif de la semaine"),
        help_text=_("Le lundi, en quelques lignes, s’il y a quelque chose à dire."),
        choices=[(Frequency.WEEKLY, _("chaque semaine")), (Frequency.NONE, _("jamais par courriel"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, wishes: Wishes) -> None:
        super().__init__(data)
        self.fields["mail"].initial = Frequency.NONE if wishes.silent else SOME
        self.fields["digest"].initial = wishes.chosen(DIGEST)
        self._kinds: dict[str, str] = {}
        for kind in notice_kinds():
            name = kind.key.replace(".", "_")
            self._kinds[name] = kind.key
            self.fields[name] = forms.ChoiceField(
                label=kind.label, choices=Frequency.choices, initial=wishes.chosen(kind.key)
            )

    @property
    def wanted(self) -> dict[str, Frequency]:
        """The answers, by kind; of a valid form."""
        data = self.cleaned_data
        everything = Frequency.NONE if data["mail"] == Frequency.NONE else Frequency.WEEKLY
        wanted = {EVERYTHING: everything, DIGEST: Frequency(data["digest"])}
        return wanted | {key: Frequency(data[name]) for name, key in self._kinds.items()}

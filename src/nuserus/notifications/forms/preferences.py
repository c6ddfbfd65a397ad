"""What to hear of by mail, a line per kind."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency
from nuserus.notifications.queries.preferences import Wishes
from nuserus.notifications.registry import notice_kinds_for

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
        choices=[(Frequency.WEEKLY, _("chaque semaine")), (Frequency.NONE, _("jamais"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, wishes: Wishes, roles: Collection[str]) -> None:
        super().__init__(data)
        self.fields["mail"].initial = Frequency.NONE if wishes.silent else SOME
        self.fields["digest"].initial = wishes.chosen(DIGEST)
        self._kinds: dict[str, str] = {}
        for kind in notice_kinds_for(roles):
            name = kind.key.replace(".", "_")
            self._kinds[name] = kind.key
            self.fields[name] = forms.ChoiceField(
                label=str(kind.label), choices=Frequency.choices, initial=wishes.chosen(kind.key)
            )

    @property
    def kinds(self) -> list[BoundField]:
        """The fields of the kinds, one each."""
        return [self[name] for name in self._kinds]

    @property
    def kinds_refused(self) -> bool:
        """Whether one of them has to be corrected, so that it is not left folded away."""
        return any(name in self.errors for name in self._kinds)

    @property
    def wanted(self) -> dict[str, Frequency]:
        """The answers, by kind; of a valid form."""
        data = self.cleaned_data
        everything = Frequency.NONE if data["mail"] == Frequency.NONE else Frequency.WEEKLY
        wanted = {EVERYTHING: everything, DIGEST: Frequency(data["digest"])}
        return wanted | {key: Frequency(data[name]) for name, key in self._kinds.items()}

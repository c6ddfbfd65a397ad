"""Opening a campaign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.community.models import Campaign
from nuserus.directory.models import Department, Operator
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.practices.queries.facets import facet_words
from nuserus.practices.queries.labels import labels
from nuserus.ui.widgets import DayInput


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Title, days, theme, goal, who organises. The counter is computed."""

    class Meta:
        model = Campaign
        fields = (
            "title", "words", "theme", "starts_on", "ends_on", "goal", "organised_by", "operator", "department",
        )  # fmt: skip
        help_texts = {
            "words": _("Ce que vous proposez, et pourquoi maintenant."),
            "goal": _("Un nombre qui donne envie : fiches racontées, essais et réponses ensemble."),
            "organised_by": _("Une fédération, un CREAI, un organisme, l’équipe de nuserus."),
            "operator": _("Pour ne compter que ses établissements."),
            "department": _("Pour ne compter que les lieux de ce département."),
        }
        widgets = {"starts_on": DayInput, "ends_on": DayInput, "words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = [("", _("Tous les sujets")), *facet_words("theme", labels()).items()]
        self.fields["theme"] = forms.ChoiceField(
            label=_("Sujet"),
            choices=themes,
            required=False,
            help_text=_("Les fiches de ce sujet rejoignent la campagne d’elles-mêmes."),
        )
        self.fields["operator"].queryset = Operator.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["department"].queryset = Department.objects.order_by("code")  # type: ignore[attr-defined]
        self.order_fields(self.Meta.fields)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for name in ("title", "organised_by"):
            told[name] = plain_line(told.get(name) or "")
        told["words"] = plain_text(told.get("words") or "")
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("La fin est avant le début. Changez l’une des deux dates."))
        if starts and ends and (ends - starts).days > 92:
            self.add_error("ends_on", _("Une campagne dure trois mois au plus : au-delà, on n’y pense plus."))
        return told

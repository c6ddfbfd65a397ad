"""Reporting, deciding, answering."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.community.enums import Reason, Step


class ReportForm(forms.Form):
    """Why somebody should look."""

    reason = forms.ChoiceField(
        label=_("Qu’est-ce qui vous gêne ?"),
        choices=Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui vous gêne.")},
    )
    words = forms.CharField(
        label=_("À quel endroit, et pourquoi ?"),
        help_text=_("En une phrase. Ne recopiez pas le nom de la personne."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """What a moderator decides about something visible, or hidden."""

    step = forms.ChoiceField(
        label=_("Votre décision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une décision.")},
    )
    reason = forms.ChoiceField(
        label=_("Si vous masquez : la raison, que l’auteur ou l’autrice lira"),
        choices=[("", _("Choisir")), *Reason.choices],
        required=False,
    )
    text = forms.CharField(
        label=_("Un mot pour l’auteur ou l’autrice"),
        help_text=_("Dites ce qui gêne, et ce qui permettrait de le montrer de nouveau."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, hidden: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = (
            [(Step.SHOWN.value, _("Montrer de nouveau")), (Step.KEPT.value, _("Laisser masqué"))]
            if hidden
            else [
                (Step.HIDDEN.value, _("Masquer : plus personne ne le lit, sauf qui l’a écrit")),
                (Step.LEFT.value, _("Laisser visible : rien ne gêne")),
            ]
        )
        self.fields["step"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        if hidden:
            del self.fields["reason"]


class ToModeratorsForm(forms.Form):
    """What an author says to the moderators."""

    text = forms.CharField(
        label=_("Votre réponse à la modération"),
        help_text=_("Ce que vous vouliez dire, ou ce que vous proposez de changer."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez votre réponse, même courte.")},
    )

"""A comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.community.forms.screened import ScreenedForm


class CommentForm(ScreenedForm):
    """Something to say about a sheet."""

    text = forms.CharField(
        label=_("Votre commentaire"),
        help_text=_("Une question, un merci, ce qui vous gêne : dites-le comme à une collègue. Ne nommez personne."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez votre commentaire, même court.")},
    )

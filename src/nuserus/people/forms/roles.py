"""Forms of the page of roles."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.people.enums import Role

# A referent is named in the directory, for one place.
GRANTABLE = [(role.value, role.label) for role in Role if role is not Role.REFERENT]


class FindAccountForm(forms.Form):
    """An account, by its whole address."""

    email = forms.EmailField(
        label=_("Adresse e-mail de la personne"),
        help_text=_("L’adresse entière. Chaque recherche est notée au journal."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class GrantRoleForm(forms.Form):
    """A role and why."""

    role = forms.ChoiceField(label=_("Rôle à donner"), choices=GRANTABLE)
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Une phrase, que la personne lira. Aucun nom de personne accompagnée."),
        max_length=200,
    )


class RevokeRoleForm(forms.Form):
    """Why a role is taken back."""

    reason = forms.CharField(label=_("Motif du retrait"), max_length=200)

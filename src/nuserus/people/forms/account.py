"""One's own account: what is shown, and closing it."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.people.enums import NameAfterClosing
from nuserus.people.forms.welcome import NAME_HINT, NAME_LABEL
from nuserus.people.models import Account, Trade
from nuserus.people.queries.trades import trade_choices


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg] # no generic at run time
    """Name, trade and language."""

    class Meta:
        model = Account
        fields = ("display_name", "trade", "language")
        labels = {
            "display_name": NAME_LABEL,
            "trade": _("Votre métier"),
            "language": _("Langue des pages"),
        }
        help_texts = {
            "display_name": NAME_HINT,
            "trade": _("Il aide vos pairs à comprendre d’où vous parlez. Vous pouvez ne pas répondre."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["display_name"].required = True
        cast("forms.ModelChoiceField[Trade]", self.fields["trade"]).choices = trade_choices(self.instance)


class CloseForm(forms.Form):
    """How to close the account."""

    name_after = forms.ChoiceField(
        label=_("Votre nom sur ce que vous avez partagé"),
        help_text=_("Les fiches publiées restent en ligne : d’autres s’en servent et les ont adaptées."),
        choices=NameAfterClosing,
        initial=NameAfterClosing.KEEP,
        widget=forms.RadioSelect,
    )
    understood = forms.BooleanField(
        label=_("J’ai compris : un compte fermé ne peut pas être rouvert"),
        error_messages={"required": _("Cochez la case pour fermer votre compte.")},
    )

"""Forms of the catalogue and of the inventories."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.devices.actions.record_deployment import DeploymentAnswers
from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Deployment, Device, DeviceFamily
from nuserus.devices.queries import devices_to_choose_from
from nuserus.directory.models import Institution, Public
from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.people.models import Trade
from nuserus.ui.widgets import Chips

# The level of a line, in the words of the place.
LEVELS = [
    (Level.PUBLIC, _("Tout le monde, même sans compte")),
    (Level.NETWORK, _("Les professionnels vérifiés des autres lieux")),
    (Level.INSTITUTION, _("Seulement les membres de notre lieu")),
]


class _ByFamily(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """Choices under the name of their family, in one query."""

    def __iter__(self) -> Any:
        yield ("", self.field.empty_label)
        for family, devices in groupby(self.queryset, key=lambda device: device.family):
            yield (family.label, [self.choice(device) for device in devices])


class DeviceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A device of the catalogue, grouped by family."""

    iterator = _ByFamily


class DeploymentForm(forms.Form):
    """One device of one place."""

    device = DeviceChoice(
        label=_("Quel matériel ?"),
        queryset=Device.objects.none(),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez un matériel dans la liste."),
            "invalid_choice": _("Ce matériel n’est plus dans la liste. Choisissez-en un autre."),
        },
    )
    own_name = forms.CharField(
        label=_("Comment l’appelez-vous chez vous ?"),
        help_text=_("Laissez vide si c’est le même nom."),
        max_length=120,
        required=False,
    )
    quantity = forms.IntegerField(
        label=_("Combien en avez-vous ?"),
        min_value=1,
        max_value=10_000,
        required=False,
        error_messages={
            "invalid": _("Écrivez un nombre entier, par exemple 4."),
            "min_value": _("Écrivez un nombre d’au moins 1, ou laissez vide."),
            "max_value": _("Ce nombre est trop grand. Écrivez 10 000 au plus."),
        },
        widget=forms.NumberInput(attrs={"class": "nu-input--short", "inputmode": "numeric"}),
    )
    stage = forms.ChoiceField(
        label=_("Où en êtes-vous ?"),
        choices=[*AppropriationStage.choices, ("", _("Je ne sais pas"))],
        required=False,
        widget=forms.RadioSelect,
    )
    used_by = forms.MultipleChoiceField(label=_("Qui s’en sert ?"), required=False, widget=Chips)
    used_by_others = forms.MultipleChoiceField(
        label=_("Autres métiers qui s’en servent"), required=False, widget=forms.CheckboxSelectMultiple
    )
    with_publics = forms.MultipleChoiceField(label=_("Avec qui ?"), required=False, widget=Chips)
    with_other_publics = forms.MultipleChoiceField(
        label=_("Autres personnes accompagnées"), required=False, widget=forms.CheckboxSelectMultiple
    )
    data_held = forms.CharField(
        label=_("Quelles informations garde-t-il ?"),
        help_text=_("Sur qui, où, combien de temps. Par exemple : des photos, sur la tablette, un mois."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cost = forms.CharField(
        label=_("Combien cela coûte-t-il ?"),
        help_text=_("En quelques mots : l’achat, l’abonnement, le temps."),
        max_length=200,
        required=False,
    )
    remarks = forms.CharField(
        label=_("Autre chose à dire ?"),
        help_text=_("N’écrivez jamais le nom d’une personne accompagnée."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scope_level = forms.ChoiceField(
        label=_("Qui peut lire cette ligne ?"),
        choices=LEVELS,
        initial=Level.INSTITUTION,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui peut lire cette ligne.")},
    )

    def __init__(
        self,
        *args: Any,
        asking: Asking,
        institution: Institution,
        deployment: Deployment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        devices = devices_to_choose_from(asking)
        if deployment is not None:
            devices = devices | Device.objects.filter(pk=deployment.device_id).select_related("family")
        self.fields["device"].queryset = devices  # type: ignore[attr-defined]
        kept = deployment or Deployment()
        self._offer(
            "used_by",
            "used_by_others",
            _labelled(Trade.objects.filter(retired=False)),
            near={trade.slug for trade in institution.trades.all()} | set(kept.used_by),
        )
        self._offer(
            "with_publics",
            "with_other_publics",
            _labelled(Public.objects.all()),
            near={public.slug for public in institution.publics.all()} | set(kept.with_publics),
        )

    def _offer(self, field: str, others: str, choices: list[tuple[str, str]], *, near: set[str]) -> None:
        """What the place has is offered first, the rest apart; everything first where it has nothing."""
        first = [choice for choice in choices if choice[0] in near] or choices
        rest = [choice for choice in choices if choice not in first]
        self.fields[field].choices = first  # type: ignore[attr-defined]
        self.fields[others].choices = rest  # type: ignore[attr-defined]

    def answers(self) -> DeploymentAnswers:
        """What was answered, once the form is valid."""
        given = dict(self.cleaned_data)
        used_by = (*given.pop("used_by"), *given.pop("used_by_others"))
        publics = (*given.pop("with_publics"), *given.pop("with_other_publics"))
        return DeploymentAnswers(used_by=used_by, with_publics=publics, **given)


def initial_answers(deployment: Deployment) -> dict[str, Any]:
    """What the form of a known deployment starts with."""
    names = DeploymentForm.base_fields.keys() - {"used_by_others", "with_other_publics"}
    return {name: getattr(deployment, name) for name in names}


class ProposeDeviceForm(forms.Form):
    """A device that the catalogue lacks."""

    name = forms.CharField(
        label=_("Comment s’appelle ce matériel ?"),
        help_text=_("Le nom que l’on trouverait sur la boîte ou sur l’écran."),
        max_length=120,
    )
    family = forms.ModelChoiceField(
        label=_("À quelle famille ressemble-t-il ?"),
        queryset=DeviceFamily.objects.none(),
        empty_label=_("Choisissez"),
        error_messages={"required": _("Choisissez la famille la plus proche.")},
    )
    description = forms.CharField(
        label=_("À quoi sert-il ?"),
        help_text=_("Une phrase ou deux, pour quelqu’un qui ne le connaît pas."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].queryset = DeviceFamily.objects.all()  # type: ignore[attr-defined]


class RefuseProposalForm(forms.Form):
    """Why a proposal is refused."""

    answer = forms.CharField(
        label=_("Pourquoi refuser, ou quel matériel choisir à la place ?"),
        max_length=500,
        error_messages={"required": _("Dites pourquoi : la personne qui propose lira votre réponse.")},
    )


def _labelled(rows: Iterable[Trade] | Iterable[Public]) -> list[tuple[str, str]]:
    return [(row.slug, row.label) for row in rows]

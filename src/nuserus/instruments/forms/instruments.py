"""Starting a questionnaire, adding a version, speaking of a question, naming who reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models import Institution
from nuserus.instruments.actions.instruments import Belonging
from nuserus.instruments.enums import InstrumentKind
from nuserus.instruments.standard.workbook import WEIGHT_LIMIT
from nuserus.people.models import Account
from nuserus.studies.models import Study

MODEL, OWN = "model", "own"
SPREADSHEETS = ".xlsx,.xls,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel"


def _workbook_field(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label=_("Votre classeur"),
        help_text=_(
            "Un classeur de questions au format XLSForm, celui de Kobo et d’ODK, en XLSX ou XLS, 2 Mo au plus."
        ),
        required=required,
        widget=forms.FileInput(attrs={"accept": SPREADSHEETS}),
        error_messages={
            "required": _("Choisissez le classeur sur votre appareil."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )


def read_upload(form: forms.Form) -> bytes:
    """The bytes of the workbook, one more than the limit at most: the refusal then says so."""
    upload = form.cleaned_data["workbook"]
    content: bytes = upload.read(WEIGHT_LIMIT + 1)
    return content


class StartForm(forms.Form):
    """Where it belongs, what it is, what it starts from."""

    where = forms.ChoiceField(
        label=_("Pour qui ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un lieu ou une étude.")},
    )
    kind = forms.ChoiceField(
        label=_("Qu’est-ce que c’est ?"),
        choices=InstrumentKind,
        initial=InstrumentKind.GRID,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Son titre"),
        max_length=120,
        error_messages={"required": _("Donnez un titre : il se lira dans la liste et sur l’appareil.")},
    )
    source = forms.ChoiceField(
        label=_("D’où partez-vous ?"),
        choices=[
            (MODEL, _("De la grille d’observation de nuserus, à adapter ensemble")),
            (OWN, _("De mon classeur (XLSForm)")),
        ],
        initial=MODEL,
        widget=forms.RadioSelect,
    )
    workbook = _workbook_field(required=False)

    def __init__(self, *args: Any, places: Iterable[Institution], studies: Iterable[Study], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owners: dict[str, Belonging] = {}
        choices = []
        for place in places:
            self._owners[f"lieu:{place.pk}"] = Belonging(institution=place)
            choices.append((f"lieu:{place.pk}", place.name))
        for study in studies:
            self._owners[f"etude:{study.pk}"] = Belonging(study=study)
            choices.append((f"etude:{study.pk}", study.title))
        where: Any = self.fields["where"]
        where.choices = choices
        if len(choices) == 1:
            self.initial.setdefault("where", choices[0][0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") == OWN and not cleaned.get("workbook") and "workbook" not in self.errors:
            self.add_error("workbook", _("Choisissez le classeur sur votre appareil."))
        return cleaned

    def belonging(self) -> Belonging:
        """The place or the study that was chosen."""
        return self._owners[self.cleaned_data["where"]]


class VersionForm(forms.Form):
    """A changed workbook."""

    workbook = _workbook_field(required=True)
    note = forms.CharField(
        label=_("Ce qui change, en une phrase"),
        max_length=300,
        required=False,
        help_text=_("Facultatif. Les différences se voient aussi, question par question."),
    )


class RemarkForm(forms.Form):
    """What somebody says of a question."""

    question = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Votre remarque"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wording = forms.CharField(
        label=_("Une autre formulation"),
        help_text=_("Écrivez la question comme vous la poseriez."),
        max_length=500,
        required=False,
    )


class ReaderForm(forms.Form):
    """Who will read the fiches besides."""

    reader = forms.ChoiceField(
        label=_("Nommer une personne"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une personne dans la liste.")},
    )

    def __init__(self, *args: Any, people: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reader"]
        field.choices = [(str(one.pk), one.shown_name) for one in people]

    def chosen(self) -> UUID:
        """The account that was chosen."""
        return UUID(self.cleaned_data["reader"])


class TabletForm(forms.Form):
    """A device that may send."""

    label = forms.CharField(
        label=_("Nom de l’appareil"),
        help_text=_("Par exemple : la tablette bleue du service."),
        max_length=60,
        error_messages={"required": _("Donnez un nom à l’appareil, pour le reconnaître dans la liste.")},
    )

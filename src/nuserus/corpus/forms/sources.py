"""Bringing a source in, describing it, saying who speaks, writing it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nuserus.corpus.actions.speakers import Who
from nuserus.corpus.enums import SourceKind
from nuserus.corpus.queries.reading import Name
from nuserus.corpus.readers.failing import MAX_BYTES
from nuserus.studies.models import Participant, StudyPlace
from nuserus.ui.widgets import DayInput

FILES = ".txt,.srt,.vtt,.docx,.odt,.html,.json,.Sonal,.csv,.tsv"
INTERVIEWER = "interviewer"


def refuse(form: forms.Form, refusal: forms.ValidationError, field: str | None = None) -> None:
    """Put what was refused beside its field, else above the form."""
    form.add_error(field, refusal)


class DescribeForm(forms.Form):
    """What a source is."""

    kind = forms.ChoiceField(
        label=_("Qu’est-ce que c’est ?"), choices=SourceKind, widget=forms.RadioSelect, initial=SourceKind.INTERVIEW
    )
    title = forms.CharField(
        label=_("Titre"),
        help_text=_("Sans nom de personne ni de lieu. Par exemple : « Entretien 3, une éducatrice »."),
        max_length=200,
    )
    reference = forms.CharField(
        label=_("Référence"),
        help_text=_(
            "Pour un écrit ou un film : qui l’a fait, quand, où le trouver. Le film lui-même n’est pas gardé ici."
        ),
        max_length=300,
        required=False,
    )
    collected_on = forms.DateField(label=_("Recueilli le"), widget=DayInput, required=False)
    minutes = forms.IntegerField(
        label=_("Durée, en minutes"),
        help_text=_("D’un entretien ou d’un film."),
        min_value=1,
        max_value=6000,
        required=False,
    )

    def described(self) -> dict[str, Any]:
        """What was answered, as the actions take it."""
        names = ("kind", "title", "reference", "collected_on", "minutes")
        return {name: self.cleaned_data[name] for name in names}


class AddForm(DescribeForm):
    """A new source: where it comes from, what it is, its text or a file."""

    place = forms.ChoiceField(
        label=_("De quel établissement ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un établissement de l’étude.")},
    )
    typed = forms.CharField(
        label=_("Le texte"),
        help_text=_(
            "Tapez-le ou collez-le. Une ligne qui commence par « NOM : » ouvre un tour de parole. "
            "Pour un film, écrivez ce qu’on y voit et ce qu’on y entend."
        ),
        widget=forms.Textarea({"rows": 12, "lang": "fr"}),
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=_("Ou un fichier"),
        help_text=_("TXT, SRT, VTT, DOCX, ODT, ou un export de noScribe, aTrain ou Sonal ; 25 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": FILES}),
        required=False,
        error_messages={"empty": _("Ce fichier est vide. Choisissez-en un autre.")},
    )
    field_order = ("place", "kind", "title", "typed", "file", "reference", "collected_on", "minutes")

    def __init__(self, *args: Any, places: Iterable[StudyPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.pk): place for place in places}
        field: Any = self.fields["place"]
        field.choices = [(key, str(place)) for key, place in self._places.items()]
        if len(self._places) == 1:
            self.initial.setdefault("place", next(iter(self._places)))
        self.fields["title"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, typed = cleaned.get("file"), (cleaned.get("typed") or "").strip()
        if file and typed:
            self.add_error("file", _("Donnez le texte ou un fichier, pas les deux."))
        elif not file and not typed and "file" not in self.errors and "typed" not in self.errors:
            self.add_error("typed", _("Tapez le texte, ou choisissez un fichier."))
        if not file and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Donnez un titre : il se lira dans la liste."))
        return cleaned

    def chosen_place(self) -> StudyPlace:
        """Where it comes from."""
        return self._places[self.cleaned_data["place"]]

    def content(self) -> bytes:
        """The bytes of the file, one more than the limit at most: the refusal then says so."""
        read: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return read


class SpeakersForm(forms.Form):
    """Who speaks under each name."""

    def __init__(self, *args: Any, names: Sequence[Name], people: Iterable[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = names
        choices = [("", str(_("Pas encore dit"))), (INTERVIEWER, str(_("La personne qui mène l’entretien")))]
        choices += [(str(one.pk), f"{one.pseudonym} ({one.get_role_display()})") for one in people]
        for rank, name in enumerate(names):
            said = ngettext("%(count)d tour", "%(count)d tours", name.turns) % {"count": name.turns}
            held = INTERVIEWER if name.interviewer else str(name.participant or "")
            self.fields[f"who_{rank}"] = forms.ChoiceField(
                label=name.speaker or _now("Sans nom"), help_text=said, choices=choices, initial=held, required=False
            )

    def who(self) -> dict[str, Who]:
        """Name → who it is."""
        told = {}
        for rank, name in enumerate(self._names):
            given = self.cleaned_data[f"who_{rank}"]
            told[name.speaker] = Who(interviewer=True) if given == INTERVIEWER else Who(UUID(given) if given else None)
        return told


class TurnForm(forms.Form):
    """Other words for one turn. `base` is the number of the version that was read."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    speaker = forms.CharField(label=_("Qui parle"), max_length=80, required=False)
    words = forms.CharField(
        label=_("Ce qui est dit"),
        help_text=_("Vide : le tour est retiré de la nouvelle version."),
        widget=forms.Textarea({"rows": 8, "lang": "fr"}),
        required=False,
    )


class TextForm(forms.Form):
    """The whole text again. `base` is the number of the version that was read."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    typed = forms.CharField(
        label=_("Le texte"),
        help_text=_("Une ligne qui commence par « NOM : » ouvre un tour. Qui parle et les heures sont gardés."),
        widget=forms.Textarea({"rows": 24, "lang": "fr"}),
        strip=False,
    )
    reason = forms.CharField(label=_("Pourquoi ce changement, en quelques mots"), max_length=200, required=False)

"""References."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nuserus.studies.enums import ReadingState, ReferenceKind
from nuserus.studies.models import Reference
from nuserus.studies.queries.citations import MAX_BYTES


class ReferenceForm(forms.Form):
    """A document that the study reads or cites."""

    kind = forms.ChoiceField(label=_("Genre"), choices=ReferenceKind)
    title = forms.CharField(label=_("Titre"), max_length=500)
    authors = forms.CharField(
        label=_("Auteurs et autrices"),
        help_text=_("Un nom par ligne : « Nom, Prénom »."),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        required=False,
    )
    year = forms.IntegerField(
        label=_("Année"),
        min_value=1400,
        max_value=2200,
        required=False,
        widget=forms.NumberInput({"class": "nu-input--short", "inputmode": "numeric"}),
    )
    container = forms.CharField(label=_("Revue ou ouvrage"), max_length=300, required=False)
    publisher = forms.CharField(label=_("Éditeur ou institution"), max_length=200, required=False)
    volume = forms.CharField(label=_("Volume"), max_length=40, required=False)
    number = forms.CharField(label=_("Numéro"), max_length=40, required=False)
    pages = forms.CharField(label=_("Pages"), max_length=40, required=False)
    doi = forms.CharField(label=_("DOI"), max_length=200, required=False)
    url = forms.URLField(label=_("Adresse"), max_length=500, required=False, assume_scheme="https")
    why = forms.CharField(label=_("Ce que nous en faisons"), max_length=500, required=False)
    state = forms.ChoiceField(label=_("Lecture"), choices=ReadingState)

    @staticmethod
    def initial_of(reference: Reference) -> dict[str, Any]:
        """What the reference says already."""
        return {name: getattr(reference, name) for name in ReferenceForm.base_fields}


class ImportForm(forms.Form):
    """A BibTeX or RIS file, or its text."""

    file = forms.FileField(label=_("Un fichier BibTeX (.bib) ou RIS (.ris)"), required=False)
    text = forms.CharField(
        label=_("Ou collez ici son contenu"), widget=forms.Textarea({"rows": 6}), max_length=1_000_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("text"):
            raise forms.ValidationError({"file": _("Choisissez un fichier, ou collez son contenu.")})
        return given

    def content(self) -> bytes:
        """What was given, of a file no more than one byte above what is read."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if file is not None:
            return bytes(file.read(MAX_BYTES + 1))
        return str(self.cleaned_data["text"]).encode()

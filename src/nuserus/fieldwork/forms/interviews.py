"""Forms of interviews and of their guides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.enums import InterviewKind, InterviewMode
from nuserus.fieldwork.models import Guide, GuideVersion
from nuserus.foundation.plain import plain_line
from nuserus.studies.models import Participant
from nuserus.ui.widgets import DayInput

LONGEST_GUIDE = 20_000


class InterviewForm(forms.Form):
    """When, where, how and with whom."""

    kind = forms.ChoiceField(label=_("Avec qui ?"), choices=InterviewKind, widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("Les personnes écoutées"),
        help_text=_("Celles qui participent à l’étude dans ce lieu, par leur pseudonyme."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mode = forms.ChoiceField(label=_("Comment ?"), choices=InterviewMode, widget=forms.RadioSelect)
    held_on = forms.DateField(label=_("Quel jour ?"), widget=DayInput)
    starts_at = forms.TimeField(label=_("À quelle heure ?"), widget=forms.TimeInput({"type": "time"}), required=False)
    where = forms.CharField(
        label=_("Où ?"),
        help_text=_("Une salle, un bureau ; pas l’adresse de quelqu’un."),
        max_length=200,
        required=False,
    )
    guide = forms.ChoiceField(label=_("Avec quel guide ?"), required=False)

    def __init__(self, *args: Any, people: list[Participant], guides: list[Guide], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields["people"]
        shown.choices = [(str(one.pk), f"{one.pseudonym} · {one.get_role_display()}") for one in people]
        self._versions = {str(version.pk): version for guide in guides for version in guide.versions.all()}
        asked: Any = self.fields["guide"]
        asked.choices = [
            ("", _("sans guide")),
            *((pk, f"{one.guide.title} · version {one.number}") for pk, one in self._versions.items()),
        ]

    def clean_guide(self) -> GuideVersion | None:
        """The version that was chosen."""
        return self._versions.get(self.cleaned_data["guide"])

    def said(self) -> dict[str, Any]:
        """What was answered, but for the people."""
        return {name: value for name, value in self.cleaned_data.items() if name != "people"}


class GuideForm(forms.Form):
    """A title, and themes with their questions as one writes them on paper."""

    title = forms.CharField(label=_("Titre du guide"), max_length=120)
    text = forms.CharField(
        label=_("Les thèmes et leurs questions"),
        help_text=_(
            "Une ligne pour le thème, puis une ligne par question. Laissez une ligne vide avant le thème suivant."
        ),
        widget=forms.Textarea({"rows": 16}),
        max_length=LONGEST_GUIDE,
    )
    note = forms.CharField(label=_("Ce qui change dans cette version"), max_length=300, required=False)

    def themes(self) -> list[dict[str, Any]]:
        """The themes as they are kept."""
        return themes_of(self.cleaned_data["text"])


def themes_of(text: str) -> list[dict[str, Any]]:
    """Paragraphs as themes: the first line names it, the others are its questions.

    >>> themes_of("Le quotidien\\nQue faites-vous le matin ?\\n\\nLes écrans\\n- Lesquels ?")[1]
    {'title': 'Les écrans', 'questions': ['Lesquels ?']}
    """
    themes = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [plain_line(line).lstrip("-•–* ").strip()[:500] for line in part.split("\n")]
        lines = [line for line in lines if line]
        if lines:
            themes.append({"title": lines[0][:200], "questions": lines[1:]})
    return themes


def text_of(themes: list[dict[str, Any]]) -> str:
    """The themes as one writes them; `themes_of` gives them back."""
    return "\n\n".join("\n".join([theme["title"], *theme["questions"]]) for theme in themes)

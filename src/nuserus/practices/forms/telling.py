"""The forms of the telling, one a question. They show and gather; the action decides what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums import ETHICS, ETHICS_KINDS, FACETS, QUESTIONS, Contribution, Evidence
from nuserus.practices.enums.telling import MAX_CARDS, MAX_CONTRIBUTORS
from nuserus.practices.queries.facets import way_with_digital
from nuserus.ui.widgets import Chips, Picture

Fields = dict[str, Any]
Choices = Sequence[tuple[str, str]]

# What a page sends beside its answers.
APART = frozenset(
    {"csrfmiddlewaretoken", "revision", "do", "q", "picture", "picture-clear"}
    | {"confirm", "licence", "institution", "anyway", "detail"}
)


def _question_word(question: str, name: str) -> str:
    return QUESTIONS[question][name]


_word_of = lazy(_question_word, str)
_ALT_QUESTION = _word_of("photo", "alt_question")
_ALT_HINT = _word_of("photo", "alt_hint")
_CONFIRM = _word_of("check", "confirm")


class Text(forms.CharField):
    """Any text: what can't be stored is taken out, and what is too long refused, by the action."""

    def __init__(self, *, rows: int = 0, limit: int = 0, **more: Any) -> None:
        attributes: dict[str, Any] = {"rows": rows} if rows else {}
        if limit and rows:
            # the page counts with it, and takes it off so that nothing pasted is cut
            attributes["maxlength"] = limit
        widget = forms.Textarea(attributes) if rows else forms.TextInput(attributes)
        super().__init__(**{"widget": widget, "required": False, "strip": False, **more})
        self.validators = []


class Several(forms.MultipleChoiceField):
    """Several slugs; the action knows the lists."""

    def __init__(self, *, choices: Choices = (), **more: Any) -> None:
        super().__init__(**{"choices": choices, "required": False, "widget": Chips(), **more})

    def valid_value(self, value: Any) -> bool:
        return True


class QuestionForm(forms.Form):
    """One question; `typed()` gives its answers in the shape that the action takes."""

    not_answers: ClassVar[frozenset[str]] = APART

    def typed(self) -> Fields:
        """The answers of a form that `is_valid()`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.not_answers}

    def unknown(self) -> list[str]:
        """Names that were sent and are not of this page."""
        return sorted(set(self.data) - set(self.fields) - APART)

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside the answer it is about, else above the form."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, messages in refusal.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_bound and self.unknown():
            raise forms.ValidationError(
                _("Cette page a reçu des réponses qu’elle ne connaît pas. Rien n’est enregistré : rouvrez la question.")
            )
        return cleaned


class PhotoForm(QuestionForm):
    """A photo, and what it shows."""

    # an empty file is refused by the intake, in the words of the others
    picture = forms.FileField(label=_("La photo"), required=False, allow_empty_file=True, widget=Picture())
    alternative = Text(label=_ALT_QUESTION, help_text=_ALT_HINT, rows=2, limit=300)


class DeviceForm(QuestionForm):
    """Devices: ticked, searched, or in one's own words."""

    devices = Several(label=_("Dispositifs"), widget=forms.CheckboxSelectMultiple())
    q = forms.CharField(label=_("Chercher dans le catalogue"), required=False, max_length=100)
    own_devices = Text(
        label=_("Ou avec vos mots"), help_text=_("Ce que vous utilisez et qui n’est pas dans la liste."), limit=200
    )


class PublicForm(QuestionForm):
    """For whom."""

    publics = Several(label=_("Ce sont surtout :"))


class IntentionForm(QuestionForm):
    """What was wanted."""

    intention = Text(label=_("Votre réponse"), rows=5, limit=4000)


class DidForm(QuestionForm):
    """What was done: five places for cards, of which the page shows those in use and the next."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for place in range(1, MAX_CARDS + 1):
            self.fields[f"text_{place}"] = Text(label=_("Étape %(place)s") % {"place": place}, rows=4, limit=2000)

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The five places: number, text field, and whether something is written there."""
        return [
            {
                "place": place,
                "text": self[f"text_{place}"],
                "filled": bool(self[f"text_{place}"].value()),
            }
            for place in range(1, MAX_CARDS + 1)
        ]


class HappenedForm(QuestionForm):
    """What happened."""

    happened = Text(label=_("Votre réponse"), rows=5, limit=4000)


class WatchForForm(QuestionForm):
    """What to watch for."""

    watch_for = Text(label=_("Votre réponse"), rows=5, limit=4000)


class SimpleForm(QuestionForm):
    """The simple version, in five lines."""

    simple_version = Text(
        label=_("Cinq lignes très simples"),
        help_text=_("Qui, avec quoi, pour quoi, ce qui se passe, ce qu’il faut savoir. Une phrase courte par ligne."),
        rows=7,
        limit=900,
    )


class FacetsForm(QuestionForm):
    """What the sheet is about: chips of the fixed vocabularies, and trades."""

    axes = Several(label=_("Ce que cela touche"))
    planes = Several(label=_("Qu’est-ce que cela change, et pour qui ?"))
    ways = Several(label=_("Accompagner…"))
    modalities = Several(label=_("Ensemble ou à distance ?"))
    themes = Several(label=_("Thèmes"))
    trades = Several(label=_("Quels métiers ?"))

    def __init__(self, *args: Any, trades: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        for name, facets in FACETS.items():
            self._offer(name, [(facet.slug, _labelled(name, facet.label)) for facet in facets.values()])
        self._offer("trades", trades)

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(choices)


def _labelled(name: str, label: str) -> str:
    return way_with_digital(label) if name == "ways" else label


class EthicsForm(QuestionForm):
    """Ethics and law: a text for each question; « nous ne savons pas » is an answer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for slug, item in ETHICS.items():
            self.fields[slug] = Text(label=item.question, help_text=item.help, rows=2, limit=1000)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The questions by kind, in the order of the list."""
        return [
            {"label": kind.label, "fields": [self[item.slug] for item in ETHICS.values() if item.kind == kind.slug]}
            for kind in ETHICS_KINDS.values()
        ]


class MoreForm(QuestionForm):
    """What else may help somebody elsewhere; words of a person have a card of their own, with their consent."""

    problem = Text(label=_("La difficulté de départ"), rows=3, limit=4000)
    means = Text(label=_("Le temps, les moyens, la formation"), rows=3, limit=2000)
    role_of_person = Text(label=_("La place de la personne et de ses proches"), rows=3, limit=2000)
    limits = Text(label=_("Ce qui a raté, surpris, été détourné"), rows=3, limit=4000)
    when_to_stop = Text(label=_("Quand vaut-il mieux arrêter ?"), rows=3, limit=2000)
    elsewhere = Text(label=_("Que faudrait-il changer ailleurs ?"), rows=3, limit=2000)
    evidence = forms.ChoiceField(
        label=_("Sur quoi repose ce que vous dites des effets ?"),
        choices=Evidence,
        required=False,
        widget=forms.RadioSelect(),
    )


class NamesForm(QuestionForm):
    """Who is credited, by the name they choose, and whether the place is named."""

    shows_institution = Several(
        label=_("Le nom du lieu"),
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Sans cela, on lit seulement le type de lieu et le département."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        places = self.fields["shows_institution"]
        if isinstance(places, forms.MultipleChoiceField):
            places.choices = [("on", str(_("Montrer le nom de l’établissement sur la fiche")))]
        told = [(kind.value, str(kind.label)) for kind in Contribution if kind != Contribution.REVIEW]
        for place in range(1, MAX_CONTRIBUTORS + 1):
            label = _("Votre nom, comme vous voulez le montrer") if place == 1 else _("Autre personne")
            self.fields[f"name_{place}"] = Text(label=label)
            self.fields[f"contribution_{place}"] = forms.ChoiceField(
                label=_("Ce qu’elle a fait") if place > 1 else _("Ce que vous avez fait"),
                choices=[("", "—"), *told],
                required=False,
            )

    @property
    def people(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines: a name and what they did."""
        return [(self[f"name_{place}"], self[f"contribution_{place}"]) for place in range(1, MAX_CONTRIBUTORS + 1)]

    @property
    def shown_people(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines in use, and one more."""
        used = sum(bool(name.value()) for name, _kind in self.people)
        return self.people[: max(used, 1) + 1]

    @property
    def other_people(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines after those."""
        return self.people[len(self.shown_people) :]


class CheckForm(QuestionForm):
    """The last screen: the title, saved like any answer, and what sending asks, which is not."""

    title = Text(
        label=_("Le titre"),
        help_text=_("Nous en proposons un. Changez-le si vous en avez un meilleur."),
        rows=2,
        limit=160,
    )
    confirm = forms.BooleanField(label=_CONFIRM, required=False)
    licence = forms.BooleanField(
        label=_("Je partage ma fiche sous licence CC BY-SA 4.0 : chacun peut la reprendre en disant d’où elle vient."),
        required=False,
    )
    institution = forms.ChoiceField(label=_("Pour quel établissement ?"), required=False, widget=forms.RadioSelect())

    def __init__(self, *args: Any, places: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        place = self.fields["institution"]
        if isinstance(place, forms.ChoiceField):
            place.choices = list(places)
        if len(places) < 2:
            del self.fields["institution"]

    def require_sending(self) -> bool:
        """Whether both boxes are ticked; says on each what lacks."""
        if not self.cleaned_data.get("confirm"):
            self.add_error("confirm", _("Relisez une dernière fois, puis cochez cette case."))
        if not self.cleaned_data.get("licence"):
            self.add_error("licence", _("Cochez cette case si vous êtes d’accord ; sinon, gardez votre brouillon."))
        return not self.errors


FORMS: dict[str, type[QuestionForm]] = {
    "photo": PhotoForm,
    "device": DeviceForm,
    "public": PublicForm,
    "intention": IntentionForm,
    "did": DidForm,
    "happened": HappenedForm,
    "watch_for": WatchForForm,
    "check": CheckForm,
    "simple": SimpleForm,
    "facets": FacetsForm,
    "ethics": EthicsForm,
    "more": MoreForm,
    "names": NamesForm,
}


def moved(data: QueryDict, do: str) -> QueryDict:
    """The form of the cards after "up_2", "down_1" or "remove_3"; the same data for anything else."""
    verb, _dash, place = do.partition("_")
    if verb not in {"up", "down", "remove"} or not place.isdigit():
        return data
    cards = [data.get(f"text_{rank}", "") for rank in range(1, MAX_CARDS + 1)]
    here = int(place) - 1
    there = here + {"up": -1, "down": 1, "remove": 0}[verb]
    if 0 <= here < MAX_CARDS and 0 <= there < MAX_CARDS:
        taken = cards.pop(here)
        cards.insert(there, taken if verb != "remove" else "")
    written = [text for text in cards if text.strip()]
    changed = data.copy()
    for rank in range(1, MAX_CARDS + 1):
        changed[f"text_{rank}"] = written[rank - 1] if rank <= len(written) else ""
    return changed

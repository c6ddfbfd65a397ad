"""An observation: fact, interpretation and the very words, apart."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.actions.observing import LONGEST, LONGEST_SAYING, MOST_SAYINGS, Written, fields_of
from nuserus.fieldwork.forms.screened import ScreenedForm
from nuserus.fieldwork.models import Observation, Visit
from nuserus.fieldwork.queries.places import Known
from nuserus.ui.dates import date_format
from nuserus.ui.widgets import DayInput

BLANK_SAYINGS = 2


class ObservationForm(ScreenedForm):
    """Three things that are not mixed. Who is there is chosen among those who agree."""

    day = forms.DateField(label=_("Jour"), widget=DayInput)
    where = forms.CharField(
        label=_("Où, à quel moment ?"),
        help_text=_("« L’atelier, un matin »."),
        max_length=200,
        required=False,
    )
    present = forms.MultipleChoiceField(
        label=_("Participants présents"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Cette personne n’est pas, ou plus, d’accord pour participer.")},
    )
    fact = forms.CharField(
        label=_("Les faits : qu’avez-vous vu et entendu ?"),
        help_text=_("Ce qu’une caméra aurait montré, sans explication. Des rôles ou des pseudonymes, jamais un nom."),
        widget=forms.Textarea({"rows": 7}),
        max_length=LONGEST,
        required=False,
    )
    interpretation = forms.CharField(
        label=_("L’interprétation : qu’en comprenez-vous ?"),
        help_text=_("Vos hypothèses, vos doutes. « Je me demande si… »"),
        widget=forms.Textarea({"rows": 5}),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, observation: Observation, known: list[Known], **more: Any) -> None:
        super().__init__(*args, pseudonyms=[one.participant.pseudonym for one in known], **more)
        there = {one.participant_id for one in observation.presences.all()}
        agreeing = [one for one in known if one.agrees]
        choices = [(str(one.participant.pk), _label(one)) for one in agreeing]
        still = [one for one in known if not one.agrees and one.participant.pk in there]
        present = cast("forms.MultipleChoiceField", self.fields["present"])
        present.choices = choices + [(str(one.participant.pk), _label(one)) for one in still]
        if not present.choices:
            del self.fields["present"]
        self.places = self._places(observation)
        speakers = [(str(one.participant.pk), str(one.participant)) for one in agreeing]
        names = {str(one.participant.pk): str(one.participant) for one in known}
        for position in self.places:
            who = str((self.initial or {}).get(f"saying_{position}_who", ""))
            own = [(who, names[who])] if who in names and who not in dict(speakers) else []
            self.fields[f"saying_{position}_text"] = forms.CharField(
                label=gettext("Mots exacts"),
                widget=forms.Textarea({"rows": 2}),
                max_length=LONGEST_SAYING,
                required=False,
            )
            self.fields[f"saying_{position}_who"] = forms.ChoiceField(
                label=gettext("Qui parle"),
                choices=[("", gettext("non précisé")), *speakers, *own],
                required=False,
            )
        # the tick that one read it over comes last
        self.order_fields([name for name in self.fields if name != "reread"])

    @staticmethod
    def _places(observation: Observation) -> list[int]:
        taken = [one.position for one in observation.sayings.all()]
        shown = [one.position for one in observation.sayings.all() if one.withheld_at is None]
        last = max(taken, default=0)
        blank = max(0, min(BLANK_SAYINGS, MOST_SAYINGS - len(taken)))
        return shown + list(range(last + 1, last + blank + 1))

    @property
    def sayings(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines of words, each with who speaks."""
        return [(self[f"saying_{place}_text"], self[f"saying_{place}_who"]) for place in self.places]

    def written(self) -> Written:
        """What the action takes."""
        told = self.cleaned_data
        return Written(
            day=told["day"],
            where=told["where"],
            fact=told["fact"],
            interpretation=told["interpretation"],
            present=list(told.get("present") or []),
            sayings={place: (told[f"saying_{place}_text"], told[f"saying_{place}_who"]) for place in self.places},
        )

    @staticmethod
    def initial_of(observation: Observation) -> dict[str, Any]:
        """What is kept already."""
        return {**fields_of(observation), "revision": observation.revision}


class TakeUpForm(forms.Form):
    """During which visit a fiche was filled in."""

    visit = forms.ChoiceField(label=_("Pendant quelle visite ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, visits: list[Visit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.visits = {str(one.pk): one for one in visits}
        field = cast("forms.ChoiceField", self.fields["visit"])
        field.choices = [(pk, said_visit(one)) for pk, one in self.visits.items()]
        field.initial = next(iter(self.visits), None)

    def visit_chosen(self) -> Visit:
        """The visit."""
        return self.visits[self.cleaned_data["visit"]]


def said_visit(visit: Visit) -> str:
    """A visit on one line."""
    day = date_format(timezone.localtime(visit.starts_at), "l j F Y, G \\h i")
    return f"{visit.place} · {day}" + (f" · {visit.where}" if visit.where else "")


def _label(one: Known) -> str:
    return f"{one.participant} · {one.participant.get_role_display()} · {one.said}"

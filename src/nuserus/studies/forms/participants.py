"""Participants, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.consent.actions.record import Mark
from nuserus.consent.enums import How, NoticeFormat, Purpose, State, Voice
from nuserus.consent.models import Consent
from nuserus.consent.models.signatures import LONGEST
from nuserus.studies.actions.participants import NO, YES, Sitting
from nuserus.studies.enums import ParticipantRole, Protection
from nuserus.studies.models import Participant
from nuserus.studies.queries.participants import Shown
from nuserus.ui.widgets import DayInput

LATER = "later"
LANGUAGES = (("fr", gettext_lazy("français")), ("en", gettext_lazy("anglais")))
_FORMATS = (NoticeFormat.WRITTEN, NoticeFormat.FALC, NoticeFormat.PICTOGRAMS, NoticeFormat.ORAL)
_HOWS = (How.PAPER, How.ORAL, How.ON_SCREEN)


class ParticipantForm(forms.Form):
    """Somebody who takes part: a pseudonym, who they are in the place, whether somebody answers beside them."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Pseudonyme"),
        help_text=gettext_lazy("Un mot inventé. Jamais le nom, le prénom, les initiales ni le numéro de chambre."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("C’est :"), choices=ParticipantRole, widget=forms.RadioSelect)
    protection = forms.ChoiceField(
        label=gettext_lazy("Une mesure de protection ?"),
        help_text=gettext_lazy(
            "Mineur·e, tutelle : sa représentante ou son représentant doit aussi dire oui. Curatelle : la personne "
            "répond seule, et peut se faire aider. Dans tous les cas, si la personne dit non, c’est non."
        ),
        choices=Protection,
        widget=forms.RadioSelect,
        initial=Protection.NONE,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Langue des notices"), choices=LANGUAGES, widget=forms.RadioSelect, initial="fr"
    )

    @staticmethod
    def initial_of(participant: Participant) -> dict[str, Any]:
        """What is written down already."""
        return {name: getattr(participant, name) for name in ("pseudonym", "role", "protection", "language")}


class AskForm(forms.Form):
    """Before asking: who answers, on which text, how. Sent with GET: it writes nothing."""

    voix = forms.ChoiceField(label=gettext_lazy("Qui répond ?"), choices=Voice, widget=forms.RadioSelect)
    texte = forms.ChoiceField(
        label=gettext_lazy("Sur quel texte ?"),
        help_text=gettext_lazy("Celui que la personne comprend le mieux. Vous pourrez en changer."),
        choices=[(one.value, one.label) for one in _FORMATS],
        widget=forms.RadioSelect,
    )
    langue = forms.ChoiceField(
        label=gettext_lazy("En quelle langue ?"),
        help_text=gettext_lazy("En anglais, le texte est écrit ; les autres formats sont en français."),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
    )
    comment = forms.ChoiceField(
        label=gettext_lazy("Comment la réponse est-elle donnée ?"),
        choices=[(one.value, one.label) for one in _HOWS],
        widget=forms.RadioSelect,
    )
    but = forms.MultipleChoiceField(
        label=gettext_lazy("Que demandez-vous ?"),
        help_text=gettext_lazy("Cochez ce dont vous avez besoin. Chaque réponse est notée à part."),
        choices=Purpose,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, participant: Participant, **more: Any) -> None:
        super().__init__(*args, **more)
        if not participant.is_protected:
            self.fields["voix"].widget = forms.HiddenInput()
            self.fields["voix"].initial = Voice.PERSON

    def clean(self) -> dict[str, Any]:
        """A text that exists: in English there is the written one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("langue") == "en" and cleaned.get("texte") not in (None, NoticeFormat.WRITTEN):
            cleaned["texte"] = NoticeFormat.WRITTEN.value
        return cleaned


class SittingForm(forms.Form):
    """The answers of one sitting: yes, no or not now for each purpose, and how they were given."""

    strokes = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    said_on = forms.DateField(
        label=gettext_lazy("Jour écrit sur le papier"),
        help_text=gettext_lazy("Le papier reste dans le lieu, sous clé. Il n’est pas demandé de le numériser."),
        widget=DayInput,
        required=False,
    )
    witness = forms.CharField(
        label=gettext_lazy("Qui était là ?"),
        help_text=gettext_lazy("Sa fonction, pas son nom : « une aide-soignante », « son frère »."),
        max_length=80,
        required=False,
    )
    typed = forms.CharField(
        label=gettext_lazy("Sans dessiner : écrivez « je confirme »"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "data-nu-signature-typed": ""}),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Une autre date de fin ?"),
        help_text=gettext_lazy("Laissez vide pour garder celle qui est écrite sous chaque question."),
        widget=DayInput,
        required=False,
    )

    def __init__(self, *args: Any, shown: Shown, purposes: list[Purpose], voice: Voice, how: How, **more: Any) -> None:
        super().__init__(*args, **more)
        self.how, self.voice, self.purposes = how, voice, purposes
        lines = {line.purpose: line for line in shown.lines}
        for purpose in purposes:
            line = lines[purpose]
            known = line.person if voice == Voice.PERSON else line.representative
            self.fields[f"answer_{purpose.value}"] = forms.ChoiceField(
                label=_("Réponse"), choices=_choices(known), widget=forms.RadioSelect, initial=LATER
            )
        if how != How.PAPER:
            del self.fields["said_on"]
        else:
            self.fields["said_on"].initial = timezone.localdate()
            self.fields["said_on"].required = True
        if how != How.ORAL:
            del self.fields["witness"]
        else:
            self.fields["witness"].required = True
        if how != How.ON_SCREEN:
            del self.fields["typed"]
            del self.fields["strokes"]

    def clean_typed(self) -> str:
        """« je confirme », in whatever letters, in French or in English."""
        said: str = self.cleaned_data["typed"].strip().strip('«»“”".\N{NO-BREAK SPACE} ').lower()
        if said and said not in {"je confirme", "i confirm"}:
            raise forms.ValidationError(_("Écrivez « je confirme », ou dessinez une croix dans le cadre."))
        return said

    def answers(self) -> Mapping[Purpose, str]:
        """What was answered, purpose by purpose."""
        given = {purpose: self.cleaned_data.get(f"answer_{purpose.value}", LATER) for purpose in self.purposes}
        return {purpose: answer for purpose, answer in given.items() if answer in (YES, NO)}

    def sitting(self, form: NoticeFormat, language: str) -> Sitting:
        """How it was said."""
        given = self.cleaned_data
        is_typed = bool(given.get("typed"))
        mark = Mark(given.get("strokes", ""), is_typed) if given.get("strokes") or is_typed else None
        return Sitting(
            voice=self.voice,
            form=form,
            language=language,
            how=self.how,
            witness=given.get("witness", ""),
            said_on=given.get("said_on"),
            ends_on=given.get("ends_on"),
            mark=mark,
        )


def _choices(known: Consent | None) -> list[tuple[str, str]]:
    if known is not None and known.state == State.GIVEN:
        return [
            (YES, _("oui, elle le redit")),
            (NO, _("non, elle reprend son accord")),
            (LATER, _("ne rien changer")),
        ]
    if known is not None and known.state in (State.REFUSED, State.WITHDRAWN):
        return [(YES, _("oui, maintenant")), (LATER, _("toujours non, ou pas maintenant"))]
    return [(YES, _("oui")), (NO, _("non")), (LATER, _("pas maintenant"))]

"""What the page of components shows: invented answers, for the eye and for the tests."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from nuserus.ui.widgets import ChipChoice, Chips, DayInput, Picture, Suggesting


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Titre de la fiche"), help_text=_("Comme vous le diriez à une collègue."))
    did = forms.CharField(
        label=_("Ce que vous avez fait"),
        help_text=_("Une à trois phrases suffisent."),
        widget=forms.Textarea({"rows": 4}),
        max_length=600,
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("Qu’est-ce que cela a donné ?"),
        help_text=_("Un essai qui rate aide autant qu’un essai qui marche."),
        choices=[("worked", _("A marché")), ("partly", _("En partie")), ("not_here", _("Pas chez nous"))],
        widget=forms.RadioSelect,
    )
    public = forms.MultipleChoiceField(
        label=_("Avec qui ?"),
        choices=[("children", _("Enfants")), ("adults", _("Adultes")), ("elders", _("Personnes âgées"))],
        widget=forms.CheckboxSelectMultiple,
    )
    devices = forms.MultipleChoiceField(
        label=_("Avec quoi ?"),
        choices=[("tablet", _("Tablette")), ("robot", _("Robot")), ("game", _("Jeu vidéo"))],
        widget=Chips,
        required=False,
    )
    modality = forms.ChoiceField(
        label=_("De près ou de loin ?"),
        choices=[("near", _("ensemble")), ("far", _("à distance")), ("both", _("les deux"))],
        widget=ChipChoice,
        required=False,
    )
    trade = forms.ChoiceField(
        label=_("Métier"), choices=[("", _("Choisir")), ("educator", _("Éducatrice")), ("nurse", _("Infirmier"))]
    )
    day = forms.DateField(label=_("Depuis quand ?"), widget=DayInput, required=False)
    town = forms.CharField(label=_("Ville"), widget=Suggesting("/annuaire/villes/"), required=False)
    password = forms.CharField(
        label=_("Mot de passe"), widget=forms.PasswordInput({"autocomplete": "current-password"}), required=False
    )
    picture = forms.FileField(
        label=_("Photo"), help_text=_("Pas de visage, pas de nom sur une porte."), widget=Picture, required=False
    )
    agreed = forms.BooleanField(
        label=_("J’ai relu : on ne peut reconnaître personne."), help_text=_("Sans ce contrôle, rien ne part.")
    )


def example_parts() -> dict[str, Any]:
    """Give one example of each component's data, keyed by the component's name."""
    return {
        "form": ExampleForm(auto_id="vide_%s"),
        "refused": ExampleForm({"title": "", "public": ["children"]}, auto_id="revoir_%s"),
        "chips": [{"label": label, "url": "#filtres"} for label in ("tablette", "enfants autistes", "IME", "essayé")],
        "facts": ["tablette", "enfants autistes", "IME"],
        "page": _page_of_many(),
        "dots": [
            {"label": "Photo", "url": "#avancement", "state": "passed"},
            {"label": "Matériel", "url": "#avancement", "state": "done"},
            {"label": "Pour qui", "url": "#avancement", "state": "here"},
            {"label": "Intention", "url": "#avancement", "state": "todo"},
            {"label": "Ce que vous avez fait", "url": "", "state": "todo"},
        ],
        "rows": [
            {"key": "Matériel", "value": "Tablette avec pictogrammes", "url": "#reponses"},
            {"key": "Pour qui", "value": "Adolescents qui parlent peu", "url": "#reponses"},
            {"key": "Ce que vous vouliez", "value": "", "url": "#reponses", "action": "Répondre"},
        ],
        "tree": _family_tree(),
        "steps": [
            {"title": "Choisir ensemble", "text": "Chacun prend deux chansons.\nPersonne ne choisit pour un autre."},
            {"title": "Écouter", "text": "Une chanson à la fois, volume bas."},
            {"text": "On note qui sourit, qui s’éloigne, et on en parle le lendemain."},
        ],
        "compared": [
            {
                "title": "Préparer",
                "theirs": "La veille, au calme.",
                "ours": "Juste avant le repas, à deux.",
                "change": "changed",
            },
            {"title": "Écouter", "theirs": "Vingt minutes.", "ours": "Vingt minutes.", "change": "same"},
            {"title": "Raconter aux proches", "theirs": "", "ours": "Un mot dans le cahier.", "change": "added"},
        ],
    }


def _page_of_many() -> Page[int]:
    return Paginator(range(180), 20).page(4)


def _family_tree() -> list[dict[str, Any]]:
    return [
        {
            "title": "La chorale du jeudi",
            "url": "#famille",
            "note": "EHPAD, Sarthe",
            "children": [
                {
                    "title": "La radio des chansons",
                    "note": "MAS, Sarthe · changé : le matériel",
                    "here": True,
                    "children": [
                        {"title": "Un concert au self", "url": "#famille", "note": "ESAT, Orne", "children": []},
                    ],
                },
                {"title": "Chanter à distance", "url": "#famille", "note": "EHPAD, Mayenne", "children": []},
            ],
        }
    ]

"""What an advice is, and the words of each rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name on the page, why in one plain sentence, and an example of better writing."""

    key: str
    title: str
    why: str
    example: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A place in a text and what could be plainer there; `instead` proposes words when there are any."""

    rule: Rule
    start: int
    end: int
    found: str
    instead: str = ""


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            "long",
            "Phrase longue",
            "Une phrase courte se lit d’un seul souffle : visez moins de quinze mots.",
            "« On montre la photo. L’enfant sait où il va. »",
        ),
        Rule(
            "ideas",
            "Plusieurs idées",
            "Une seule idée par phrase : on comprend la première avant de lire la suivante.",
            "« Le repas est prêt. On appuie sur le bouton. »",
        ),
        Rule(
            "line",
            "Plusieurs phrases sur une ligne",
            "Chaque phrase commence sur une nouvelle ligne : l’œil sait où reprendre.",
            "Une ligne : « On ouvre la boîte. » La ligne d’après : « On prend une image. »",
        ),
        Rule(
            "word",
            "Mot difficile",
            "Un mot de tous les jours est compris par plus de personnes.",
            "« aider » plutôt que « faciliter »",
        ),
        Rule(
            "english",
            "Mot étranger",
            "Un mot d’une autre langue se lit mal et se prononce mal : dites-le en français.",
            "« le dessin » plutôt que « le picto »",
        ),
        Rule(
            "acronym",
            "Sigle",
            "Un sigle ne veut rien dire à qui ne le connaît pas : écrivez les mots en entier.",
            "« la maison de retraite » plutôt que « l’EHPAD »",
        ),
        Rule(
            "abbreviation",
            "Abréviation",
            "Un mot coupé ne se lit pas à voix haute : écrivez-le en entier.",
            "« par exemple » plutôt que « ex. »",
        ),
        Rule(
            "double_negation",
            "Double négation",
            "Deux négations demandent un calcul : dites la chose à l’endroit.",
            "« C’est possible » plutôt que « Ce n’est pas impossible »",
        ),
        Rule(
            "only",
            "« Ne… que »",
            "« Ne… que » ressemble à une négation : « seulement » est plus clair.",
            "« Il mange seulement le soir » plutôt que « Il ne mange que le soir »",
        ),
        Rule(
            "passive",
            "Forme passive",
            "On comprend mieux quand on lit d’abord qui agit.",
            "« L’équipe choisit la photo » plutôt que « La photo est choisie par l’équipe »",
        ),
        Rule(
            "conditional",
            "Conditionnel",
            "Le conditionnel laisse dans le doute : le présent dit ce qui se fait.",
            "« On peut » plutôt que « On pourrait »",
        ),
        Rule(
            "pronoun",
            "De qui parle-t-on ?",
            "Le nom est loin : répétez-le, on n’a pas à chercher de qui on parle.",
            "« La tablette sonne » plutôt que « Elle sonne »",
        ),
        Rule(
            "number_word",
            "Nombre en lettres",
            "Un chiffre se reconnaît plus vite qu’un nombre écrit en lettres.",
            "« 3 photos » plutôt que « trois photos »",
        ),
        Rule(
            "large_number",
            "Grand nombre",
            "Un grand nombre ne dit rien : « beaucoup » ou une comparaison parle mieux.",
            "« beaucoup de personnes » plutôt que « 12 450 personnes »",
        ),
        Rule(
            "percentage",
            "Pourcentage",
            "Un pourcentage demande un calcul : donnez un ordre de grandeur.",
            "« presque la moitié » plutôt que « 48 % »",
        ),
        Rule(
            "roman",
            "Chiffres romains",
            "Peu de personnes lisent les chiffres romains : écrivez des chiffres ordinaires.",
            "« chapitre 4 » plutôt que « chapitre IV »",
        ),
        Rule(
            "date",
            "Date en chiffres",
            "Une date se lit mieux avec le nom du mois.",
            "« 3 mars 2026 » plutôt que « 03/03/2026 »",
        ),
        Rule(
            "sign",
            "Signe difficile",
            "Parenthèses, points-virgules et barres coupent la lecture : faites une autre phrase.",
            "« Le matin, on regarde le planning. » sans rien entre parenthèses",
        ),
        Rule(
            "capitals",
            "Mot en majuscules",
            "La forme d’un mot en minuscules aide à le reconnaître.",
            "« important » plutôt que « IMPORTANT »",
        ),
        Rule(
            "lines",
            "Plus de cinq lignes",
            "Cinq lignes se retiennent : gardez l’essentiel, le reste est dans la fiche.",
            "Qui, avec quoi, comment, ce que cela change, à quoi faire attention.",
        ),
        Rule(
            "picture",
            "Une image aide",
            "Une image par idée aide ceux qui lisent peu.",
            "Une photo de la boîte, à côté de « On ouvre la boîte. »",
        ),
    )
}

"""What the converter refuses, in French, with the sheet and the row that it names."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyxform.errors import ErrorCode

from nuserus.instruments.standard.problems import Problem

_WHERE = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet")

_WORDS: dict[str, str | Promise] = {
    "HEADER_002": gettext_lazy("deux colonnes disent la même chose : « %(other)s » et « %(header)s »."),
    "HEADER_003": gettext_lazy("il manque une colonne : %(missing)s."),
    "HEADER_004": gettext_lazy("un titre de colonne est vide ou contient un espace."),
    "LABEL_001": gettext_lazy("ce choix n’a pas de texte : remplissez « label »."),
    "NAMES_001": gettext_lazy("deux questions du même groupe s’appellent « %(value)s »."),
    "NAMES_003": gettext_lazy("une répétition ne peut pas s’appeler « %(value)s »."),
    "NAMES_004": gettext_lazy("deux répétitions s’appellent « %(value)s »."),
    "NAMES_005": gettext_lazy("le nom « meta » est réservé."),
    "NAMES_006": gettext_lazy("ce choix n’a pas de nom : remplissez « name »."),
    "NAMES_007": gettext_lazy("ce nom est déjà pris par un autre choix de la même liste."),
    "NAMES_008": gettext_lazy(
        "le contenu de « %(column)s » ne convient pas : une lettre d’abord, puis des lettres, des chiffres ou _."
    ),
    "NAMES_009": gettext_lazy("« %(name)s » ne convient pas : une lettre d’abord, puis des lettres ou des chiffres."),
    "NAMES_013": gettext_lazy("la feuille « %(sheet)s » est cherchée ; celles-ci lui ressemblent : %(candidates)s."),
    "PYREF_001": gettext_lazy("dans « %(column)s », un renvoi s’écrit ${nom_de_la_question}."),
    "PYREF_002": gettext_lazy("dans « %(column)s », séparez les renvois par des virgules."),
    "PYREF_003": gettext_lazy("dans « %(column)s », « %(q)s » ne renvoie à aucune question."),
    "PYREF_004": gettext_lazy("dans « %(column)s », « %(q)s » renvoie à plusieurs questions du même nom."),
    "RANGE_001": gettext_lazy("dans « parameters », « %(name)s » doit être un nombre."),
    "RANGE_002": gettext_lazy("dans « parameters », « %(name)s » ne peut pas valoir zéro."),
    "RANGE_003": gettext_lazy("dans « parameters », « %(name)s » dépasse l’écart entre le début et la fin."),
    "SURVEY_001": gettext_lazy("cette ligne ferme un groupe ou une répétition qui n’est pas ouvert."),
    "SURVEY_002": gettext_lazy("ce groupe ou cette répétition n’est jamais fermé."),
    "SURVEY_004": gettext_lazy("« parameters » s’écrit comme ceci : start=0 end=10 step=1."),
    "SURVEY_005": gettext_lazy("« parameters » ne connaît pas : %(rejected)s."),
}


def in_french(said: str) -> Problem:
    """What the converter said, as a problem in words; what we do not know is quoted after a word of ours."""
    row = _WHERE.search(said)
    sheet = _SHEET.search(said)
    number = int(row.group(1)) if row else 0
    where = sheet.group(1) if sheet else ("survey" if row else "")
    for code, pattern in _patterns().items():
        found = pattern.search(said)
        if found and code in _WORDS:
            return Problem(str(_WORDS[code]) % found.groupdict(default=""), where, number)
    quoted = _WHERE.sub("", said).split("Learn more")[0].strip()
    return Problem(
        _("le convertisseur le refuse et dit (en anglais) : %(said)s") % {"said": quoted[:400]}, where, number
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The converter's messages, as patterns that give back what they name."""
    return {code.name: re.compile(_pattern(code.value.msg), re.DOTALL) for code in ErrorCode if code.name in _WORDS}


def _pattern(message: str) -> str:
    written, named = "", set[str]()
    for literal, name, _spec, _conversion in Formatter().parse(message):
        written += re.escape(literal)
        if name:
            written += f"(?P={name})" if name in named else f"(?P<{name}>.*?)"
            named.add(name)
    return written + ("" if written.endswith(re.escape(".")) else r"\Z")

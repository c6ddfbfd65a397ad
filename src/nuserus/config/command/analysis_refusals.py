"""Why a corpus can't be read or compared, in one sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from nuserus_analysis.corpus import UnreadableCorpus
    from nuserus_analysis.report import NothingToCompare


def unreadable(error: UnreadableCorpus) -> Refusal:
    """The refusal of a file."""
    sentences = {
        "missing": _("%(file)s n’existe pas."),
        "empty": _("Le corpus est vide : aucun texte dans %(file)s."),
        "too large": _("%(file)s dépasse %(detail)s Mo et n’a pas été lu : partagez-le en plusieurs."),
        "binary": _(
            "%(file)s n’est pas un texte. Donnez un fichier TXT, CSV, DOCX ou ODT, avec la fin de nom qui convient."
        ),
        "undecodable": _(
            "%(file)s n’est pas en UTF-8 (position %(detail)s) : "
            "enregistrez-le en UTF-8, ou dites son codage, par exemple --encoding windows-1252."
        ),
        "unknown kind": _("%(file)s n’est pas d’un type connu (%(detail)s)."),
        "damaged": _("%(file)s est abîmé, protégé par un mot de passe, ou n’est pas ce que dit son nom."),
        "swelling": _("%(file)s grossit trop une fois ouvert : il n’a pas été lu. Enregistrez-le en texte."),
        "no column": _("%(file)s n’a pas cette colonne. Ses colonnes : %(detail)s."),
        "no header": _("%(file)s ne commence pas par une ligne de quatre étoiles (format IRaMuTeQ)."),
        "unreadable": _("%(file)s ne peut pas être lu : %(detail)s."),
        "too many": _("%(file)s a trop de textes (%(detail)s au plus)."),
    }
    return Refusal(sentences[error.problem] % {"file": error.file, "detail": error.detail})


def nothing_to_compare(error: NothingToCompare) -> Refusal:
    """The refusal of a corpus that says too little."""
    sentences = {
        "no word": _("Le corpus n’a pas un mot : il n’y a rien à comparer."),
        "one short document": _(
            "Il n’y a qu’un document, et il est court (segments : %(found)d) : "
            "il en faut plusieurs, ou un long, pour comparer des façons de parler."
        ),
        "few segments": _("Le corpus est trop court (%(found)d segments) : il en faut dix au moins."),
        "only grammar": _(
            "Le corpus n’a presque que des mots-outils (le, de, et…) : aucun mot plein n’y revient assez."
        ),
        "no division": _("Les segments se ressemblent trop, ou pas du tout : aucune classe ne s’en dégage."),
    }
    return Refusal(sentences[error.reason] % {"found": error.found})

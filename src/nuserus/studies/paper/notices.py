"""Notices of a study, to print, to read and to sign: the paper stays in the place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from nuserus.consent.models import NoticeVersion
from nuserus.studies.queries.notices import Around
from nuserus.ui.printable import printable
from nuserus.ui.typesetting import pictogram_drawing, typeset

_TEMPLATE = {"notices.typ": Path(__file__).parent / "notices.typ"}


def notices_pdf(around: Around, versions: Sequence[NoticeVersion], *, represented: bool, day: datetime) -> bytes:
    """One page or more for each notice, then the answer to tick and sign. Raises nuserus.ui.typesetting.Unset.

    What the study says of itself (legal basis, who answers, how long) stands apart from the text that asks.
    """
    language = versions[0].language if versions else "fr"
    printed_on = localtime(day)
    study = around.study
    drawings = sorted({drawing for version in versions for drawing, _sentence in version.pictures})
    with override(language):
        data = {
            "language": language,
            "title": printable(study.title),
            "kind": _("Notice et accord"),
            "notes": [_("Exemple fictif : cette étude et ce lieu sont inventés.")] if study.is_fictitious else [],
            "day": [printed_on.year, printed_on.month, printed_on.day],
            "foot": printable(f"{study.title} · {around.place}"),
            "study": printable(_("Étude : %(title)s") % {"title": study.title}),
            "place": printable(_("Lieu : %(place)s") % {"place": around.place}),
            "purpose": printable(study.purpose),
            "notices": [_notice(version) for version in versions],
            "large": any(version.format in ("falc", "pictograms") for version in versions),
            "apart_title": _("Ce que dit la loi, à part de votre accord"),
            "apart": [printable(line) for line in around.apart],
            "answer": _answer(represented=represented),
        }
        files = {f"{name}.svg": pictogram_drawing(name) for name in drawings}
        return typeset(_TEMPLATE, "notices.typ", data, day=day, files=files)


def _notice(version: NoticeVersion) -> dict[str, Any]:
    return {
        "title": printable(version.title),
        "paragraphs": [] if version.pictures else [printable(part) for part in version.paragraphs],
        "pictures": [[f"{drawing}.svg", printable(sentence)] for drawing, sentence in version.pictures],
        "number": _("%(format)s · texte n° %(number)d · empreinte %(hash)s")
        % {"format": version.format_word, "number": version.number, "hash": version.text_sha256[:12]},
    }


def _answer(*, represented: bool) -> dict[str, Any]:
    return {
        "question": _("Ma réponse"),
        "boxes": [_("oui"), _("non"), _("pas maintenant")],
        "until": _("Mon accord est valable jusqu’au :"),
        "mine": _("La personne : une signature, une croix ou un trait"),
        "day": _("Le :"),
        "pseudonym": _("Nom inventé (à remplir par l’équipe) :"),
        "other": _("Sa représentante ou son représentant (répond aussi, jamais à sa place)") if represented else "",
        "stays": _("Cette feuille reste dans le lieu, sous clé. Si la personne dit non, c’est non."),
    }

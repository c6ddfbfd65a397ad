"""A sheet as the templates of paper read it: strings and numbers, nothing that is still to be decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import LadderStep, SheetStatus
from nuserus.practices.models import Card, Picture, Sheet
from nuserus.practices.queries.credits import credit_lines
from nuserus.practices.queries.facets import in_a_sentence
from nuserus.practices.queries.freshness import freshness_of
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.ladder import ladder_step, tells_what_happened
from nuserus.practices.queries.lineage import Kin
from nuserus.practices.queries.plain import plain_review_of
from nuserus.practices.queries.sections import evidence_words
from nuserus.practices.queries.sheets import (
    cards_of,
    contributors_of,
    evaluations_of,
    family_of,
    place_of,
    trials_of,
)
from nuserus.practices.queries.trials import outcome_counts
from nuserus.practices.queries.versions import current_version
from nuserus.practices.registry import Quotation, quotations_of
from nuserus.ui.dates import date_format
from nuserus.ui.outcomes import bars_of
from nuserus.ui.printable import printable, printable_paragraphs
from nuserus.ui.typesetting import qr_drawing
from nuserus.ui.typography import NO_BREAK

_COLOURS = {"ok": "#2c6e49", "care": "#8a4b08", "stop": "#a4262c"}
_NAMED_PLACES = 3


@dataclass(slots=True)
class Laid:
    """Data of one sheet for a template, and the files that it names."""

    data: dict[str, Any]
    authors: list[str]
    day: datetime
    files: dict[str, bytes] = field(default_factory=dict)


def lay_out(asking: Asking, sheet: Sheet, *, site: str, prefix: str = "") -> Laid:
    """The sheet as this person may read it; `site` begins absolute addresses, without a slash at its end.

    `prefix` begins the names of the files, so that several sheets can stand together.
    """
    published = sheet.status == SheetStatus.PUBLISHED
    origin = sheet.adapted_from
    people = list(contributors_of(sheet.pk, *([origin.pk] if origin else [])))
    own = [person for person in people if person.sheet_id == sheet.pk]
    trials = trials_of(asking, sheet) if published else []
    evaluations = evaluations_of(sheet)
    step = ladder_step(
        home=sheet.institution_id,
        tells=tells_what_happened(sheet.happened),
        tried_in=[trial.institution_id for trial in trials],
        evaluations=len(evaluations),
    )
    version = current_version(sheet) if published else None
    made_at = version.made_at if version else sheet.changed_at
    laid = Laid({}, authors=[printable(name) for name, _done in credit_lines(own)], day=made_at)
    pictures = _pictures(sheet)
    shown = {one.pk: one for one in pictures if one.alternative.strip()}
    cover = next(iter(shown.values()), None)
    laid.data = {
        "title": printable(sheet),
        "about": printable(in_a_sentence(sheet, labels())),
        "place": _place_line(sheet, step),
        "notice": _notice(sheet) if published else "",
        "simple": _simple(sheet),
        "before": _told(_("Ce que nous voulions"), sheet.intention),
        "steps": [
            {
                "text": printable_paragraphs(card.text),
                "picture": _picture(laid, _of_step(card, shown, cover), prefix),
            }
            for card in cards_of(sheet)
            if card.text.strip()
        ],
        "cover": _picture(laid, cover, prefix),
        "photo-left-out": _left_out(len(pictures) - len(shown)),
        "happened": printable_paragraphs(sheet.happened) or [[_("Rien n’est encore dit de ce que cela a donné.")]],
        "evidence": printable(evidence_words(sheet)) if sheet.happened else "",
        "outcomes": _outcomes(outcome_counts(trials)) if published else None,
        "watch-for": printable_paragraphs(sheet.watch_for),
        "said": [line for quotation in quotations_of(sheet) for line in _quoted(quotation)],
        "after": _told(_("Quand arrêter"), sheet.when_to_stop),
        "credits": [printable(f"{name} ({done})") for name, done in credit_lines(own)] or [_("Sans nom.")],
        "lineage": _lineage(asking, sheet, [name for name, _d in credit_lines(p for p in people if p not in own)]),
        "terms": _terms(sheet, made_at),
        "qr": _code(laid, sheet, site, prefix) if published else None,
        "words": {
            "steps": _("Ce que nous avons fait"),
            "happened": _("Ce qui s’est passé"),
            "watch-for": _("À quoi faire attention"),
            "said": _("Paroles de la personne"),
            "made-by": _("Qui l’a faite"),
        },
    }
    return laid


def _of_step(card: Card, shown: dict[UUID, Picture], cover: Picture | None) -> Picture | None:
    """The photo of a step, unless it already stands for the whole sheet."""
    picture = shown.get(card.picture_id) if card.picture_id else None
    return None if picture == cover else picture


def _pictures(sheet: Sheet) -> list[Picture]:
    return list(Picture.objects.filter(sheet=sheet).order_by("-is_cover", "added_at", "id"))


def _picture(laid: Laid, picture: Picture | None, prefix: str) -> dict[str, Any] | None:
    """The smaller photo, enough for 62 mm; None when its file is gone."""
    if picture is None:
        return None
    name = f"{prefix}{picture.pk.hex}.jpg"
    try:
        with picture.small.open("rb") as file:
            laid.files[name] = file.read()
    except FileNotFoundError:
        return None
    return {"file": name, "alt": printable(picture.alternative), "wide": picture.width >= picture.height}


def _left_out(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "Une photo n’est pas imprimée : personne n’a encore dit ce qu’elle montre.",
        "%(number)d photos ne sont pas imprimées : personne n’a encore dit ce qu’elles montrent.",
        number,
    ) % {"number": number}


def _place_line(sheet: Sheet, step: LadderStep) -> str:
    said = [place_of(sheet), _("étape : %(step)s") % {"step": step.label}]
    line = printable(" · ".join(part for part in said if part))
    return line[:1].upper() + line[1:]


def _notice(sheet: Sheet) -> str:
    """That nobody confirmed it for long, or that it stopped where it was born; else nothing."""
    freshness = freshness_of(sheet)
    return printable(freshness["words"]) if freshness["kind"] else ""


def _simple(sheet: Sheet) -> dict[str, Any]:
    lines = [printable(line) for line in sheet.simple_version.splitlines()]
    read_over = plain_review_of(sheet)
    title = _("Facile à lire et à comprendre (FALC)") if read_over else _("Version simple")
    return {"title": title, "note": printable(read_over), "lines": [line for line in lines if line]}


def _told(title: str, text: str) -> list[dict[str, Any]]:
    """One more part, or none: on paper for a meeting only some are; the rest is on the page of the sheet."""
    paragraphs = printable_paragraphs(text)
    return [{"title": title, "text": paragraphs}] if paragraphs else []


def _quoted(quotation: Quotation) -> list[list[str]]:
    """Words of a person between marks, unless they came with theirs, and who says them."""
    paragraphs = printable_paragraphs(quotation.text)
    if paragraphs and not paragraphs[0][0].startswith(("«", "“", '"')):
        paragraphs[0][0] = f"«{NO_BREAK}{paragraphs[0][0]}"
        paragraphs[-1][-1] += f"{NO_BREAK}»"
    if paragraphs:
        paragraphs[-1][-1] += f" — {printable(quotation.said_by)}"
    return paragraphs


def _outcomes(counts: dict[str, int]) -> dict[str, Any]:
    total = sum(counts.values())
    if not total:
        return {"title": _("Personne n’a encore raconté d’essai ailleurs."), "columns": [], "rows": []}
    title = ngettext("Et ailleurs : %(total)d essai raconté", "Et ailleurs : %(total)d essais racontés", total)
    return {
        "title": title % {"total": total},
        "columns": [_("Résultat"), _("Essais"), _("Part")],
        "rows": [
            {
                "word": str(bar.word),
                "count": str(bar.count),
                "percent": bar.percent,
                "share": f"{bar.percent}\u00a0%",
                "colour": _COLOURS[bar.kind],
            }
            for bar in bars_of(counts["worked"], counts["partly"], counts["not_here"])
        ],
    }


def _lineage(asking: Asking, sheet: Sheet, authors_of_origin: list[str]) -> list[str]:
    """Where it comes from, and where it went, in sentences."""
    lines = []
    kin = family_of(asking, sheet.family, shown=sheet.pk)
    if sheet.adapted_from is not None:
        thanks = _("Merci à la fiche d’origine : « %(title)s ».") % {"title": str(sheet.adapted_from)}
        by = _("Elle est de %(names)s.") % {"names": ", ".join(authors_of_origin)} if authors_of_origin else ""
        lines.append(printable(f"{thanks} {by}"))
    elif sheet.adapted_from_id is not None:
        lines.append(printable(_("Elle vient d’une fiche qui n’est plus publiée.")))
    made = [one for one in kin if one.adapted_from == sheet.pk and not one.absent]
    if made:
        said = ngettext("Un autre lieu en a fait sa fiche", "%(number)d autres lieux en ont fait leur fiche", len(made))
        lines.append(printable(f"{said % {'number': len(made)}} : {_few_places(made)}."))
    return lines


def _few_places(made: list[Kin]) -> str:
    places = list(dict.fromkeys(one.note for one in made if one.note))
    return ", ".join(places[:_NAMED_PLACES]) + ("…" if len(places) > _NAMED_PLACES else "")


def _terms(sheet: Sheet, made_at: datetime) -> list[str]:
    changed = date_format(localtime(made_at), "j F Y")
    version = _("Version %(version)d, du %(day)s.") if sheet.version else _("Brouillon du %(day)s.")
    return [
        printable(version % {"version": sheet.version, "day": changed}),
        printable(
            _("Licence %(licence)s : reprenez et adaptez cette fiche, en citant ses auteurs et en partageant de même.")
            % {"licence": sheet.licence}
        ),
    ]


def _code(laid: Laid, sheet: Sheet, site: str, prefix: str) -> dict[str, str]:
    address = trial_address(sheet, site)
    name = f"{prefix}{sheet.pk.hex}.svg"
    laid.files[name] = qr_drawing(address)
    return {
        "file": name,
        "alt": _("Code à photographier : il ouvre la page où l’on raconte son essai de cette fiche."),
        "title": _("Vous avez essayé ?"),
        "text": _("Photographiez ce code avec un téléphone et dites ce que cela a donné, même si cela n’a pas marché."),
        "address": address,
        "shown": printable(address),
    }


def trial_address(sheet: Sheet, site: str) -> str:
    """What the code of a sheet says: the page « J’ai essayé », with the name of the site."""
    return site + reverse("sheets:trial", args=[sheet.pk])

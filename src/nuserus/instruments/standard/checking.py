"""Looking at the sheets before they are converted: what people most often get wrong, said in French, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nuserus.instruments.standard.people import PEOPLE_FIELDS, PEOPLE_FILE
from nuserus.instruments.standard.problems import Problem
from nuserus.instruments.standard.workbook import Cell, Sheets

# Types of the XLSForm specification that need nothing beside the form.
PLAIN_TYPES = frozenset({
    "text", "string", "integer", "int", "decimal", "range", "date", "time", "datetime", "geopoint", "geotrace",
    "geoshape", "note", "acknowledge", "trigger", "barcode", "image", "photo", "audio", "video", "file", "calculate",
    "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "email",
})  # fmt: skip
LISTED = ("select_one", "select one", "select_multiple", "select multiple", "rank")
OPENING = {"begin group": "group", "begin_group": "group", "begin repeat": "repeat", "begin_repeat": "repeat"}
CLOSING = {"end group": "group", "end_group": "group", "end repeat": "repeat", "end_repeat": "repeat"}
WITHOUT_LABEL = frozenset({
    "calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "email",
})  # fmt: skip
NEVER = frozenset({"audit", "background-audio", "start-geopoint", "background-geopoint"})
DRAWN = frozenset({"draw", "annotate", "signature"})
_ELSEWHERE = re.compile(r"\bex:|\bsearch\s*\(", re.IGNORECASE)
_OTHER_FILE = re.compile(r"external|_from_file|csv|xml-")
# The list of who agrees to take part: the site makes it, for each person who fills the form in.
_PEOPLE = re.compile(rf"(select_one|select_multiple)_from_file {re.escape(PEOPLE_FILE)}")
_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ_][\w.-]*\Z")
_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_MEDIA = re.compile(r"^(media\s*::\s*)?(image|audio|video|big-image)\b", re.IGNORECASE)
MOST_PROBLEMS = 40


@dataclass(slots=True)
class _Row:
    number: int
    values: dict[str, str]

    def said(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def kind(self) -> str:
        return " ".join(self.said("type").split())

    @property
    def has_words(self) -> bool:
        return any(column.split("::")[0].strip() in ("label", "hint") for column in self.values)


@dataclass(slots=True)
class _Seen:
    opened: list[tuple[str, int]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def rows_of(sheet: list[list[Cell]]) -> Iterator[_Row]:
    """The rows of a sheet with the names of their columns, blank ones left out; numbered as in the spreadsheet."""
    if not sheet:
        return
    header = [str(name).strip() if name is not None else "" for name in sheet[0]]
    lowered = [name.lower() if "::" not in name else name for name in header]
    for number, row in enumerate(sheet[1:], start=2):
        pairs = zip(lowered, row, strict=False)
        values = {name: str(value) for name, value in pairs if name and value is not None}
        if values:
            yield _Row(number, values)


def problems_of(sheets: Sheets) -> list[Problem]:
    """Everything that is wrong at first sight; at most a screen of it."""
    if "survey" not in sheets or len(sheets["survey"]) < 2:
        return [Problem(_("La feuille « survey » manque ou est vide : c’est elle qui contient les questions."))]
    found = [*_of_settings(sheets), *_of_choices(sheets), *_of_survey(sheets)]
    return found[:MOST_PROBLEMS]


def _of_settings(sheets: Sheets) -> Iterator[Problem]:
    if sheets.get("entities"):
        yield Problem(_("les listes d’entités ne sont pas acceptées ici : retirez cette feuille."), "entities")
    if sheets.get("external_choices"):
        yield Problem(_("les choix dans un fichier à part ne sont pas acceptés : mettez-les dans « choices »."))
    for row in rows_of(sheets.get("settings", [])):
        if row.said("public_key"):
            words = _("un formulaire chiffré ne pourrait pas être lu ici : retirez « public_key ».")
            yield Problem(words, "settings", row.number)


def _of_choices(sheets: Sheets) -> Iterator[Problem]:
    for row in rows_of(sheets.get("choices", [])):
        listed = row.said("list_name") or row.said("list name")
        if not listed:
            yield Problem(_("ce choix n’est dans aucune liste : remplissez « list_name »."), "choices", row.number)
        elif not row.said("name"):
            yield Problem(_("ce choix n’a pas de nom : remplissez « name »."), "choices", row.number)
        elif " " in row.said("name"):
            words = _("le nom « %(name)s » contient un espace : un choix se nomme sans espace.")
            yield Problem(words % {"name": row.said("name")}, "choices", row.number)
        yield from _media(row, "choices")


def _of_survey(sheets: Sheets) -> Iterator[Problem]:
    choices = rows_of(sheets.get("choices", []))
    lists = {row.said("list_name") or row.said("list name") for row in choices}
    rows = list(rows_of(sheets["survey"]))
    if "type" not in {str(name).strip().lower() for name in sheets["survey"][0]}:
        yield Problem(_("la colonne « type » manque."), "survey", 1)
        return
    names = {row.said("name") for row in rows}
    seen = _Seen()
    for row in rows:
        yield from _of_question(row, lists, names, seen)
    for kind, number in seen.opened:
        yield Problem(_closing_words(kind), "survey", number)


def _of_question(row: _Row, lists: set[str], names: set[str], seen: _Seen) -> Iterator[Problem]:
    kind = row.kind.lower()
    if not kind:
        yield Problem(_("cette ligne n’a pas de type de question."), "survey", row.number)
    elif kind in CLOSING:
        if not seen.opened or seen.opened[-1][0] != CLOSING[kind]:
            words = _("« %(kind)s » ne ferme rien d’ouvert.") % {"kind": row.kind}
            yield Problem(words, "survey", row.number)
        else:
            seen.opened.pop()
        return
    else:
        yield from _of_kind(row, kind, lists)
    if kind in OPENING:
        seen.opened.append((OPENING[kind], row.number))
    if kind:
        yield from _of_name(row)
        yield from _of_appearance(row, kind)
        yield from _of_words(row, kind, names)
    yield from _media(row, "survey")


def _of_kind(row: _Row, kind: str, lists: set[str]) -> Iterator[Problem]:
    base = next((one for one in LISTED if kind == one or kind.startswith(f"{one} ")), "")
    if kind in NEVER:
        words = _("« %(kind)s » relève quelque chose sans que la personne le voie : ce n’est pas accepté ici.")
        yield Problem(words % {"kind": row.kind}, "survey", row.number)
    elif _PEOPLE.fullmatch(kind):
        if row.said("name") not in PEOPLE_FIELDS:
            words = _("la question qui prend sa liste dans « %(file)s » doit se nommer « participants ».")
            yield Problem(words % {"file": PEOPLE_FILE}, "survey", row.number)
    elif _OTHER_FILE.search(kind):
        words = _("« %(kind)s » demande un autre fichier : mettez les choix dans la feuille « choices ».")
        yield Problem(words % {"kind": row.kind}, "survey", row.number)
    elif base:
        rest = row.kind[len(base) :].strip().removesuffix("or_other").strip()
        if not rest:
            words = _("après « %(kind)s », écrivez le nom de la liste de choix.") % {"kind": base}
            yield Problem(words, "survey", row.number)
        elif rest not in lists and not rest.startswith("${"):
            words = _("la liste « %(name)s » n’existe pas dans la feuille « choices ».") % {"name": rest}
            yield Problem(words, "survey", row.number)
    elif kind not in PLAIN_TYPES and kind not in OPENING:
        words = _("« %(kind)s » n’est pas un type de question connu.") % {"kind": row.kind}
        yield Problem(words, "survey", row.number)


def _of_appearance(row: _Row, kind: str) -> Iterator[Problem]:
    said = row.said("appearance")
    drawn = sorted(DRAWN & set(said.lower().split()))
    if drawn and kind in ("image", "photo"):
        words = _("« %(name)s » demande de dessiner sur une image : ce n’est pas possible ici, demandez une photo.")
        yield Problem(words % {"name": drawn[0]}, "survey", row.number)
    if _ELSEWHERE.search(said):
        words = _("« %(name)s » demande une autre application ou un autre fichier : ce n’est pas accepté ici.")
        yield Problem(words % {"name": said[:60]}, "survey", row.number)


def _of_name(row: _Row) -> Iterator[Problem]:
    name = row.said("name")
    if not name:
        if row.kind.lower() not in ("note", *WITHOUT_LABEL):
            yield Problem(_("cette question n’a pas de nom : remplissez « name »."), "survey", row.number)
    elif not _NAME.match(name):
        words = _("le nom « %(name)s » ne convient pas : une lettre, puis des lettres, des chiffres ou _, sans espace.")
        yield Problem(words % {"name": name}, "survey", row.number)


def _of_words(row: _Row, kind: str, names: set[str]) -> Iterator[Problem]:
    if kind not in WITHOUT_LABEL and kind not in OPENING and not row.has_words:
        yield Problem(_("cette question n’a pas de texte : remplissez « label »."), "survey", row.number)
    for column, value in row.values.items():
        for name in _REFERENCE.findall(value):
            if name.removeprefix("last-saved#") not in names:
                words = _("dans « %(column)s », ${%(name)s} ne renvoie à aucune question.")
                yield Problem(words % {"column": column, "name": name}, "survey", row.number)


def _media(row: _Row, sheet: str) -> Iterator[Problem]:
    for column in row.values:
        if _MEDIA.match(column):
            words = _("la colonne « %(column)s » demande une image ou un son à part : ce n’est pas accepté ici.")
            yield Problem(words % {"column": column}, sheet, row.number)


def _closing_words(kind: str) -> str:
    if kind == "group":
        return _("ce groupe n’est jamais fermé : ajoutez une ligne « end_group ».")
    return _("cette répétition n’est jamais fermée : ajoutez une ligne « end_repeat ».")

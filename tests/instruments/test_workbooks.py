"""Workbooks as people give them: what is wrong is said in French, with the sheet and the row."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from nuserus.instruments.standard import workbook as bounds
from nuserus.instruments.standard.answers import check_answer, read_answer
from nuserus.instruments.standard.converting import Converted, convert_workbook
from nuserus.instruments.standard.differences import differences
from nuserus.instruments.standard.messages import in_french
from nuserus.instruments.standard.model_grid import model_grid
from nuserus.instruments.standard.problems import UnusableWorkbook
from nuserus.instruments.standard.rewording import reworded
from nuserus.instruments.standard.schema import Schema, StrangeForm, read_schema
from nuserus.instruments.standard.workbook import read_sheets, write_workbook
from tests.factories.instruments import CHOICES, QUESTIONS, sheets_of, workbook_of
from tests.factories.old_workbook import old_workbook


def convert(*questions: tuple[Any, ...], **more: Any) -> Converted:
    return convert_workbook(workbook_of(questions or QUESTIONS, **more), form_id="essai", version="1")


def refused(*questions: tuple[Any, ...], **more: Any) -> list[str]:
    with pytest.raises(UnusableWorkbook) as caught:
        convert(*questions, **more)
    return [str(problem) for problem in caught.value.problems]


def test_the_grid_of_nuserus_converts_and_keeps_fact_interpretation_and_verbatim_apart() -> None:
    converted = convert_workbook(model_grid(), form_id="essai", version="1")
    names = {question.name: question for question in converted.schema.questions}
    assert {"fait", "interpretation", "verbatim"} <= names.keys()
    assert all(names[name].type == "string" for name in ("fait", "interpretation", "verbatim"))
    assert "Pas de nom" in names["prevenir"].label
    assert names["compris"].required
    assert converted.schema.languages == ["Français (fr)", "Version simple (fr-x-simple)"]
    assert converted.title == "Grille d’observation"


def test_a_schema_survives_the_database() -> None:
    schema = convert().schema
    assert Schema.from_json(schema.as_json()) == schema
    assert [(one.name, one.control, one.required) for one in schema.questions] == [
        ("lieu", "input", True), ("combien", "input", False), ("aide", "select1", False), ("geste", "input", False),
        ("photo", "upload", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("texte", "a", "A"), "Feuille « survey », ligne 2 : « texte » n’est pas un type de question connu."),
        (("text", "a b", "A"), "Feuille « survey », ligne 2 : le nom « a b » ne convient pas"),
        (("text", None, "A"), "Feuille « survey », ligne 2 : cette question n’a pas de nom"),
        (("text", "a"), "Feuille « survey », ligne 2 : cette question n’a pas de texte"),
        ((None, "a", "A"), "Feuille « survey », ligne 2 : cette ligne n’a pas de type"),
        (("select_one rien", "a", "A"), "ligne 2 : la liste « rien » n’existe pas dans la feuille « choices »."),
        (("select_one", "a", "A"), "après « select_one », écrivez le nom de la liste"),
        (("end_group",), "« end_group » ne ferme rien d’ouvert."),
        (("begin_group", "g", "G"), "ce groupe n’est jamais fermé"),
        (("begin_repeat", "g", "G"), "cette répétition n’est jamais fermée"),
        (("text", "a", "A ${b}"), "${b} ne renvoie à aucune question."),
        (("background-audio", "a"), "relève quelque chose sans que la personne le voie"),
        (("select_one_from_file a.csv", "a", "A"), "demande un autre fichier"),
    ],
)
def test_mistakes_are_said_with_their_place(row: tuple[Any, ...], words: str) -> None:
    assert words in " ".join(refused(row))


def test_everything_is_said_at_once() -> None:
    assert len(refused(("texte", "a", "A"), ("text", "b c", "B"), ("select_one rien", "c", "C"))) == 3


def test_what_the_converter_refuses_is_said_in_french() -> None:
    twice = refused(("text", "a", "A"), ("text", "a", "B"))
    assert twice == ["Feuille « survey », ligne 3 : deux questions du même groupe s’appellent « a »."]
    unknown = in_french("[row : 7] Something that nobody has met yet.")
    assert str(unknown).startswith("Feuille « survey », ligne 7 : le convertisseur le refuse")


def test_media_encryption_and_entities_are_refused() -> None:
    header = ("type", "name", "label", "media::image")
    assert "demande une image ou un son à part" in " ".join(refused(("text", "a", "A", "a.png"), header=header))
    sheets = sheets_of(public_key="abc")
    with pytest.raises(UnusableWorkbook, match="chiffré"):
        convert_workbook(write_workbook(sheets), form_id="essai", version="1")
    with pytest.raises(UnusableWorkbook, match="entités"):
        convert_workbook(write_workbook({**sheets_of(), "entities": [["list_name"], ["x"]]}), form_id="e", version="1")


def test_the_identifier_and_the_version_are_ours() -> None:
    sheets = sheets_of(form_id="la-leur", version="99", form_title="La grille")
    converted = convert_workbook(write_workbook(sheets), form_id="la-notre", version="3")
    assert (converted.schema.form_id, converted.schema.version, converted.title) == ("la-notre", "3", "La grille")


def test_an_old_xls_is_told_by_its_bytes() -> None:
    assert bytes.fromhex("d0cf11e0a1b11ae1") == bounds._OLE
    with pytest.raises(UnusableWorkbook, match="abîmé"):
        read_sheets(bounds._OLE + b"\x00" * 600)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 not a zip", b"type,name\ntext,a\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableWorkbook):
        read_sheets(content)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (bounds.UNPACKED_LIMIT // 2))
    with pytest.raises(UnusableWorkbook, match="démesuré"):
        read_sheets(target.getvalue())
    with pytest.raises(UnusableWorkbook, match="la limite est"):
        read_sheets(b"PK\x03\x04" + b"0" * bounds.WEIGHT_LIMIT)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_ROWS", 3)
    with pytest.raises(UnusableWorkbook, match="Plus de 3 lignes"):
        read_sheets(workbook_of())


def test_rows_that_say_they_are_very_wide_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_of())) as given, zipfile.ZipFile(packed, "w") as made:
        for entry in given.infolist():
            # an empty cell at the end of each row, sixteen thousand columns away
            made.writestr(entry.filename, given.read(entry).replace(b"</row>", b'<c r="XFD1"/></row>'))
    content = packed.getvalue()
    read: list[object] = []
    plain = bounds._plain

    def counted(value: object) -> bounds.Cell:
        read.append(value)
        return plain(value)

    monkeypatch.setattr(bounds, "_plain", counted)
    assert read_sheets(content) == read_sheets(workbook_of())
    assert len(read) < 10_000
    monkeypatch.setattr(bounds, "WIDEST", 50_000)
    with pytest.raises(UnusableWorkbook, match="démesuré"):
        read_sheets(content)


def test_a_text_never_becomes_a_formula() -> None:
    sheets = sheets_of((("text", "a", "=HYPERLINK(1)"),))
    assert read_sheets(write_workbook(sheets))["survey"][1][2] == "=HYPERLINK(1)"


def test_differences_question_by_question() -> None:
    before = convert().schema
    changed = (
        ("begin_group", "situation", "La situation"),
        ("text", "lieu", "Où est-ce ?", "Une salle, un couloir…", "yes"),
        ("select_one ouinon", "aide", "Quelqu’un aide-t-il ?"),
        ("integer", "combien", "Combien de personnes ?", None, None, None, ". < 50", "Moins de cent personnes."),
        ("note", "merci", "Merci."),
        ("end_group",),
    )
    after = convert(*changed).schema
    found = {one.name: one for one in differences(before, after)}
    assert {name: one.kind for name, one in found.items()} == {
        "lieu": "changed", "combien": "changed", "merci": "added", "geste": "removed", "photo": "removed",
    } or found["aide"].kind == "moved"  # fmt: skip
    [words] = found["lieu"].changes
    assert (words.before, words.after) == ("Dans quel lieu ?", "Où est-ce ?")
    assert differences(before, before) == []


def test_rewording_changes_the_label_and_nothing_else() -> None:
    sheets = read_sheets(workbook_of())
    changed, found = reworded(sheets, {"lieu": "Où ?", "inconnu": "?"})
    assert found == {"lieu"}
    assert changed["survey"][2][2] == "Où ?"
    assert [row[2:] for row in changed["survey"][3:]] == [row[2:] for row in sheets["survey"][3:]]
    assert sheets["survey"][2][2] == "Dans quel lieu ?"


def test_a_form_that_looks_elsewhere_is_strange() -> None:
    xform = convert().xform
    elsewhere = xform.replace("<instance>", '<instance id="x" src="jr://file/x.csv"/><instance>', 1)
    swapped = elsewhere.replace('<instance id="x" src="jr://file/x.csv"/>', "", 1).replace(
        "</instance>", '</instance><instance id="x" src="jr://file/x.csv"/>', 1
    )
    with pytest.raises(StrangeForm, match="autre fichier"):
        read_schema(swapped)


def test_every_type_is_checked() -> None:
    rows = [(kind, kind, kind) for kind in ("integer", "decimal", "date", "time", "datetime", "geopoint", "geotrace")]
    schema = convert(*rows, ("select_multiple ouinon", "several", "S"), ("text", "words", "W"), choices=CHOICES).schema
    good = {
        "integer": "4", "decimal": "-2.5", "date": "2026-11-21", "time": "10:30:00.000+01:00",
        "datetime": "2026-11-21T10:30:00.000+01:00", "geopoint": "43.3 5.4 0 10", "geotrace": "1 2 0 0; 3 4 0 0",
        "several": "oui non", "words": "quatre",
    }  # fmt: skip
    bad = {
        "integer": "4,5", "decimal": "NaN", "date": "21/11/2026", "time": "25:00", "datetime": "hier",
        "geopoint": "ici", "geotrace": "1 2;là", "several": "oui peut-etre",
    }  # fmt: skip
    assert problems(schema, good) == []
    assert len(problems(schema, bad)) == len(bad)


def problems(schema: Schema, given: dict[str, str]) -> list[str]:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in given.items())
    xml = f'<data id="essai" version="1">{inside}<meta><instanceID>1</instanceID></meta></data>'
    answer = read_answer(xml.encode())
    check_answer(answer, schema)
    return answer.problems


def test_a_workbook_from_before_2007_is_accepted_whatever_its_name() -> None:
    sheets = sheets_of()
    old = old_workbook(sheets)
    assert old.startswith(bounds._OLE)
    assert read_sheets(old) == read_sheets(write_workbook(sheets))
    converted = convert_workbook(old, form_id="essai", version="1")
    assert converted.schema == convert().schema
    assert converted.workbook.startswith(bounds._ZIP)  # what is downloaded again is of today
    numbers = old_workbook({"survey": [["type", "name", "label"], ["note", 3, True], ["note", 2.5, None, "plus"]]})
    assert read_sheets(numbers)["survey"][1:] == [["note", 3, "TRUE"], ["note", 2.5, None, "plus"]]


def test_a_workbook_from_before_2007_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_ROWS", 4)
    with pytest.raises(UnusableWorkbook, match="Plus de 4 lignes"):
        read_sheets(old_workbook(sheets_of()))
    with pytest.raises(UnusableWorkbook, match="abîmé"):
        read_sheets(old_workbook(sheets_of())[:2000])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"type": "image", "appearance": "annotate"}, "« annotate » demande de dessiner sur une image"),
        ({"type": "image", "appearance": "new signature"}, "« signature » demande de dessiner sur une image"),
        ({"type": "integer", "appearance": "ex:org.exemple.compteur"}, "demande une autre application"),
        ({"type": "select_one ouinon", "appearance": "search('lieux')"}, "demande une autre application"),
        ({"type": "select_one_from_file lieux.csv"}, "demande un autre fichier"),
        ({"type": "select_one_external lieux"}, "demande un autre fichier"),
        ({"type": "csv-external"}, "demande un autre fichier"),
        ({"type": "calculate", "calculation": "pulldata('lieux', 'nom', 'id', '1')"}, "données dans un autre fichier"),
        ({"type": "background-audio"}, "sans que la personne le voie"),
    ],
)
def test_what_is_not_computed_here_is_refused_with_the_reason(row: dict[str, str], words: str) -> None:
    header = ("type", "name", "label", "appearance", "calculation")
    values = {"name": "question", "label": "Quoi ?"} | row
    [said] = refused(tuple(values.get(name) for name in header), header=header)
    assert words in said

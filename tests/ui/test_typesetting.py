"""Paper: what can be set is set, what cannot is said, and text is never source."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from nuserus.ui.printable import UNDRAWN, drawn_signs, printable, printable_paragraphs
from nuserus.ui.typesetting import Unset, pictogram_drawing, qr_drawing, typeset

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLAIN = """#import "look.typ": *
#let data = json("data.json")
#show: paper-sheet.with(title: "Essai", day: datetime(year: 2026, month: 3, day: 2))
= Essai
#for line in data.lines { par(line) }
"""


def set_lines(folder: Path, lines: list[str], source: str = PLAIN, files: dict[str, bytes] | None = None) -> bytes:
    template = folder / "plain.typ"
    template.write_text(source, encoding="utf-8")
    return typeset({"plain.typ": template}, "plain.typ", {"lines": lines}, day=DAY, files=files or {})


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\u200b", "")


def test_every_sign_that_is_said_to_be_drawn_is(tmp_path: Path) -> None:
    signs = sorted(drawn_signs())
    lines = ["\u200b".join(signs[at : at + 40]) for at in range(0, len(signs), 40)]
    assert len(signs) > 2000
    assert set_lines(tmp_path, lines).startswith(b"%PDF-")


def test_sign_without_a_drawing_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unset) as refused:
        set_lines(tmp_path, ["Bravo 🙂", "日本"])
    assert len(refused.value.problems) == 3
    assert "🙂" in refused.value.problems[0]


@pytest.mark.parametrize(
    ("source", "said"), [('#image("code.svg")', "missing alt text"), ("==== Trop bas", "skipped from heading level 1")]
)
def test_picture_without_words_and_skipped_heading_are_refused(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(Unset) as refused:
        set_lines(tmp_path, [], f"{PLAIN}\n{source}\n", {"code.svg": qr_drawing("https://exemple.test/")})
    assert any(said in problem for problem in refused.value.problems)


def test_file_outside_its_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("CANARI", encoding="utf-8")
    with pytest.raises(Unset):
        set_lines(tmp_path, [], PLAIN + f'#read("{tmp_path}/secret.txt")\n#read("/etc/hostname")\n')


HOSTILE = (
    '#import "/etc/passwd": *',
    '#read("/etc/passwd")',
    "] #panic() [",
    "$ x / 0 $",
    "```typ #pagebreak() ```",
    "*gras* _italique_ `brut` @renvoi <étiquette> // commentaire /* ouvert",
    "= Faux titre",
    "\\u{1F642} \\ #(1/0)",
    "{{ data }} {% if %} </script><b>",
    '"); #sys.inputs; ("',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_source_in_a_text_stays_text(tmp_path: Path, text: str) -> None:
    said = words(set_lines(tmp_path, [printable(text)]))
    assert "".join(printable(text).split()) in "".join(said.split())
    assert "root:" not in said


@pytest.mark.parametrize(
    "text",
    [
        "🙂👩🏽‍⚕️🇫🇷 bravo",
        "مرحبا بالعالم, puis du français",
        "\u202eàl’envers\u202c",
        "日本語のテキスト",
        "e\u0301t\u0327\u0323\u0300é",
        "\x00\x07NUL\ufffd\ufeff",
        "x" * 10_000,
        "mot " * 2_500,
        "\u0604\u06dd\u0600 signes arabes qui en portent d’autres",
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_any_text_is_set_once_made_printable(tmp_path: Path, text: str) -> None:
    lines = [line for lines in printable_paragraphs(text) for line in lines] or ["rien"]
    assert set_lines(tmp_path, lines).startswith(b"%PDF-")


def test_long_word_stays_on_the_page(tmp_path: Path) -> None:
    said = words(set_lines(tmp_path, [printable("z" * 3_000)]))
    assert said.count("z") == 3_000


def test_arabic_is_written_from_right_to_left(tmp_path: Path) -> None:
    assert UNDRAWN not in printable("مرحبا بالعالم")
    assert set_lines(tmp_path, [printable("مرحبا بالعالم")])


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_what_is_printable_holds_only_what_is_drawn(text: str) -> None:
    line = printable(text)
    assert set(line) <= drawn_signs() | {UNDRAWN, "\u200b", " "}
    assert printable(line).replace("\u200b", "") == line.replace("\u200b", "")


def test_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    assert set_lines(tmp_path, ["Bonjour"]) == set_lines(tmp_path, ["Bonjour"])
    assert set_lines(tmp_path, ["Bonjour"]) != set_lines(tmp_path, ["Bonsoir"])


def test_fonts_are_ours_and_travel_with_the_file(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(set_lines(tmp_path, ["Œuvre à Łódź"])))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names and all(name.startswith("AtkinsonHyperlegible") for name in names)


def test_pictogram_is_one_drawing_of_the_sprite() -> None:
    assert b"<path" in pictogram_drawing("imprimer")
    assert b"<path" not in pictogram_drawing("inconnu")

"""Sentences for the screen keep « … », ?, !, : and ; with their words, wherever the line ends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nuserus.ui.templatetags.nu import one_per_line
from nuserus.ui.typography import NO_BREAK, french_spaces

SOURCE = Path(__file__).parents[2] / "src" / "nuserus"
# Sentences of the command line and of the database are read in a terminal.
ELSEWHERE = ("config", "models", "migrations", "management")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
IN_TEMPLATES = re.compile(
    r"""\{%\s*translate\s+("[^"]*"|'[^']*')|\{%\s*blocktranslate\b[^%]*%\}(.*?)\{%\s*endblocktranslate""", re.DOTALL
)


def _of_template(text: str) -> Iterator[str]:
    for found in IN_TEMPLATES.finditer(text):
        yield found[1] or found[2]


def _of_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def _sentences() -> Iterator[tuple[Path, str]]:
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from ((path, sentence) for sentence in _of_template(path.read_text(encoding="utf-8")))
        elif path.suffix == ".py" and not set(path.relative_to(SOURCE).parts) & set(ELSEWHERE):
            yield from ((path, sentence) for sentence in _of_code(path.read_text(encoding="utf-8")))


def test_sentences_for_the_screen_have_no_break_spaces() -> None:
    loose = [
        f"{path.relative_to(SOURCE)}: {text.strip()}" for path, text in _sentences() if french_spaces(text) != text
    ]
    assert loose == [], "write U+00A0 before ? ! : ; » and after «"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Et ailleurs ?", "Et ailleurs_?"),
        ("« Vite ! », dit-il", "«_Vite_!_», dit-il"),
        ("Traduire à trois : la personne", "Traduire à trois_: la personne"),
        ("14:30, a:b, http://x ?q=1", "14:30, a:b, http://x ?q=1"),
        ("déjà là_?", "déjà là_?"),
        ("", ""),
    ],
)
def test_spaces_of_a_text_somebody_typed(typed: str, shown: str) -> None:
    assert french_spaces(typed.replace("_", NO_BREAK)) == shown.replace("_", NO_BREAK)


def test_planted_sentence_is_found() -> None:
    assert list(_of_template("{% translate 'Qui ?' %}{% blocktranslate trimmed %}Où ?{% endblocktranslate %}")) == [
        "'Qui ?'",
        "Où ?",
    ]
    assert list(_of_code("_('Quoi ?') + str('Non ?')")) == ["Quoi ?"]


def test_lines_of_a_simple_version_are_a_list_and_stay_text() -> None:
    assert one_per_line("Un.\n\n <b>Deux</b> !\n") == (
        '<ul lang="fr"><li>Un.</li><li>&lt;b&gt;Deux&lt;/b&gt;\u00a0!</li></ul>'
    )

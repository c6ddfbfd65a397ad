"""The English catalogue: whole, faithful, and about the sentences that the sources have today.

Each check is shown a violation that it must see.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest

from nuserus.ui.management.commands.makemessages import sentences_of_list

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "nuserus"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
NO_BREAK = "\N{NO-BREAK SPACE}"

# Words that English and French share.
SAME = {
    "%(hours)d h", "%(hours)d h %(minutes)02d", "%(minutes)d min", "1 h", "1 h 30", "2 h", "2 h 30", "3 h", "3 h 30",
    "4 h", "Catalogue", "Code", "code", "conditions", "contribution", "contributions", "Corrections", "cycle",
    "Cycle %(number)s", "Cycles", "data·inclusion", "date", "Dates", "description", "DOI", "Guadeloupe", "import",
    "institution", "latitude", "licence", "longitude", "Martinique", "Mayotte", "Menu", "message", "Moment", "moment",
    "nuserus, %(address)s", "Page", "Pages", "pages", "phase", "phases", "Photo", "photo", "photos", "population",
    "public", "question", "questionnaire", "Questions", "questions", "restitution", "Robot", "service", "Type",
    "type", "version", "Version %(number)s", "version %(number)s", "version %(version)s", "visible", "Volume",
    "volume",
    "signature", "signatures", "provenance", "provenances", "corpus", "observation", "film", "passage %(number)s",
    "%(minutes)s min", "observations", "Notes", "notes", "%(count)s observation", "%(count)s observations",
    "Journal, %(day)s", "Observation", "Observations", "Participants", "image",
}  # fmt: skip
# Parts of a title that is proposed: a title is written in the language of sheets, whoever reads.
CONTENT = {"%(device)s avec %(public)s", "%(start)s : %(end)s", " et "}
# English says a place without articles; the code offers both ways (practices.queries.places).
OTHER_PLACEHOLDERS = {"%(a_kind)s %(of_department)s": {"%(kind)s", "%(department)s"}}

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_FRENCH_SIGN = re.compile(rf"[«»{NO_BREAK}]|\s[?!:;]")
_TAG = re.compile(r"</?[a-z][^>]*>")


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each source sentence of an entry with the English that stands for it."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    one, many = entry.msgstr_plural.get(0, ""), entry.msgstr_plural.get(1, "")
    return [(entry.msgid, one), (entry.msgid_plural, many)]


def incomplete(entries: polib.POFile) -> list[str]:
    """Sentences without English, with a guess, or that no source has any more."""
    return [
        entry.msgid
        for entry in entries
        if entry.obsolete or entry.fuzzy or any(not english.strip() for _source, english in pairs(entry))
    ]


def unfaithful(entries: polib.POFile) -> list[str]:
    """Sentences whose English loses or gains a placeholder, a tag, or a space at an end."""
    return [
        source
        for entry in entries
        for source, english in pairs(entry)
        if not (_same_placeholders(source, english) and _same_tags(source, english) and _same_ends(source, english))
    ]


def _same_placeholders(source: str, english: str) -> bool:
    expected = OTHER_PLACEHOLDERS.get(source) or set(_PLACEHOLDER.findall(source))
    return set(_PLACEHOLDER.findall(english)) == expected


def _same_tags(source: str, english: str) -> bool:
    return Counter(_TAG.findall(source)) == Counter(_TAG.findall(english))


def _same_ends(source: str, english: str) -> bool:
    return [source[:1].isspace(), source[-1:].isspace()] == [english[:1].isspace(), english[-1:].isspace()]


def untranslated(entries: polib.POFile) -> list[str]:
    """Sentences that are the same in English, though not the same word in both languages."""
    return [source for source in _unchanged(entries) if source.replace(NO_BREAK, " ") not in SAME | CONTENT]


def _unchanged(entries: polib.POFile) -> list[str]:
    return [source for entry in entries for source, english in pairs(entry) if source == english]


def french_spaces(entries: polib.POFile) -> list[str]:
    """English that keeps the spaces or the quotation marks of French."""
    return [
        english
        for entry in entries
        for source, english in pairs(entry)
        if source.replace(NO_BREAK, " ") not in CONTENT and _FRENCH_SIGN.search(english)
    ]


def _planted(**fields: object) -> polib.POFile:
    entries = polib.POFile()
    entries.append(polib.POEntry(**fields))
    return entries


def test_every_sentence_has_its_english() -> None:
    entries = catalogue()
    assert len(entries) > 1000
    assert entries.metadata["Language"] == "en"
    assert entries.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert not entries.metadata_is_fuzzy
    assert incomplete(entries) == []


def test_planted_gap_is_seen() -> None:
    assert incomplete(_planted(msgid="Un", msgstr="")) == ["Un"]
    assert incomplete(_planted(msgid="Un", msgstr="One", flags=["fuzzy"])) == ["Un"]
    assert incomplete(_planted(msgid="Un", msgstr="One", obsolete=True)) == ["Un"]
    assert incomplete(_planted(msgid="Un", msgid_plural="Deux", msgstr_plural={0: "One", 1: ""})) == ["Un"]


def test_placeholders_and_tags_are_the_same() -> None:
    assert unfaithful(catalogue()) == []


def test_planted_loss_is_seen() -> None:
    assert unfaithful(_planted(msgid="De %(name)s", msgstr="From %(nom)s")) == ["De %(name)s"]
    assert unfaithful(_planted(msgid="<b>Un</b>", msgstr="One")) == ["<b>Un</b>"]
    assert unfaithful(_planted(msgid=" (fin)", msgstr="(end)")) == [" (fin)"]
    assert unfaithful(_planted(msgid="{x} et {y}", msgstr="{y} and {x}")) == []


def test_nothing_is_left_in_french() -> None:
    entries = catalogue()
    assert untranslated(entries) == []
    unchanged = {source.replace(NO_BREAK, " ") for source in _unchanged(entries)}
    assert sorted((SAME | CONTENT) - unchanged) == [], "exempt, but no longer the same"


def test_planted_french_is_seen() -> None:
    assert untranslated(_planted(msgid="Une fiche", msgstr="Une fiche")) == ["Une fiche"]
    assert untranslated(_planted(msgid="photo", msgstr="photo")) == []


def test_english_has_no_french_spaces() -> None:
    assert french_spaces(catalogue()) == []


def test_planted_french_space_is_seen() -> None:
    assert french_spaces(_planted(msgid="Qui ?", msgstr="Who ?")) == ["Who ?"]
    assert french_spaces(_planted(msgid="« a »", msgstr="« a »!")) == ["« a »!"]
    assert french_spaces(_planted(msgid="Qui ?", msgstr="Who?")) == []


def _collected(folder: Path) -> set[tuple[str, str]]:
    """What makemessages finds in a copy of the sources, its catalogue thrown away."""
    copy = folder / "nuserus"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "dist", "locale", "*.mo"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-c", _MAKEMESSAGES]
    environment = {**os.environ, "NUSERUS_LOCALE_OF_COPY": str(copy / "locale")}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return _sentences(polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po")))


# The options are those of `make messages`; no database is asked.
_MAKEMESSAGES = """
import os
from django.conf import settings
settings.configure(INSTALLED_APPS=["nuserus.ui"], LOCALE_PATHS=[os.environ["NUSERUS_LOCALE_OF_COPY"]], USE_I18N=True)
import django
django.setup()
from django.core.management import call_command
call_command("makemessages", locale=["en"], extensions=["html", "txt", "py", "yaml"], no_location=True, verbosity=0)
"""


def _sentences(entries: polib.POFile) -> set[tuple[str, str]]:
    return {(entry.msgctxt or "", entry.msgid) for entry in entries if not entry.obsolete}


def difference(found: set[tuple[str, str]], kept: set[tuple[str, str]]) -> list[str]:
    """Sentences that only one side has: + is missing from the catalogue, - is gone from the sources."""
    return sorted([f"+ {text}" for _context, text in found - kept] + [f"- {text}" for _context, text in kept - found])


def test_catalogue_is_about_the_sources(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        reason = "GNU gettext is not installed (Debian: gettext)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    assert difference(_collected(tmp_path), _sentences(catalogue())) == [], "run `make messages`, then translate"


def test_planted_difference_is_seen() -> None:
    kept = {("", "Un"), ("", "Deux")}
    assert difference({("", "Un"), ("", "Trois")}, kept) == ["+ Trois", "- Deux"]


def test_lists_that_gettext_shows_are_in_the_catalogue() -> None:
    kept = {entry.msgid for entry in catalogue()}
    given = [
        sentence for path in SOURCE.glob("*/data/*.yaml") for sentence in sentences_of_list(path.read_text("utf-8"))
    ]
    assert len(given) > 100
    assert sorted(set(given) - kept) == []

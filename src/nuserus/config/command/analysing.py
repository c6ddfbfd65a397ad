"""`nuserus analyse`: a corpus in, a report and its figures out.

The library does the work; here it is told and written.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nuserus.config.command.analysis_refusals import nothing_to_compare, unreadable
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from nuserus_analysis.report import Plan, Step, Study

REPORT = "rapport.html"
MODES = ("reinert", "iramuteq")
LEMMAS = ("simple", "hybrid", "none")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says."""

    corpus: Path
    out: Path | None
    force: bool
    k: int | None
    mode: str
    segments: str
    double: bool
    lemmas: str
    encoding: str | None
    column: str | None


def add_analyse(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    analyse = commands.add_parser("analyse", help=_("comparer les vocabulaires d’un corpus et en faire un rapport"))
    analyse.add_argument(
        "corpus", type=Path, metavar="CORPUS", help=_("un fichier TXT, IRaMuTeQ, CSV, DOCX ou ODT, ou un dossier")
    )
    analyse.add_argument("--k", type=_classes, help=_("nombre de classes (proposé par l’analyse)"))
    analyse.add_argument("--mode", choices=MODES, default="reinert", help=_("règles de la classification (reinert)"))
    analyse.add_argument(
        "--segments",
        type=_segments,
        default="40",
        metavar="40|sentences|turns",
        help=_("longueur des segments en mots, ou phrases, ou tours de parole (40)"),
    )
    analyse.add_argument("--double", action="store_true", help=_("ne garder que ce que deux longueurs trouvent"))
    analyse.add_argument(
        "--lemmas",
        choices=LEMMAS,
        default="simple",
        help=_("lemmes : simple, hybrid (plus fin, demande spaCy), none (simple)"),
    )
    analyse.add_argument("--column", metavar="NOM", help=_("d’un CSV, la colonne des textes"))
    analyse.add_argument("--encoding", metavar="NOM", help=_("codage d’un texte ancien, par exemple windows-1252"))
    analyse.add_argument("--out", type=Path, metavar="DIR", help=_("dossier du rapport (analyse-CORPUS, ici)"))
    analyse.add_argument("--force", action="store_true", help=_("remplacer un rapport déjà là"))


def asked(options: argparse.Namespace) -> Asked:
    """The options of the command, typed."""
    return Asked(
        options.corpus,
        options.out,
        options.force,
        options.k,
        options.mode,
        options.segments,
        options.double,
        options.lemmas,
        options.encoding,
        options.column,
    )


def analyse(wanted: Asked) -> int:
    """Read, analyse, write. Nothing is written before everything is known; refuses in one line."""
    from nuserus_analysis.corpus import UnreadableCorpus, read_corpus
    from nuserus_analysis.report import NothingToCompare, study
    from nuserus_analysis.text.lemmas import ModelMissing

    out = wanted.out or Path(f"analyse-{wanted.corpus.stem or 'corpus'}")
    _refuse_taken(out, force=wanted.force)
    plan = _plan(wanted)
    try:
        corpus = read_corpus(wanted.corpus, encoding=wanted.encoding, column=wanted.column)
        told = Told()
        found = study(corpus, plan, told.hear)
    except UnreadableCorpus as error:
        raise unreadable(error) from error
    except NothingToCompare as error:
        raise nothing_to_compare(error) from error
    except ModelMissing as error:
        raise Refusal(
            _("Les lemmes « hybrid » demandent spaCy et son modèle français : installez l’extra nlp, ou prenez simple.")
        ) from error
    told.say(_("Écriture du rapport"))
    _write(found, wanted.corpus.stem or wanted.corpus.name, out)
    told.end()
    print(
        _("%(classes)d classes, %(segments)d segments. Rapport : %(file)s")
        % {"classes": found.k, "segments": len(found.tables.segments), "file": out / REPORT}
    )
    return 0


class Told:
    """Progress on the error output: one line per step, rewritten in a terminal, never in a file."""

    def __init__(self) -> None:
        self._step = ""
        self._live = sys.stderr.isatty()

    def hear(self, step: Step, done: int, total: int) -> None:
        """A step of the library."""
        names = {
            "reading": _("Lecture des textes"),
            "cutting": _("Découpe en segments"),
            "dividing": _("Classification"),
            "comparing": _("Comparaisons"),
        }
        name = names.get(step, str(step))
        self.say(name)
        if self._live and (done % max(1, total // 100) == 0 or done == total):
            print(f"\r{name} {done}/{total}\033[K", end="", file=sys.stderr, flush=True)

    def say(self, name: str) -> None:
        """A step begins."""
        if name == self._step:
            return
        if self._live and self._step:
            print(file=sys.stderr)
        self._step = name
        print(name, end="" if self._live else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._live:
            print(file=sys.stderr)


def _plan(wanted: Asked) -> Plan:
    from nuserus_analysis.reinert import Mode
    from nuserus_analysis.report import Plan
    from nuserus_analysis.text.lemmas import Lemmas
    from nuserus_analysis.text.segments import WORDS, Cutting

    by_words = wanted.segments.isdigit()
    if wanted.double and not by_words:
        raise Refusal(_("--double compare deux longueurs de segments : donnez --segments en nombre de mots."))
    return Plan(
        k=wanted.k,
        mode=Mode(wanted.mode),
        cutting=Cutting.WORDS if by_words else Cutting(wanted.segments),
        words=int(wanted.segments) if by_words else WORDS,
        double=wanted.double,
        lemmas=Lemmas(wanted.lemmas),
    )


def _refuse_taken(out: Path, *, force: bool) -> None:
    if out.exists() and not out.is_dir():
        raise Refusal(_("%(place)s est un fichier : donnez un dossier avec --out.") % {"place": out})
    if out.is_dir() and any(out.iterdir()) and not force:
        raise Refusal(
            _("Le dossier %(place)s n’est pas vide, rien n’a été touché : donnez-en un autre, ou --force.")
            % {"place": out}
        )


def _write(found: Study, title: str, out: Path) -> None:
    """All the files beside their place first, then each put in its place: a full disk leaves no half report."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as room:
            for name, content in _files(found, title):
                (Path(room) / name).write_text(content, encoding="utf-8", errors="replace", newline="")
            out.mkdir(exist_ok=True)
            new = sorted(Path(room).iterdir())
            for written in new:
                written.replace(out / written.name)
            for left in _of_an_earlier_report(out) - {written.name for written in new}:
                (out / left).unlink()
    except OSError as error:
        raise Refusal(
            _("Le rapport ne peut pas être écrit dans %(place)s : %(reason)s.")
            % {"place": out, "reason": error.strerror or error}
        ) from error


def _of_an_earlier_report(out: Path) -> set[str]:
    """Names of ours in the folder: figures of another analysis beside this report would mislead."""
    from nuserus_analysis.report.figures import FILES

    return {one.name for one in out.glob("*.csv") if re.sub(r"-\d+(?=\.csv$)", "", one.name) in FILES}


def _files(found: Study, title: str) -> Iterator[tuple[str, str]]:
    from nuserus_analysis.report import all_figures, csv_text, drawings, report

    for figures in all_figures(found):
        yield figures.file, csv_text(figures)
    yield REPORT, report(found, title, drawings(found))


def _classes(text: str) -> int:
    from nuserus_analysis.report.plan import MOST_CLASSES

    k = int(text) if text.isdecimal() else 0
    if not 2 <= k <= MOST_CLASSES:
        raise argparse.ArgumentTypeError(_("un nombre de classes va de 2 à %(most)d") % {"most": MOST_CLASSES})
    return k


def _segments(text: str) -> str:
    if text in ("sentences", "turns") or (text.isascii() and text.isdecimal() and 5 <= int(text[:6]) <= 1000):
        return text
    raise argparse.ArgumentTypeError(_("donnez un nombre de mots de 5 à 1000, ou sentences, ou turns"))

"""Every number of a study as tables: what the report shows the best of, and the CSV files hold whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nuserus_analysis.correspondence import Correspondence
from nuserus_analysis.reinert import Note
from nuserus_analysis.report.study import Parts, Study

Cell = str | int | float

FILES = frozenset(
    f"{name}.csv"
    for name in (
        "documents", "classes", "divisions", "profils", "segments-typiques", "specificites", "variables", "axes",
        "plan", "liens", "vocabulaire", "mots-outils", "segments",
    )
)  # fmt: skip
"""Names of the files; *specificites* has a number, one per variable."""

NOTES = {
    Note.SEVERAL_PARTS: "des segments n’ont aucun mot en commun avec les autres",
    Note.TIED: "une autre coupure était aussi bonne",
    Note.FEW_APART: "quelques segments, trop peu pour une classe, s’opposaient à tous : divisé sans eux",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: the name of its file, its caption, its columns, its rows."""

    file: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def best(self, most: int, *, rows: Sequence[tuple[Cell, ...]] | None = None, caption: str = "") -> Figures:
        """The first rows (or some rows) under another caption."""
        kept = self.rows if rows is None else rows
        return Figures(self.file, caption or self.caption, self.columns, tuple(kept[:most]))


def class_name(rank: int) -> str:
    return f"Classe {rank + 1}" if rank >= 0 else "non classé"


def all_figures(study: Study) -> Iterator[Figures]:
    """All the tables, in the order of the report."""
    yield documents(study)
    yield classes(study)
    yield divisions(study)
    yield profiles(study)
    yield typical(study)
    for part in study.parts:
        yield specificities_of(study, part)
    if study.parts:
        yield variables(study)
    if study.plane is not None:
        yield axes(study.plane)
        yield plane(study, study.plane)
    yield links(study)
    yield vocabulary(study)
    yield supplementary(study)
    yield segments(study)


def documents(study: Study) -> Figures:
    names = study.corpus.variables
    words = [0] * len(study.corpus.documents)
    many = [0] * len(study.corpus.documents)
    for one in study.tables.segments:
        words[one.document] += one.words
        many[one.document] += 1
    rows: list[tuple[Cell, ...]] = [
        (one.name, words[rank], many[rank], *(one.variables.get(name, "") for name in names), one.sha256)
        for rank, one in enumerate(study.corpus.documents)
    ]
    columns = ("Document", "Mots", "Segments", *names, "Empreinte SHA-256")
    return Figures("documents.csv", "Les documents du corpus", columns, tuple(rows))


def classes(study: Study) -> Figures:
    total = int((study.classes >= 0).sum())
    rows: list[tuple[Cell, ...]] = []
    for rank in range(study.k):
        size = int((study.classes == rank).sum())
        top = ", ".join(study.tables.vocabulary[form] for form in study.profile.top(rank, most=5))
        rows.append((class_name(rank), size, 100 * size / total, top))
    left = int((study.classes < 0).sum())
    if left:
        rows.append(("Segments non classés", left, "", ""))
    columns = ("Classe", "Segments", "Part des segments classés (%)", "Mots les plus propres")
    return Figures("classes.csv", "Les classes et leur taille", columns, tuple(rows))


def divisions(study: Study) -> Figures:
    rows = tuple(
        (
            rank + 1,
            int(study.tree.nodes[one.parent].size),
            int(study.tree.nodes[one.children[0]].size),
            int(study.tree.nodes[one.children[1]].size),
            one.chi2,
            100 * one.chi2 / one.size,
            one.moves,
            " ; ".join(NOTES[note] for note in one.notes),
        )
        for rank, one in enumerate(study.tree.divisions)
    )
    columns = (
        "Division",
        "Segments divisés",
        "Première moitié",
        "Seconde moitié",
        "χ²",
        "χ² pour 100 présences",
        "Segments déplacés",
        "À savoir",
    )
    return Figures("divisions.csv", "Les divisions, dans l’ordre", columns, rows)


def profiles(study: Study) -> Figures:
    found, names = study.profile, study.tables.vocabulary
    rows: list[tuple[Cell, ...]] = []
    for rank in range(study.k):
        scores = found.by_segments[:, rank]
        rows += [
            (
                class_name(rank),
                names[form],
                " ".join(study.tables.forms[names[form]][:8]),
                int(found.frequencies[form, rank]),
                int(found.in_all[form]),
                float(scores[form]),
                float(found.by_tokens[form, rank]),
                float(found.likelihood[form, rank]),
            )
            for form in np.lexsort((np.arange(scores.size), -scores)).tolist()
        ]
    columns = (
        "Classe",
        "Mot",
        "Formes",
        "Segments de la classe",
        "Segments classés",
        "χ² (segments)",
        "χ² (occurrences, Yates)",
        "G² (segments)",
    )
    return Figures("profils.csv", "Les mots de chaque classe", columns, tuple(rows))


def typical(study: Study) -> Figures:
    rows = tuple(
        (class_name(rank), *_whose(study, number), score, study.text_of(number))
        for rank, found in enumerate(study.typical)
        for number, score in found
    )
    columns = ("Classe", "Document", "Locuteur", "Score", "Texte")
    return Figures("segments-typiques.csv", "Les segments qui ressemblent le plus à leur classe", columns, rows)


def _whose(study: Study, number: int) -> tuple[str, str]:
    one = study.tables.segments[number]
    return study.corpus.documents[one.document].name, one.speaker


def specificities_of(study: Study, part: Parts) -> Figures:
    rows: list[tuple[Cell, ...]] = []
    for column, value in enumerate(part.values):
        scores = part.scores[:, column]
        rows += [
            (value, study.tables.vocabulary[form], int(part.counts[form, column]), float(scores[form]))
            for form in np.lexsort((np.arange(scores.size), -scores)).tolist()
        ]
    rank = study.parts.index(part) + 1
    caption = f"Les mots propres à chaque valeur de « {part.name} »"
    columns = (part.name, "Mot", "Occurrences", "Spécificité")
    return Figures(f"specificites-{rank}.csv", caption, columns, tuple(rows))


def variables(study: Study) -> Figures:
    rows = tuple(
        (
            part.name,
            value,
            class_name(rank),
            int(part.against_classes.frequencies[place, rank]),
            float(part.against_classes.by_segments[place, rank]),
        )
        for part in study.parts
        for place, value in enumerate(part.values)
        for rank in range(study.k)
    )
    columns = ("Variable", "Valeur", "Classe", "Segments", "χ² (segments)")
    return Figures("variables.csv", "Qui parle dans quelle classe", columns, rows)


def axes(found: Correspondence) -> Figures:
    rows = tuple(
        (rank + 1, float(inertia), 100 * float(share))
        for rank, (inertia, share) in enumerate(zip(found.inertias, found.shares, strict=True))
    )
    return Figures("axes.csv", "Les axes de l’analyse des correspondances", ("Axe", "Inertie", "Part (%)"), rows)


def plane(study: Study, found: Correspondence) -> Figures:
    many = found.inertias.size
    rows: list[tuple[Cell, ...]] = [
        ("classe", class_name(rank), *map(float, found.columns[rank]), *map(float, found.column_contributions[rank]))
        for rank in range(study.k)
    ]
    rows += [
        (
            "mot",
            study.tables.vocabulary[form],
            *map(float, found.rows[place]),
            *map(float, found.row_contributions[place]),
        )
        for place, form in enumerate(study.plane_forms)
    ]
    columns = ("Quoi", "Nom", *(f"Axe {n + 1}" for n in range(many)), *(f"Contribution {n + 1}" for n in range(many)))
    return Figures("plan.csv", "Places des classes et des mots sur les axes", columns, tuple(rows))


def links(study: Study) -> Figures:
    names = [study.tables.vocabulary[form] for form in study.graph_forms]
    rows = tuple(
        (
            names[int(one)],
            names[int(other)],
            int(weight),
            "oui" if kept else "non",
            int(study.graph.communities[one]) + 1,
            int(study.graph.communities[other]) + 1,
        )
        for (one, other), weight, kept in zip(study.graph.edges, study.graph.weights, study.graph.tree, strict=True)
    )
    columns = ("Mot", "Avec", "Segments communs", "Dans l’arbre", "Groupe du mot", "Groupe de l’autre")
    return Figures("liens.csv", "Les mots qui vont ensemble", columns, rows)


def vocabulary(study: Study) -> Figures:
    held = np.asarray(study.tables.presence.sum(axis=0)).ravel()
    rows = tuple(
        (name, " ".join(study.tables.forms[name]), int(times), int(inside))
        for name, times, inside in zip(study.tables.vocabulary, study.tables.frequencies, held, strict=True)
    )
    columns = ("Mot", "Formes", "Occurrences", "Segments")
    return Figures("vocabulaire.csv", "Les mots comptés", columns, rows)


def supplementary(study: Study) -> Figures:
    times = np.asarray(study.tables.supplementary_counts.sum(axis=0)).ravel()
    names = study.tables.supplementary_vocabulary
    order = sorted(range(len(names)), key=lambda place: (-times[place], names[place]))
    rows = tuple((names[place], int(times[place])) for place in order)
    return Figures("mots-outils.csv", "Les mots-outils, comptés à part", ("Mot", "Occurrences"), rows)


def segments(study: Study) -> Figures:
    rows = tuple(
        (
            number + 1,
            *_whose(study, number),
            one.start,
            one.end,
            one.words,
            class_name(int(label)),
            study.text_of(number),
        )
        for number, (one, label) in enumerate(zip(study.tables.segments, study.classes, strict=True))
    )
    columns = ("Segment", "Document", "Locuteur", "Début", "Fin", "Mots", "Classe", "Texte")
    return Figures("segments.csv", "Tous les segments", columns, rows)

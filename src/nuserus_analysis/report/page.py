"""The report: one page that stands alone, without a script, without anything fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from nuserus_analysis.reinert import Mode
from nuserus_analysis.report import figures as of
from nuserus_analysis.report.drawings import Drawings
from nuserus_analysis.report.figures import Figures, class_name
from nuserus_analysis.report.markup import (
    facts,
    note,
    paragraph,
    picture,
    quote,
    section,
    spaced,
    subsection,
    table,
    text,
)
from nuserus_analysis.report.study import Study
from nuserus_analysis.report.style import CSS
from nuserus_analysis.text.lemmas import Lemmas
from nuserus_analysis.text.segments import Cutting

OVER, UNDER, QUOTED = 20, 10, 3
SPECIFIC = 12
SHOWN = 50  # rows of the long tables; the CSV files have them all
MANY_DOCUMENTS = 40

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
CUTTINGS = {
    Cutting.WORDS: "segments d’environ {words} mots, coupés de préférence après une ponctuation forte",
    Cutting.SENTENCES: "une phrase par segment",
    Cutting.TURNS: "un tour de parole par segment",
}
MODES = {
    Mode.REINERT: "classification de Reinert",
    Mode.IRAMUTEQ: "classification de Reinert avec les règles d’IRaMuTeQ",
}
LEMMAS = {
    Lemmas.NONE: "formes telles qu’elles sont écrites",
    Lemmas.SIMPLE: "lemmes de simplemma et lexique du médico-social",
    Lemmas.HYBRID: "lemmes de spaCy et de simplemma, lexique du médico-social",
}


def report(study: Study, title: str, drawn: Drawings | None = None) -> str:
    """The whole page, in French. `title`: the name of the corpus."""
    pictures = drawn or Drawings()
    sections = [
        ("corpus", "Le corpus", _corpus(study)),
        ("classes", "Les classes", _classes(study, pictures)),
        *((f"classe-{rank + 1}", class_name(rank), _class(study, rank)) for rank in range(study.k)),
    ]
    if study.parts:
        sections.append(("variables", "Qui dit quoi", _variables(study)))
    if study.plane is not None:
        sections.append(("plan", "Le plan des classes et des mots", _plane(study, pictures)))
    sections.append(("liens", "Les mots qui vont ensemble", _links(study, pictures)))
    sections.append(
        (
            "vocabulaire",
            "Le vocabulaire",
            [table(of.vocabulary(study).best(SHOWN), "t-vocabulary"), *_rest("vocabulaire.csv", "mots-outils.csv")],
        )
    )
    sections.append(("methode", "Comment c’est fait", _method(study)))
    menu = "".join(f'<li><a href="#{name}">{text(heading)}</a></li>' for name, heading, _content in sections)
    body = "\n".join(section(name, heading, *content) for name, heading, content in sections)
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{text(title)} – analyse du vocabulaire</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#contenu">Aller au contenu</a>\n'
        f"<header><h1>Analyse du vocabulaire\u00a0: {text(title)}</h1>\n"
        "<p>Ce rapport compare des façons de parler. Il ne dit ni pourquoi on parle ainsi, ni qui a raison\u00a0: "
        "relisez toujours les textes.</p></header>\n"
        f'<nav aria-label="Sommaire"><ul>{menu}</ul></nav>\n<main id="contenu">\n{body}\n</main>\n'
        "<footer><p>Fait par nuserus. Chaque nombre est dans les fichiers CSV du même dossier.</p></footer>\n"
        "</body>\n</html>\n"
    )


def _corpus(study: Study) -> list[str]:
    found = of.documents(study)
    words = sum(one.words for one in study.tables.segments)
    content = [
        facts(
            ("Documents", len(study.corpus.documents)),
            ("Mots", words),
            ("Segments", len(study.tables.segments)),
            ("Mots différents comptés", len(study.tables.vocabulary)),
        )
    ]
    if len(study.corpus.documents) == 1:
        content.append(note("Il n’y a qu’un document : rien ne peut être comparé d’un document à l’autre."))
    without_digest = Figures(found.file, found.caption, found.columns[:-1], tuple(row[:-1] for row in found.rows))
    content.append(table(without_digest.best(MANY_DOCUMENTS), "t-documents"))
    return content + (_rest(found.file) if len(found.rows) > MANY_DOCUMENTS else [])


def _classes(study: Study, drawn: Drawings) -> list[str]:
    content = [
        paragraph(
            "Les segments qui emploient les mêmes mots sont mis ensemble. Une classe est un vocabulaire, pas un "
            "groupe de personnes : donnez-lui un nom après avoir lu ses segments."
        )
    ]
    if study.advised:
        content.append(
            paragraph(
                f"Le nombre de classes ({study.k}) est proposé : diviser encore oppose nettement moins les "
                "vocabulaires. Essayez-en un autre avec --k."
            )
        )
    elif study.plan.k is not None and study.k < study.plan.k:
        content.append(note(f"{study.plan.k} classes étaient demandées, {study.k} ont été trouvées."))
    content.append(table(of.classes(study), "t-classes"))
    left = int((study.classes < 0).sum())
    if left:
        content.append(
            paragraph(f"{left} segments ne sont dans aucune classe : ils n’ont pas assez de mots en commun avec elles.")
        )
    if drawn.tree is not None:
        content.append(picture(drawn.tree))
    if study.crossed is None:
        content += [
            note(f"À savoir : {of.NOTES[one]}. La classification pouvait être autre, lisez-la avec prudence.")
            for one in study.tree.notes
        ]
        content.append(table(of.divisions(study), "t-divisions"))
    else:
        content.append(
            paragraph(
                "Deux classifications ont été faites, sur deux longueurs de segments. Une classe est ce que les deux "
                "trouvent ; ce qu’une seule trouve n’est pas classé."
            )
        )
        if study.crossed.tied:
            content.append(note("À savoir : un autre croisement retenait autant de segments."))
    return content


def _class(study: Study, rank: int) -> list[str]:
    found = of.profiles(study)
    mine = [row for row in found.rows if row[0] == class_name(rank)]
    more = [row for row in mine if isinstance(row[5], float) and row[5] > 0]
    less = [row for row in reversed(mine) if isinstance(row[5], float) and row[5] < 0]
    columns = (1, 2, 3, 4, 5)
    content = [
        table(
            _columns(found, columns, more[:OVER], f"Mots que la classe {rank + 1} emploie plus que les autres"),
            f"t-plus-{rank}",
        )
    ]
    if less:
        content.append(
            table(
                _columns(found, columns, less[:UNDER], f"Mots que la classe {rank + 1} emploie moins que les autres"),
                f"t-less-{rank}",
            )
        )
    quotes = []
    for number, _score in study.typical[rank][:QUOTED]:
        one = study.tables.segments[number]
        document = study.corpus.documents[one.document]
        speaker = f", {one.speaker}" if one.speaker else ""
        quotes.append(quote(study.text_of(number), f"Document {document.name}{speaker}"))
    return [*content, subsection("Des segments qui lui ressemblent le plus", *quotes)]


def _variables(study: Study) -> list[str]:
    content = [
        paragraph(
            "Un χ² au-delà de 3,84 (ou sous −3,84) arrive par hasard moins d’une fois sur vingt ; avec beaucoup de "
            "comparaisons, quelques-uns arrivent toujours. Les variables n’ont pas servi à faire les classes."
        )
    ]
    found = of.variables(study)
    strong = sorted(found.rows, key=lambda row: -abs(float(row[4])))
    content.append(table(found.best(SHOWN, rows=strong), "t-variables"))
    for rank, part in enumerate(study.parts):
        whole = of.specificities_of(study, part)
        rows = [
            row
            for value in part.values
            for row in [one for one in whole.rows if one[0] == value and float(one[3]) >= 2][:SPECIFIC]
        ]
        if rows:
            content.append(
                subsection(
                    f"Mots propres à chaque valeur de « {part.name} »",
                    paragraph("Une spécificité de 2 arrive par hasard une fois sur cent, de 3 une fois sur mille."),
                    table(whole.best(len(rows), rows=rows), f"t-part-{rank}"),
                )
            )
    return content


def _plane(study: Study, drawn: Drawings) -> list[str]:
    if study.plane is None:
        return []
    found = of.plane(study, study.plane)
    columns = (0, 1, 2, 3)
    classes = [row for row in found.rows if row[0] == "classe"]
    return [
        paragraph(
            "Deux classes proches emploient les mots de façon semblable. Un mot est du côté des classes qui "
            "l’emploient plus. La distance entre un mot et une classe ne se lit pas."
        ),
        picture(drawn.plane) if drawn.plane is not None else "",
        table(of.axes(study.plane), "t-axes"),
        table(_columns(found, columns, classes, "Places des classes sur les deux premiers axes"), "t-plane"),
        *_rest(found.file),
    ]


def _links(study: Study, drawn: Drawings) -> list[str]:
    found = of.links(study)
    kept = [row for row in found.rows if row[3] == "oui"]
    content = [
        paragraph(
            "Deux mots sont liés quand ils sont dans les mêmes segments. Parmi les mots les plus fréquents, seuls les "
            "liens les plus forts sont gardés : assez pour aller de tout mot à tout autre."
        )
    ]
    if not kept:
        return [*content, note("Aucun mot fréquent n’est deux fois dans le même segment qu’un autre.")]
    if study.graph.ties:
        content.append(note("À savoir : plusieurs liens sont aussi forts, un autre arbre était aussi bon."))
    if drawn.graph is not None:
        content.append(picture(drawn.graph))
    content.append(table(_columns(found, (0, 1, 2, 4), kept[:SHOWN], "Les liens les plus forts"), "t-links"))
    return content + _rest(found.file)


def _method(study: Study) -> list[str]:
    plan = study.plan
    done = [
        CUTTINGS[plan.cutting].format(words=plan.words) + ", sans jamais passer d’un tour de parole à un autre",
        LEMMAS[plan.lemmas],
        f"mots présents dans {plan.least} segments au moins ; mots-outils comptés à part",
        MODES[plan.mode] + (", en double" if plan.double else ""),
        "χ² de présence dans les segments, sans correction ; χ² des occurrences, avec celle de Yates",
        "spécificités selon la loi hypergéométrique",
    ]
    items = "".join(f"<li>{text(spaced(one))}.</li>" for one in done)
    return [
        paragraph("Les mêmes textes et les mêmes choix donnent toujours le même rapport."),
        f"<ul>{items}</ul>",
    ]


def _columns(found: Figures, kept: Sequence[int], rows: Sequence[tuple[of.Cell, ...]], caption: str) -> Figures:
    columns = tuple(found.columns[rank] for rank in kept)
    return Figures(found.file, caption, columns, tuple(tuple(row[rank] for rank in kept) for row in rows))


def _rest(*files: str) -> list[str]:
    return [paragraph(f"Tout est dans {' et '.join(files)}.")]

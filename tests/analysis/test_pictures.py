"""Pictures: well formed, the same each time, with the table of what they show, whatever the labels."""

from __future__ import annotations

import threading
from collections.abc import Callable
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from nuserus_analysis.correspondence import correspondence
from nuserus_analysis.pictures import Cloud, Picture, dendrogram, factor_plane, similarity_picture, timeline
from nuserus_analysis.pictures.canvas import HATCHES, MARKERS
from nuserus_analysis.reinert import Classification, Mode, Profile, classify, profile
from nuserus_analysis.similarity import similarity_graph

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> & "x" $\\frac{1}$ \x07 \ud800 😀'
CLEAN = '<script>alert(1)</script> & "x" $\\frac{1}$ \ufffd \ufffd 😀'
WORDS = [f"{theme}{rank}" for theme in ("repas", "sortie", "image", "calme") for rank in range(6)]


def _corpus() -> np.ndarray:
    random = np.random.default_rng(5)
    topics = random.integers(4, size=200)
    chance = np.full((200, len(WORDS)), 0.05)
    chance[np.arange(len(WORDS)) // 6 == topics[:, None]] = 0.5
    return (random.random(chance.shape) < chance).astype(int)


TABLE = _corpus()
FOUND: Classification = classify(TABLE, k=4)
PROFILE: Profile = profile(TABLE, FOUND.classes)
PLANE = correspondence(PROFILE.frequencies)


def tree(label: str | None = None) -> Picture:
    return dendrogram(FOUND, PROFILE, WORDS, labels=None if label is None else [label])


def plane(label: str | None = None) -> Picture:
    names = WORDS if label is None else [label, *WORDS[1:]]
    clouds = [
        Cloud(label or "Formes", PLANE.rows, names, strengths=[99.0, *[1.0] * 23]),
        Cloud("Classes", PLANE.columns, list("1234")),
    ]
    return factor_plane(clouds, shares=PLANE.shares)


def network(label: str | None = None) -> Picture:
    names = WORDS if label is None else [label] * len(WORDS)
    return similarity_picture(similarity_graph(TABLE), names, labels=None if label is None else [label])


def years(label: str | None = None) -> Picture:
    return timeline(
        ["2023", "2024", label or "2025"],
        {label or "Tablette": [10, None, 14.5], "Jeu": [3, 3.25, 3]},
        bounds={"Jeu": [(2, 4), None, (2.5, 3.5)]},
        title=label,
    )


PICTURES = pytest.mark.parametrize("draw", [tree, plane, network, years])


def _texts(picture: Picture) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(picture.svg).iter(f"{SVG}text")]


@PICTURES
def test_the_svg_stands_alone_and_says_what_it_is(draw: Callable[[], Picture]) -> None:
    picture = draw()
    root = ET.fromstring(picture.svg)
    assert root.get("role") == "img"
    named = {node.get("id"): node.text for node in root.iter() if node.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert [named[one] for one in (root.get("aria-labelledby") or "").split()] == [picture.title, picture.description]
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {node.get("{http://www.w3.org/1999/xlink}href", "#")[0] for node in root.iter()} == {"#"}
    assert not {node.tag.rpartition("}")[2] for node in root.iter()} & {
        "image",
        "script",
        "style",
        "metadata",
        "foreignObject",
    }
    assert not [node for node in root.iter() if node.get("style")]  # nothing that a strict policy would drop
    assert len(picture.svg) < 200_000


@PICTURES
def test_the_same_numbers_give_the_same_bytes(draw: Callable[[], Picture]) -> None:
    assert draw() == draw()


@PICTURES
def test_labels_are_taken_as_they_are(draw: Callable[[str], Picture]) -> None:
    picture = draw(HOSTILE)
    root = ET.fromstring(picture.svg)
    assert not list(root.iter(f"{SVG}script"))
    assert CLEAN in _texts(picture)
    assert any(CLEAN in row for row in picture.table.rows)


@PICTURES
def test_tables_are_whole(draw: Callable[[], Picture]) -> None:
    table = draw().table
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.headers)}


def test_the_tree_tells_what_the_classification_and_its_profile_say() -> None:
    picture = tree()
    texts = " ".join(_texts(picture)).replace("\u00a0", " ")
    for rank, size in enumerate(FOUND.sizes):
        share = f"{100 * size / sum(FOUND.sizes):.1f}".replace(".", ",")
        assert f"{share} % des segments classés (n = {size})" in texts
        rows = [row for row in picture.table.rows if row[0] == f"Classe {rank + 1}"]
        assert {row[1] for row in rows} == {size}
        over = [row for row in rows if row[3] == "+"]
        best = int(PROFILE.by_segments[:, rank].argmax())
        assert over[0][4:] == (
            WORDS[best],
            round(float(PROFILE.by_segments[best, rank]), 2),
            int(PROFILE.frequencies[best, rank]),
        )
        assert all(float(row[5]) < 0 for row in rows if row[3] == "−")
        assert all(str(row[4]) in texts for row in rows)


def test_the_tree_of_pruned_classes_has_each_once() -> None:
    found = classify(TABLE, k=6, mode=Mode.IRAMUTEQ, smallest=20)
    picture = dendrogram(found, profile(TABLE, found.classes), WORDS)
    for rank in range(found.k):
        assert f"Classe {rank + 1}" in _texts(picture)


def test_the_plane_has_every_point_in_its_table_and_counts_labels_left_out() -> None:
    crowd = Cloud("Foule", np.zeros((200, 2)), [f"mot{rank}" for rank in range(200)])
    picture = factor_plane([crowd])
    written = sum(text.startswith("mot") for text in _texts(picture))
    assert 0 < written < 200
    assert f"{200 - written} étiquettes sans place" in picture.description
    assert len(picture.table.rows) == 200


def test_one_point_alone_can_be_shown() -> None:
    assert factor_plane([Cloud("Seul", [[0.0, 0.0]], ["ici"])]).table.rows == (("Seul", "ici", 0.0, 0.0),)


def test_links_of_the_table_are_those_of_the_tree() -> None:
    graph = similarity_graph(TABLE)
    picture = network()
    links = {(WORDS[a], WORDS[b]) for a, b in graph.edges[graph.tree].tolist()}
    assert {(row[0], row[1]) for row in picture.table.rows} == links


def test_only_the_strongest_forms_are_drawn() -> None:
    graph = similarity_graph(TABLE)
    rows = similarity_picture(graph, WORDS, most=8).table.rows
    assert len({form for row in rows for form in row[:2]}) == 8


def test_a_gap_in_time_stays_a_gap() -> None:
    rows = years().table.rows
    assert ("2024", "Tablette", "", "", "") in rows
    assert ("2025", "Jeu", 3.0, 2.5, 3.5) in rows


def test_own_labels_and_colours_are_used() -> None:
    picture = dendrogram(FOUND, PROFILE, WORDS, labels=["Se nourrir"], colours=["#123456"])
    assert "Se nourrir" in _texts(picture)
    assert "#123456" in picture.svg
    assert "Classe 2" in _texts(picture)


def test_grey_still_tells_apart() -> None:
    assert len(set(HATCHES)) == len(set(MARKERS)) == 10


def test_settings_of_the_machine_and_threads_do_not_matter() -> None:
    import matplotlib as mpl

    before = years().svg
    with mpl.rc_context({"lines.linewidth": 9, "svg.fonttype": "path"}):
        assert years().svg == before
        assert mpl.rcParams["svg.fonttype"] == "path"
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(years().svg)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [before] * 3


@pytest.mark.parametrize(
    "draw",
    [
        lambda: factor_plane([]),
        lambda: factor_plane([Cloud("Vide", np.empty((0, 2)), [])]),
        lambda: factor_plane([Cloud("Court", [[1.0, 2.0]], [])]),
        lambda: factor_plane([Cloud("Une ligne", [[1.0]], ["a"])]),
        lambda: similarity_picture(similarity_graph(np.eye(3)), list("abc")),
        lambda: timeline([], {}),
        lambda: timeline(["2024"], {"a": [None]}),
        lambda: timeline(["2024"], {"a": [1, 2]}),
        lambda: dendrogram(FOUND, PROFILE, WORDS[1:]),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Picture]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        draw()

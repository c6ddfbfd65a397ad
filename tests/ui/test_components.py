"""Each component says its meaning in words, and survives what it does not know."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.core.paginator import Paginator

from nuserus import ui
from nuserus.ui.outcomes import bars_of
from nuserus.ui.pictograms import DRAWINGS, FAMILIES, drawing_for
from tests.ui.rendered import Reader, render

DRAWN = Path(__file__).parents[2] / "frontend" / "pictograms" / "names.json"


def read(source: str, path: str = "/", **context: object) -> Reader:
    return Reader(render(source, context, path))


def test_every_name_is_drawn_and_every_drawing_is_named() -> None:
    assert set(json.loads(DRAWN.read_text())) == set(DRAWINGS)


def test_every_drawing_that_a_template_names_exists() -> None:
    templates = Path(ui.__file__).parents[1].glob("*/templates/**/*.html")
    named = {name for file in templates for name in re.findall(r"pictogram [\"']([^\"']+)[\"']", file.read_text())}
    assert named <= DRAWINGS | set(FAMILIES)


def test_unknown_family_has_the_neutral_drawing() -> None:
    assert drawing_for("machine à vapeur") == "shapes"
    assert drawing_for(FAMILIES["tablette"]) == "tablet"


def test_pictogram_is_silent_unless_named() -> None:
    assert read('{% pictogram "tablette" %}').one("svg")["aria-hidden"] == "true"
    named = read('{% pictogram "tablette" label="Tablette" %}').one("svg")
    assert (named["role"], named["aria-label"]) == ("img", "Tablette")


def test_status_tag_has_a_word_and_a_shape() -> None:
    page = read('{% status_tag "stop" "retirée" %}')
    assert page.text == "retirée"
    assert str(page.one("use")["href"]).endswith("#stop")


def test_ladder_says_what_is_reached() -> None:
    page = read('{% ladder "essaye" %}')
    assert page.text == "idée (atteint) essayé ici (atteint) essayé dans 3 lieux (pas encore) évalué (pas encore)"
    assert [attributes.get("aria-current") for attributes in page.all("li")] == [None, "step", None, None]


def test_ladder_of_an_unknown_step_is_the_first() -> None:
    assert read('{% ladder_line "?" %}').text == "idée"


def test_outcome_bars_show_failures_like_successes() -> None:
    page = read("{% outcome_bars 1 0 3 %}")
    assert page.text.startswith("4 essais racontés, dont 1 qui a marché")
    assert [bar["width"] for bar in page.all("rect", class_="nu-outcome__value")] == ["25%", "0%", "75%"]
    assert len(page.all("table")) == 1


def test_outcome_bars_without_trial_say_so() -> None:
    page = read("{% outcome_bars 0 0 0 %}")
    assert page.text == "Personne n’a encore raconté d’essai."


def test_shares_of_nothing_are_nothing() -> None:
    assert [bar.percent for bar in bars_of(0, 0, 0)] == [0, 0, 0]


def test_chips_can_be_removed_one_by_one() -> None:
    page = read("{% chips items clear_url='/pratiques/' %}", items=[{"label": "IME", "url": "/pratiques/?a=1"}])
    assert [a["href"] for a in page.all("a")] == ["/pratiques/?a=1", "/pratiques/"]
    assert "IME retirer ce filtre" in page.text


def test_card_needs_only_an_address_and_a_title() -> None:
    page = read('{% card url="/x/" title=title %}', title="<b>Titre</b>")
    assert page.one("a")["href"] == "/x/"
    assert not page.all("b")
    assert page.text == "<b>Titre</b>"


def test_card_heading_level_follows_the_page() -> None:
    assert read('{% card url="/x/" title="T" heading=2 %}').all("h2")


def test_lineage_is_a_nested_list_that_says_where_one_is() -> None:
    tree = [{"title": "Origine", "url": "/a/", "children": [{"title": "Ici", "here": True, "children": []}]}]
    page = read("{% lineage tree %}", tree=tree)
    assert len(page.all("ul")) == 2
    assert page.one("span", aria_current="true")
    assert [a["href"] for a in page.all("a")] == ["/a/"]


def test_progress_dots_say_the_state_of_each_step() -> None:
    steps = [
        {"label": "Photo", "url": "/1/", "state": "passed"},
        {"label": "Matériel", "url": "/2/", "state": "here"},
        {"label": "Public", "url": "", "state": "todo"},
    ]
    page = read("{% progress_dots steps %}", steps=steps)
    assert page.text == "Question 2 sur 3 Photo, passé 2 Matériel, vous êtes ici Public, à venir"
    assert [a["href"] for a in page.all("a")] == ["/1/"]


def test_pagination_keeps_the_search() -> None:
    page = read("{% pagination page %}", path="/pratiques/?q=robot&page=2", page=Paginator(range(60), 20).page(2))
    assert "?q=robot&page=3" in [a["href"] for a in page.all("a")]
    assert page.one("a", aria_current="page")["href"] == "?q=robot&page=2"


def test_one_page_needs_no_pagination() -> None:
    assert not read("{% pagination page %}", page=Paginator([1], 20).page(1)).elements


def test_empty_state_offers_something_to_do() -> None:
    page = read('{% empty_state "Rien" "Retirez un filtre." "/x/" "Demander" %}')
    assert page.text == "Rien Retirez un filtre. Demander"


def test_why_is_silent_without_sentence() -> None:
    assert not read('{% why_i_see "" %}').elements
    assert read('{% why_i_see "Vous l’avez écrite." %}').text == "Pourquoi je vois ceci Vous l’avez écrite."


def test_quote_keeps_paragraphs_and_escapes() -> None:
    page = read("{% said words 'une résidente' %}", words="Un.\n\n<i>Deux.</i>")
    assert len(page.all("p")) == 2
    assert not page.all("i")


def test_steps_are_numbered_by_the_list_itself() -> None:
    page = read("{% steps items %}", items=[{"text": "Un"}, {"text": "Deux", "picture": "/p.jpg", "alt": "Une table"}])
    assert len(page.all("li")) == 2
    assert page.one("img")["alt"] == "Une table"


def test_compare_says_each_change_in_a_word() -> None:
    cards = [
        {"title": "A", "theirs": "x", "ours": "y", "change": "changed"},
        {"title": "B", "theirs": "", "ours": "z", "change": "added"},
    ]
    text = read("{% compare cards %}", cards=cards).text
    assert "A changé" in text
    assert "B ajouté" in text
    assert "Rien ici." in text


def test_summary_list_says_what_has_no_answer() -> None:
    page = read("{% summary_list rows %}", rows=[{"key": "Public", "value": "", "url": "/x/"}])
    assert page.text == "Public pas de réponse Modifier : Public"

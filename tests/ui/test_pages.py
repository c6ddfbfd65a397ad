"""The frame of pages, and the pages of errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string

from nuserus import ui
from nuserus.ui.templatetags.nu import register
from tests.ui.rendered import Reader, render, request_for

pytestmark = pytest.mark.urls("tests.ui.addresses")

BASE = '{% extends "ui/base.html" %}{% block content %}<h1>Bonjour</h1>{% endblock %}'


def page(source: str = BASE, path: str = "/", **context: object) -> Reader:
    # `extends` must come first, so the tags that `render` loads are left out.
    return Reader(engines["django"].from_string(source).render(dict(context), request_for(path)))


def test_frame_has_skip_link_landmarks_and_language() -> None:
    frame = page()
    assert frame.one("html")["lang"] == "fr"
    assert frame.one("a", class_="govuk-skip-link")["href"] == "#contenu"
    assert frame.one("main")["id"] == "contenu"
    assert len(frame.all("h1")) == 1
    assert {nav["aria-label"] for nav in frame.all("nav")} == {"Navigation principale", "Le reste du site"}


def test_three_verbs_in_order_and_the_current_one_marked() -> None:
    frame = page(path="/pratiques/")
    links = [
        attributes
        for attributes in frame.all("a")
        if attributes["href"] in {"/pratiques/", "/partager/", "/mon-espace/"}
    ]
    assert [link["href"] for link in links] == ["/pratiques/", "/partager/", "/mon-espace/"]
    assert [link.get("aria-current") for link in links] == ["page", None, None]


def test_a_page_below_marks_its_section() -> None:
    frame = page(path="/materiel/robot/")
    assert frame.one("a", href="/materiel/")["aria-current"] == "true"


def test_review_is_offered_to_reviewers_only() -> None:
    assert not page().all("a", href="/relecture/")
    assert page(can_review=True).all("a", href="/relecture/")


def test_every_program_has_the_nonce_and_nothing_is_inline() -> None:
    frame = page('{% extends "ui/question.html" %}')
    programs = frame.all("script")
    assert [str(program["src"]).rsplit("/", 1)[1].split(".")[0] for program in programs] == ["theme", "form", "drafts"]
    assert {program["nonce"] for program in programs} == {"n0nce"}
    for tag, attributes in frame.elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_nothing_comes_from_elsewhere() -> None:
    for _, attributes in page().elements:
        for name in ("src", "href", "action"):
            assert not (attributes.get(name) or "").startswith(("http:", "https:", "//"))


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
def test_error_pages_keep_the_frame(name: str) -> None:
    shown = Reader(render_to_string(name, {}, request_for("/perdu/?a=1&b=é")))
    assert len(shown.all("h1")) == 1
    assert shown.all("nav")


def test_missing_page_offers_to_sign_in_and_to_come_back() -> None:
    shown = Reader(render_to_string("404.html", {}, request_for("/fiches/1/?a=1&b=2")))
    (link,) = [a for a in shown.all("a", class_="nu-button") if "next=" in str(a["href"])]
    assert str(link["href"]).endswith("?next=%2Ffiches%2F1%2F%3Fa%3D1%26b%3D2")


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "503_mail.html"])
def test_last_resort_pages_need_nothing(name: str) -> None:
    shown = Reader(render_to_string(name))
    assert len(shown.all("h1")) == 1
    assert not shown.all("script")
    assert shown.one("a")["href"] == "/"


def test_styleguide_shows_every_component() -> None:
    source = (Path(ui.__file__).parent / "templates" / "ui" / "styleguide.html").read_text()
    unseen = [tag for tag in register.tags if f"{{% {tag} " not in source and f"% {tag} " not in source]
    # Parts of the navigation, the small ladder inside cards: seen through their parents.
    assert set(unseen) == {"address", "current", "ladder_line"}


def test_styleguide_gives_each_id_once() -> None:
    shown = Reader(render('{% include "ui/styleguide.html" %}'))
    assert len(shown.ids) == len(set(shown.ids))

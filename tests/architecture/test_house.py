"""What imports alone cannot show about the house; each check is shown a violation that it must see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

SOURCE = Path(__file__).parents[2] / "src" / "nuserus"
# From the top of the house down, as in [tool.importlinter].
APPS = (
    "portal", "community", "learning", "charters", "facilitation", "practices", "fieldwork", "instruments", "corpus", "studies", "consent",
    "devices", "directory", "people", "notifications", "search", "screening", "voice", "ui", "foundation",
)  # fmt: skip
LONGEST = 400  # lines; a longer file has grown a second subject


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("nuserus.")]


def relations_upwards(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs (app, app it points to) that go against the order."""
    return [(here, there) for here, there in pairs if there in APPS and APPS.index(there) < APPS.index(here)]


def test_foreign_keys_follow_the_order_of_the_apps() -> None:
    pairs = [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField) and isinstance(field.related_model, type)
    ]
    assert len(pairs) > 10
    assert relations_upwards(pairs) == []


def test_planted_relation_upwards_is_seen() -> None:
    assert relations_upwards([("practices", "people"), ("people", "practices")]) == [("people", "practices")]


def templates() -> list[Path]:
    return sorted(SOURCE.glob("*/templates/**/*.html"))


_USED = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def foreign_templates(app: str, text: str) -> list[str]:
    """Templates of other apps than `app` and ui that a template extends or includes."""
    used = _USED.findall(text)
    others = (set(APPS) | {"allauth", "account", "mfa", "socialaccount", "usersessions"}) - {app, "ui"}
    own = {"account", "mfa", "socialaccount", "usersessions", "allauth"} if app == "people" else set()
    return [name for name in used if name.split("/")[0] in others - own]


def test_templates_use_only_their_own_and_those_of_ui() -> None:
    used = {
        str(path.relative_to(SOURCE)): foreign_templates(path.relative_to(SOURCE).parts[0], path.read_text("utf-8"))
        for path in templates()
    }
    assert {path: names for path, names in used.items() if names} == {}


def test_planted_foreign_template_is_seen() -> None:
    text = '{% extends "ui/base.html" %}{% include "practices/_card.html" %}'
    assert foreign_templates("portal", text) == ["practices/_card.html"]
    assert foreign_templates("practices", text) == []


_INLINE = re.compile(
    r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|<script(?![^>]*(?:\bnonce=|type="application/json"))""",
    re.IGNORECASE,
)


def inline_code(text: str) -> list[str]:
    """Scripts without a nonce, styles and event handlers written in a page."""
    return _INLINE.findall(re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", text, flags=re.DOTALL))


def test_templates_hold_no_inline_code() -> None:
    found = {str(path.relative_to(SOURCE)): inline_code(path.read_text("utf-8")) for path in templates()}
    # readers of mail keep no other style than this, and no policy of ours applies there
    styled = {
        path: [code for code in codes if code.strip() != "style="] if "/mail/" in path else codes
        for path, codes in found.items()
    }
    # kept on devices, where a nonce would be the same every time: its own policy lets files of the site run, and nothing
    # that is written in the page (tests/instruments says so)
    own = "instruments/templates/instruments/shell.html"
    styled[own] = [code for code in styled[own] if code != "<script"]
    assert {path: codes for path, codes in styled.items() if codes} == {}


@pytest.mark.parametrize("text", ["<p style='x'>", "<script>1</script>", '<a onclick="x()">', "<style>p{}</style>"])
def test_planted_inline_code_is_seen(text: str) -> None:
    assert inline_code(text)
    assert not inline_code('<script src="x.js" nonce="{{ request.csp_nonce }}"></script>')


def test_every_template_is_used() -> None:
    sources = [path.read_text("utf-8") for path in [*SOURCE.rglob("*.py"), *templates()]]
    everything = "\n".join(sources)
    by_convention = (
        "ui/forms/",
        "django/forms/",
        "4",
        "500",
        "account/",
        "mfa/",
        "socialaccount/",
        "usersessions/",
        "allauth/",
    )
    unused = []
    for path in templates():
        name = path.as_posix().split("/templates/")[1]
        chosen_by_name = f"{name.rsplit('/', 1)[0]}/{{" in everything
        if not name.startswith(by_convention) and name not in everything and not chosen_by_name:
            unused.append(name)
    assert unused == []


def imports_of(path: Path) -> set[str]:
    """Modules of nuserus that a file imports, absolutely."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("nuserus."):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("nuserus.")}
    return found


def room_of(module: str) -> tuple[str, str]:
    """App and room of a dotted module name; empty strings where there is none."""
    parts = [*module.split("."), "", ""]
    return (parts[1], parts[2]) if parts[0] == "nuserus" else ("", "")


def wrong_importers(room: str, allowed: set[str], modules: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Modules outside `allowed` rooms (and config) that import something of `room` of any app."""
    wrong = []
    for module, imported in modules.items():
        app, own_room = room_of(module)
        for name in imported:
            if room_of(name)[1] == room and own_room not in allowed and app != "config":
                wrong.append((module, name))
    return sorted(set(wrong))


def our_modules() -> dict[str, set[str]]:
    return {
        ".".join(("nuserus", *path.relative_to(SOURCE).with_suffix("").parts)): imports_of(path)
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
    }


def test_views_are_imported_by_urls_only_and_forms_by_views_only() -> None:
    modules = our_modules()
    assert wrong_importers("views", {"urls", "views"}, modules) == []
    assert wrong_importers("forms", {"views", "forms"}, modules) == []


def test_planted_import_of_a_form_is_seen() -> None:
    planted = {
        "nuserus.people.actions.x": {"nuserus.people.forms.y"},
        "nuserus.people.views.x": {"nuserus.people.forms.y"},
    }
    assert wrong_importers("forms", {"views", "forms"}, planted) == [
        ("nuserus.people.actions.x", "nuserus.people.forms.y")
    ]


def test_no_file_has_grown_too_long() -> None:
    lengths = {
        path: len(path.read_text("utf-8").splitlines())
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


def test_every_model_and_field_says_its_name_in_french() -> None:
    unnamed = [
        model._meta.label
        for model in our_models()
        if model._meta.original_attrs.get("verbose_name") is None and model._meta.managed
    ]
    assert unnamed == []


def test_no_room_is_called_after_nothing() -> None:
    forbidden = {"utils", "helpers", "common", "services", "misc", "util", "helper", "tools"}
    names = {path.stem for path in SOURCE.rglob("*") if path.suffix in ("", ".py")}
    assert names & forbidden == set()

"""Pages and forms rendered as text, with a small reader of what they hold. No database is asked."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory


def request_for(path: str = "/") -> HttpRequest:
    """A visitor's request, as the middleware would have prepared it."""
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]
    return request


def render(source: str, context: dict[str, Any] | None = None, path: str = "/") -> str:
    """Render template source, with the tags of ``nu`` loaded."""
    template = engines["django"].from_string("{% load i18n nu %}" + source)
    return template.render(context or {}, request_for(path))


class Reader(HTMLParser):
    """Elements with their attributes, and the visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Attributes of every such element; ``class_`` stands for class, ``_`` in names for a hyphen."""
        conditions = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in conditions.items())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} × <{tag} {wanted}>"
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if attributes.get("id")]  # type: ignore[misc]

"""Addresses of static files."""

from __future__ import annotations

from django.templatetags.static import static

from nuserus.ui.storage import version_of


def test_address_carries_a_hash_of_the_content() -> None:
    assert static("ui/plain.css") == f"/static/ui/plain.css?v={version_of('ui/plain.css')}"
    assert len(version_of("ui/plain.css")) == 10


def test_unknown_file_has_a_plain_address() -> None:
    assert static("ui/none.css") == "/static/ui/none.css"

"""What one test speaks is not what the next one speaks."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_test_begins_in_the_language_of_the_site(language: str) -> None:
    assert translation.get_language() == "fr"
    translation.activate(language)

"""The analyser serves several threads at once: the web server has eight."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from nuserus_analysis.text.stems import stem

ROOTS = ("éducat", "photograph", "accompagn", "autonom", "yaourt", "pictogramm", "numéris", "bienveill")
ENDINGS = ("ion", "rice", "eurs", "ement", "ées", "issant", "ité", "iques", "ables", "ons")
WORDS = [f"{root}{middle}{ending}" for root in ROOTS for middle in ("", "i", "al", "at") for ending in ENDINGS]


@pytest.fixture
def nervous() -> Iterator[None]:
    """Threads take turns a thousand times more often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("nervous")
def test_threads_do_not_mix_their_words() -> None:
    alone = [stem.__wrapped__(word) for word in WORDS]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [stem.__wrapped__(word) for word in WORDS], range(24)))
    assert all(answer == alone for answer in answers)

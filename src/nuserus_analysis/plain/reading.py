"""Reading a text with every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nuserus_analysis.plain.advice import RULES, Advice
from nuserus_analysis.plain.figures import read_figures
from nuserus_analysis.plain.grammar import read_grammar
from nuserus_analysis.plain.layout import read_layout
from nuserus_analysis.plain.sentences import Sentence, sentences_in
from nuserus_analysis.plain.wording import read_wording

_READERS: tuple[Callable[[str, Sequence[Sentence]], Iterator[Advice]], ...] = (
    read_layout,
    read_wording,
    read_grammar,
    read_figures,
)


def advise(text: str, *, pictures: int | None = None) -> list[Advice]:
    """What could be plainer in a text, in its order; nothing for an empty text.

    `pictures` is how many pictures stand with it; None when that is not known, and not advised on.
    """
    sentences = sentences_in(text)
    found = {advice for reader in _READERS for advice in reader(text, sentences)}
    if pictures is not None and sentences and pictures < 1:
        first = sentences[0]
        found.add(Advice(RULES["picture"], first.start, first.end, first.text))
    return sorted(found, key=lambda advice: (advice.start, advice.end, advice.rule.key))

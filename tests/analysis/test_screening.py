"""The screening: offsets that hold for any text, and what each rule finds and leaves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuserus_analysis.screening import (
    Kind,
    Span,
    known,
    rare_combination,
    replace,
    screen,
    screen_with,
)
from nuserus_analysis.screening.national_number import find_nirs

# Pieces that rules look for, so that random texts meet them.
PIECES = st.sampled_from(
    [
        "Mme Durand", "M. K.", "le 12 mars 2024", "du 3/04/2023", "12 ans", "chambre 214", "06 39 98 12 34", "a.b@exemple.fr",
        "1 84 12 99 451 089 46", "3 rue des Lilas, 35000 Rennes", "Léo", "d’Eliott", "A.B.", " ", "\u00a0", ".", ", ", "\n",
        "é", "e\u0301", "🙂", "👩‍👩‍👧", "\u202e", "İ", "ß", "ſ", "ﬁ", "Ǆ", "的", "٣٤", "²", "½", "’", "'", "-", "«", "0", "(",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join))
SPANS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 90)).map(lambda pair: Span(min(pair), max(pair))), max_size=3
)


@given(TEXTS, SPANS)
@settings(max_examples=400)
def test_flags_are_inside_in_order_and_apart(text: str, names: list[Span]) -> None:
    flags = screen(text, names=[span for span in names if span.end <= len(text)])
    end = reached = 0
    for flag in flags:
        assert end <= flag.start < flag.end <= len(text)
        assert flag.words(text) == text[flag.start : flag.end]
        assert reached <= flag.proposal.start <= flag.start
        assert flag.end <= flag.proposal.end <= len(text)
        end, reached = flag.end, flag.proposal.end


@given(TEXTS)
@settings(max_examples=200)
def test_screening_twice_is_screening_once(text: str) -> None:
    assert screen(text) == screen(text)


@given(TEXTS, st.text(max_size=12))
@settings(max_examples=200)
def test_replacing_leaves_the_rest_untouched(text: str, wording: str) -> None:
    for flag in screen(text):
        proposal = flag.proposal
        changed = replace(text, proposal, wording)
        assert changed[: proposal.start] == text[: proposal.start]
        assert changed[proposal.start + len(wording) :] == text[proposal.end :]


@pytest.mark.parametrize(
    ("text", "kind", "becomes"),
    [
        ("L’essai a commencé le 12 mars 2024.", Kind.DATE, "L’essai a commencé en mars 2024."),
        ("Depuis sa chute du 14 août, il marche.", Kind.DATE, "Depuis sa chute d’août, il marche."),
        ("Une dame de 94 ans écrit.", Kind.AGE, "Une dame de plus de 90 ans écrit."),
        ("Hugo, 8 ans, rit.", Kind.AGE, "Hugo, moins de 12 ans, rit."),
        ("Le rythme d’Amandine compte.", Kind.NAME, "Le rythme d’une personne compte."),
        ("Mme Durand chante.", Kind.NAME, "La personne chante."),
        ("Le jeune T. sourit.", Kind.INITIALS, "Le jeune sourit."),
        ("La dame de la chambre 214 sonne.", Kind.ROOM, "La dame de la chambre sonne."),
        ("Appelez le 06 39 98 12 34.", Kind.TELEPHONE, "Appelez le [numéro retiré]."),
    ],
)
def test_proposed_wording_keeps_the_sentence_standing(text: str, kind: Kind, becomes: str) -> None:
    flag = next(flag for flag in screen(text) if flag.kind is kind)
    assert replace(text, flag.proposal) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "La loi n° 2002-2 du 2 janvier 2002 le dit.",
        "Les enfants de 6 à 12 ans viennent depuis 3 ans.",
        "Une salariée a dix ans d’expérience.",
        "La résidence Jean-Moulin et l’IME Marie-Curie.",
        "Chaque chambre a une prise.",
    ],
)
def test_what_only_looks_so_is_left(text: str) -> None:
    assert screen(text) == []


def test_known_names_and_towns_are_spared() -> None:
    spared = known(["Camille Martin", "Résidence des Ajoncs", "Plaphoons"], ["Quimper"])
    text = "Camille Martin est venue à Quimper avec Plaphoons. Mme Martin aussi, et Camille."
    assert [flag.words(text) for flag in screen(text, known=spared)] == ["Mme Martin", "Camille"]


def test_without_a_model_the_rules_alone() -> None:
    (flags,) = screen_with(None, ["Avec Léo."])
    assert [str(flag.kind) for flag in flags] == ["name"]


class OneName:
    """Finds one word in each text."""

    def __init__(self, word: str) -> None:
        self.word = word

    def names_in(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[Span(text.index(self.word), text.index(self.word) + len(self.word))] for text in texts]


def test_what_a_model_finds_is_weighed() -> None:
    def words(text: str, word: str) -> list[str]:
        (flags,) = screen_with(OneName(word), [text])
        return [flag.words(text) for flag in flags]

    assert words("Hier encore Zdenkaou marchait.", "Zdenkaou") == ["Zdenkaou"]
    assert words("Le robot Zdenkaou marchait.", "Zdenkaou") == []
    assert words("Hier encore Tablette marchait.", "Tablette") == []


def test_wrong_key_of_a_nir_is_still_a_nir() -> None:
    assert len(list(find_nirs("1 84 12 99 451 089 00"))) == 1


def test_rare_combination_needs_its_three_parts() -> None:
    towns = known(places=["Lorient"])
    told = ["Dans notre lieu de vie, un jeune autiste.", "Il vient de Lorient et a 9 ans."]
    found = rare_combination(told, known=towns)
    assert found is not None
    assert (found.service, found.condition, found.moment, found.place) == (
        ("lieu de vie",), ("autiste",), ("9 ans",), ("Lorient",),
    )  # fmt: skip
    assert rare_combination(told[:1], known=towns) is None
    assert rare_combination(["Un jeune autiste de 9 ans."], known=towns) is None
    assert rare_combination(["Un jeune autiste de 9 ans."], known=towns, is_small_service=True) is not None

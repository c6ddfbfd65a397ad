"""Occurrences and segments: each in its place, none lost, none across two turns."""

from __future__ import annotations

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus_analysis.text.canonical import canonical, canonical_text
from nuserus_analysis.text.function_words import is_function_word
from nuserus_analysis.text.lemmas import Lemmas, hybrid_is_available, lemmatise, merged, simple_lemma
from nuserus_analysis.text.lexicon import domain_lexicon, read_lexicon
from nuserus_analysis.text.occurrences import Kind, is_counted, occurrences
from nuserus_analysis.text.segments import bounds, cut, cut_sentences

TREEBANKS = Path(__file__).parents[3] / "shared" / "data" / "treebanks"

anything = st.text(alphabet=st.characters(), max_size=300) | st.text(
    alphabet="aeésœÉ'’-·./:;,!?…«»()@ 0123\u00a0\n\u0301\u202f", max_size=300
)
prose = st.lists(
    st.sampled_from(["mot", "l’idée", "dit-il", "3,5", "a@b.fr", ".", ",", ";", ":", "…", "«", "»", "?!"]), max_size=400
).map(" ".join)


@given(anything)
def test_occurrences_lie_in_their_place_and_leave_only_space(text: str) -> None:
    plain = canonical_text(text)
    at = 0
    for found in occurrences(plain):
        assert plain[found.start : found.end] == found.text != ""
        assert found.start >= at
        # what is between two occurrences shows nothing: spaces, marks without a letter
        assert all(
            sign.isspace() or not sign.isprintable() or unicodedata.category(sign)[0] in "MC"
            for sign in plain[at : found.start]
        )
        at = found.end


@given(anything)
def test_canonical_text_is_stable(text: str) -> None:
    once = canonical_text(text)
    assert canonical_text(once) == once
    assert "\r" not in once
    assert canonical(text) == canonical(once)


def test_digest_is_that_of_the_text() -> None:
    assert canonical("abc\r\n").sha256 == "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’équipe qu'il aide", ["l'", "équipe", "qu'", "il", "aide"]),
        ("aujourd’hui, dit-elle", ["aujourd'hui", ",", "dit", "elle"]),
        ("des rendez-vous médico-sociaux", ["des", "rendez-vous", "médico-sociaux"]),
        ("les référent·e·s et éducateur/trice", ["les", "référent", "et", "éducateur"]),
        ("IME, I.M.E", ["IME", ",", "IME"]),
        ("1 200 € le 12/03/2020 à 14h30", ["1200", "€", "le", "12/03/2020", "à", "14h30"]),
        ("écrire à a.b-c@exemple.fr.", ["écrire", "à", "a.b-c@exemple.fr", "."]),
        ("voir https://exemple.fr/a?b=1.", ["voir", "https://exemple.fr/a?b=1", "."]),
        ("M. Durand, p. 12", ["m", "durand", ",", "p", "12"]),
        (
            "UNE PHRASE ENTIÈREMENT EN CAPITALES POUR CRIER",
            ["une", "phrase", "entièrement", "en", "capitales", "pour", "crier"],
        ),
        ("Attends...", ["attends", "..."]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert [found.form for found in occurrences(text)] == expected


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a." * 50_000, "1 000" * 20_000, "www." * 20_000, "- " * 50_000, "l’idée " * 50_000]
)
def test_long_runs_are_read_quickly(text: str) -> None:
    start = time.process_time()
    occurrences(text)
    assert time.process_time() - start < 5


def test_kinds() -> None:
    read = occurrences("mot 3,5 a@b.fr !")
    assert [found.kind for found in read] == [Kind.WORD, Kind.NUMBER, Kind.ADDRESS, Kind.SIGN]


@given(prose, st.integers(5, 60))
def test_segments_tile_the_words_and_keep_their_length(text: str, words: int) -> None:
    read = occurrences(text)
    pieces = cut(read, words=words)
    counted = sum(map(is_counted, read))
    assert [(piece.first, piece.last) for piece in pieces] == [
        (first, last)
        for first, last in zip([0, *[p.last for p in pieces[:-1]]], [p.last for p in pieces], strict=False)
    ]
    assert (pieces[-1].last == len(read)) if counted else not pieces
    shortest, longest = bounds(words)
    lengths = [sum(map(is_counted, read[piece.first : piece.last])) for piece in pieces]
    assert all(length <= longest for length in lengths)
    if counted >= shortest and longest + 1 >= 2 * shortest:
        assert all(length >= shortest for length in lengths)


@given(prose)
def test_sentences_lose_no_word(text: str) -> None:
    read = occurrences(text)
    pieces = cut_sentences(text, read)
    said = [place for piece in pieces for place in range(piece.first, piece.last)]
    assert said == sorted(set(said))
    assert {place for place, found in enumerate(read) if is_counted(found)} <= set(said)


def _lengths(text: str) -> list[int]:
    read = occurrences(text)
    return [sum(map(is_counted, read[piece.first : piece.last])) for piece in cut(read)]


def test_cut_is_where_the_sign_is_worth_its_distance() -> None:
    words = ["mot"] * 90
    assert _lengths(" ".join(words)) == [40, 50]
    # a full stop three words away (6/4) beats a comma at the place (1/1), not a comma and two words (6/7 < 1/1)
    assert _lengths(" ".join([*words[:37], ".", *words[:3], ",", *words[:50]])) == [37, 53]
    assert _lengths(" ".join([*words[:34], ".", *words[:6], ",", *words[:50]])) == [40, 50]
    assert _lengths(" ".join([*words[:43], ";", *words[:47]])) == [43, 47]
    # equally near, the earlier
    assert _lengths(" ".join([*words[:38], ".", *words[:4], ".", *words[:48]])) == [38, 52]


def test_opening_marks_go_with_what_they_open() -> None:
    text = " ".join(["mot"] * 40) + ". « " + " ".join(["idée"] * 40) + " »."
    read = occurrences(text)
    first, second = cut(read)
    assert read[first.last - 1].text == "."
    assert read[second.first].text == "«"


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("éducatrices", "éducateur"), ("accompagnions", "accompagner"), ("yeux", "œil"), ("j'", "je"), ("IME", "IME")],
)
def test_simple_lemmas(form: str, lemma: str) -> None:
    assert simple_lemma(form) == lemma


def _lemmas(text: str, how: Lemmas) -> list[str]:
    return next(lemmatise([occurrences(text)], how))


def test_words_of_the_field_come_first() -> None:
    assert _lemmas("Les référentes co-construisent à l’essms, les ados", Lemmas.SIMPLE) == [
        "le", "référent", "co-construire", "à", "le", "ESSMS", ",", "le", "ado",
    ]  # fmt: skip
    assert _lemmas("Les référentes", Lemmas.NONE) == ["les", "référentes"]
    assert all(lemma in (domain_lexicon().get(lemma), form.upper()) for form, lemma in domain_lexicon().items())


def test_lexicon_says_what_it_cannot_read() -> None:
    assert read_lexicon(["# rien", "", "chat: chats chatte # félin"]) == {
        "chat": "chat",
        "chats": "chat",
        "chatte": "chat",
    }
    with pytest.raises(ValueError, match="lexicon"):
        read_lexicon(["chat chats"])


def test_hybrid_takes_what_is_agreed_or_known() -> None:
    assert merged("étudier", "étudions") == "étudier"  # both agree
    assert merged("fermer", "ferme") == "fermer"  # simplemma knows the word
    assert merged("co-construite", "co-construites") == simple_lemma("co-construites")  # invented by the model


@pytest.mark.skipif(not hybrid_is_available(), reason="the extra nlp is not installed")
def test_hybrid_reads_our_own_words() -> None:
    read = [occurrences("Les éducatrices utilisaient les tablettes de l’IME aujourd’hui."), [], occurrences("Oui !")]
    lemmas = list(lemmatise(read, Lemmas.HYBRID))
    assert [len(one) for one in lemmas] == [len(one) for one in read]
    assert {"éducateur", "utiliser", "tablette", "IME"} <= set(lemmas[0])


def test_words_of_grammar() -> None:
    for form, lemma in [("les", "le"), ("pourrions", "pouvoir"), ("plusieurs", "plusieurs"), ("c'", "ce")]:
        assert is_function_word(form, lemma), form
    for form, lemma in [("tablette", "tablette"), ("ES", "ES"), ("aider", "aider"), ("personne", "personne")]:
        assert not is_function_word(form, lemma), form


@pytest.mark.parametrize(("treebank", "accuracy"), [("gsd", 0.948), ("parisstories", 0.972), ("rhapsodie", 0.971)])
def test_lemma_accuracy_is_that_published(treebank: str, accuracy: float) -> None:
    """Content words (NOUN, VERB, ADJ, ADV) of the test part of a treebank in French, in CoNLL-U."""
    file = TREEBANKS / f"{treebank}-test.conllu"
    if not file.exists():
        pytest.skip(f"no treebank here: {file.name} is not in shared/data/treebanks")
    right = total = 0
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == 10]
    for _rank, form, lemma, kind, *_others in rows:
        if kind in ("NOUN", "VERB", "ADJ", "ADV"):
            read = occurrences(form)
            found = next(lemmatise([read], Lemmas.HYBRID, lexicon={}))
            right += "".join(found) == lemma.lower()
            total += 1
    assert right / total >= accuracy - 0.005

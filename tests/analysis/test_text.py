"""The analyser: words, offsets, stems, synonyms, and any string whatsoever."""

import doctest
import importlib
import pkgutil
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nuserus_analysis.text as text_package
from nuserus_analysis.text import (
    MAX_ALTERNATIVES,
    MAX_GROUPS,
    MAX_INDEX_CHARACTERS,
    MAX_WORD_CHARACTERS,
    STOP_WORDS,
    analyse,
    build_synonyms,
    fold,
    normalise,
    stem,
    tokens_for_index,
    tokens_for_query,
)

# Letters, marks, lone surrogates, controls, direction marks: what a search box may be given.
any_string = st.text(alphabet=st.characters(), max_size=200) | st.text(alphabet="aeésœÉ'’-·.()/ \x00\u202e\ud800\u0301")

MODULES = [f"{text_package.__name__}.{module.name}" for module in pkgutil.iter_modules(text_package.__path__)]


@pytest.mark.parametrize("name", [text_package.__name__, *MODULES])
def test_examples_of_docstrings_are_right(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "forms",
    [
        "éducateur éducatrice éducateurs éducatrices",
        "directeur directrice directeurs directrices",
        "infirmier infirmière infirmières",
        "animateur animatrice animatrices",
        "accompagnant accompagnante accompagnantes",
        "tableau tableaux",
        "journal journaux",
        "spécialisé spécialisée spécialisés spécialisées",
        "autisme autiste autistes autistique",
        "travailleur travailleuse travailleuses",
        "heureux heureuse",
        "technicien technicienne techniciennes",
        "professionnel professionnelle professionnelles",
        "nouveau nouvelle nouvel nouveaux nouvelles",
        "jeu jeux",
        "lieu lieux",
        "œil yeux",
        "compris comprise comprises",
        "vif vive vifs vives",
        "créatif créative créativité",
        "responsable responsables responsabilité",
        "auteur auteure autrice autrices",
        "conseiller conseillère conseillères",
    ],
)
def test_stem_is_one_for_all_forms_of_a_word(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tablette", "tableau"),
        ("personne", "personnel"),
        ("communication", "communauté"),
        ("public", "publier"),
        ("cri", "crise"),
        ("mère", "maire"),
        ("heure", "heureux"),
        ("santé", "sanction"),
    ],
)
def test_stem_parts_words_that_only_look_alike(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "accented", ["éducatrice", "spécialisées", "activité", "cœur", "Noël", "élève", "accessibilité"]
)
def test_stem_forgives_accents_and_capitals(accented: str) -> None:
    assert stem(accented) == stem(fold(accented)) == stem(accented.upper())


@pytest.mark.parametrize("acronym", ["IME", "MAS", "FAM", "EHPAD", "CHRS", "DUI", "CAA", "AES", "AMP", "TSA", "TND"])
def test_acronyms_are_kept_whole_in_any_case(acronym: str) -> None:
    assert stem(acronym) == stem(acronym.lower()) == acronym.lower()


@pytest.mark.parametrize(
    ("written", "masculine"),
    [
        ("éducateur·rice", "éducateur"),
        ("éducateur·rice·s", "éducateur"),
        ("éducateurs·trices", "éducateur"),
        ("professionnel·le·s", "professionnel"),
        ("professionnel.le.s", "professionnel"),
        ("référent(e)s", "référent"),
        ("référent-e-s", "référent"),
        ("directeur-rice", "directeur"),
        ("animateur/trice", "animateur"),
        ("infirmier·ère", "infirmier"),
        ("travailleur·euse·s", "travailleur"),
        ("technicien·ne", "technicien"),
        ("formateur(trice)s", "formateur"),
        ("aidant·es", "aidant"),
        ("nouveau·elle", "nouveau"),
    ],
)
def test_epicene_form_is_one_word_with_its_whole_span(written: str, masculine: str) -> None:
    sentence = f"L’{written} vient."
    token = analyse(sentence)[0]
    assert (token.text, token.stem) == (written, stem(masculine))
    assert sentence[token.start : token.end] == written


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("savoir-faire", ["savoir", "faire"]),
        ("donne-le-moi", ["donne", "le", "moi"]),
        ("dit-elle", ["dit", "elle"]),
        ("aide-soignant", ["aide", "soignant"]),
        ("l'enfant", ["l", "enfant"]),
        ("aujourd'hui", ["aujourd'hui"]),
        ("qu’aujourd’hui", ["qu", "aujourd’hui"]),
        ("www.exemple.fr", ["www", "exemple", "fr"]),
        ("jour/nuit", ["jour", "nuit"]),
        ("(bon)", ["bon"]),
    ],
)
def test_words_are_cut_where_french_cuts_them(written: str, parts: list[str]) -> None:
    assert [token.text for token in analyse(written, keep_stop_words=True)] == parts


def test_dotted_acronym_is_the_acronym() -> None:
    assert [token.stem for token in analyse("l’I.M.E. de Provence")] == ["ime", stem("provence")]


def test_offsets_count_code_points_of_the_canonical_text() -> None:
    text = "🙂 Cafe\u0301 noir"
    tokens = analyse(text)
    assert [normalise(text)[token.start : token.end] for token in tokens] == ["Café", "noir"]


def test_stop_words_are_folded_and_left_out() -> None:
    assert all(fold(word) == word for word in STOP_WORDS)
    assert [token.text for token in analyse("Le bruit et, à nous : la nuit !")] == ["bruit", "nuit"]


def test_stop_word_in_capitals_is_an_acronym_unless_the_sentence_shouts() -> None:
    assert [token.stem for token in analyse("Un ES et une aide")] == ["es", "aid"]
    assert "es" not in [token.stem for token in analyse("TU ES VENU AVEC MOI")]


def test_synonyms_with_several_words_become_one_token() -> None:
    table = build_synonyms([("emploi du temps", "planning")])
    long, short = analyse("Un emploi du temps", synonyms=table), analyse("Un planning", synonyms=table)
    assert [token.text for token in long] == ["emploi du temps"]
    assert long[0].stem == short[0].stem


def test_narrower_synonyms_are_read_one_way() -> None:
    table = build_synonyms(narrower=[("robot", ["Nao"])])
    assert tokens_for_query("robot", synonyms=table).matches(tokens_for_index("Nao danse"))
    assert not tokens_for_query("Nao", synonyms=table).matches(tokens_for_index("Un robot danse"))


def test_query_asks_for_every_word() -> None:
    query = tokens_for_query("tablette atelier")
    assert query.matches(tokens_for_index("Atelier du jeudi : les tablettes"))
    assert not query.matches(tokens_for_index("Les tablettes"))


def test_query_without_words_asks_for_everything() -> None:
    assert tokens_for_query("  le ' \x00 ").groups == ()


def test_query_prefix_finds_the_word_being_typed() -> None:
    assert tokens_for_query("groupe tabl", prefix_last=True).matches(tokens_for_index("Groupe tablette"))
    assert not tokens_for_query("groupe tabl").matches(tokens_for_index("Groupe tablette"))
    assert tokens_for_query("groupe ", prefix_last=True).groups[-1].prefix == ""


def test_query_is_bounded() -> None:
    many = " ".join(f"mot{number}" for number in range(90))
    query = tokens_for_query(many)
    assert len(query.groups) == MAX_GROUPS
    assert all(len(group.alternatives) <= MAX_ALTERNATIVES for group in query.groups)


def test_index_is_bounded() -> None:
    assert "dernier" not in tokens_for_index(f"{' ' * MAX_INDEX_CHARACTERS}dernier")


@pytest.mark.parametrize(
    "word", ["a" * 10_000, "é" * 10_000, "a-" * 5_000, "a'" * 5_000, "a·e" * 4_000, "(e)" * 4_000, "a." * 5_000]
)
def test_ten_thousand_characters_without_a_space_are_cut_to_what_an_index_takes(word: str) -> None:
    stems = {token.stem for token in analyse(word)}
    assert all(len(found) <= MAX_WORD_CHARACTERS for found in stems)


@given(any_string)
def test_any_string_is_analysed_with_true_offsets(text: str) -> None:
    canonical = normalise(text)
    end = 0
    for token in analyse(text, keep_stop_words=True):
        assert canonical[token.start : token.end] == token.text
        assert end <= token.start < token.end
        end = token.end


@given(any_string)
def test_any_string_gives_lexemes_fit_for_an_index(text: str) -> None:
    for found in tokens_for_index(text):
        assert found
        assert found.isalnum()
        assert len(found) <= MAX_WORD_CHARACTERS


@given(any_string)
def test_any_text_is_found_by_itself(text: str) -> None:
    assert tokens_for_query(text).matches(tokens_for_index(text))


@given(any_string)
def test_canonical_forms_of_one_text_have_the_same_stems(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert tokens_for_index(text) == tokens_for_index(decomposed)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)

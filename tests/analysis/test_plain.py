"""Advice on plain writing: sentences that should be advised on, sentences that should be left alone."""

from __future__ import annotations

import doctest
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus_analysis.plain import RULES, advise, figures
from nuserus_analysis.plain.sentences import sentences_in

# rule, sentence, what is found in it
FOUND = [
    ("long", "Le matin nous posons sur la grande table du salon toutes les photos de la journée pour chacun.", None),
    ("long", "Quand la sonnerie retentit les enfants du groupe rangent leur tablette dans la boîte bleue du couloir.", None),
    ("long", "Nous avons mis près de chaque porte une grande image qui montre le nom et la couleur de la pièce.", None),
    ("ideas", "On ouvre la boîte, puis on prend la photo que l’on préfère.", None),
    ("ideas", "L’enfant choisit l’image qui lui plaît, donc il attend moins.", None),
    ("ideas", "Si la tablette sonne, on regarde qui appelle.", None),
    ("ideas", "La dame parle à son fils, mais elle pleure quand il part.", None),
    ("line", "On ouvre la boîte. On prend une image.", "On prend une image."),
    ("line", "C’est facile ! Essayez.", "Essayez."),
    ("line", "Qui vient ? On regarde la photo.", "On regarde la photo."),
    ("word", "Nous voulons favoriser le calme.", "favoriser"),
    ("word", "La photo facilite le départ.", "facilite"),
    ("word", "Nous avons élaboré un livre.", "élaboré"),
    ("word", "C’est une démarche douce.", "démarche"),
    ("word", "Le dispositif sonne.", "dispositif"),
    ("word", "Les usagers sont contents.", "usagers"),
    ("word", "On range afin de partir.", "afin de"),
    ("word", "L’autonomie vient peu à peu.", "autonomie"),
    ("word", "Nous utilisons une photo.", "utilisons"),
    ("word", "Elle exprime sa joie.", "exprime"),
    ("word", "Au préalable on range.", "Au préalable"),
    ("word", "Toutefois on attend.", "Toutefois"),
    ("word", "Nous restons vigilants.", "vigilants"),
    ("word", "La prise en charge commence.", "prise en charge"),
    ("word", "Les compétences de chacun comptent.", "compétences"),
    ("english", "Le planning est au mur.", "planning"),
    ("english", "On part en week-end.", "week-end"),
    ("english", "J’envoie un mail.", "mail"),
    ("english", "Le timer sonne.", "timer"),
    ("english", "On a fait un brainstorming.", "brainstorming"),
    ("english", "Nos smartphones restent dehors.", "smartphones"),
    ("acronym", "L’EHPAD a une tablette.", "EHPAD"),
    ("acronym", "Nous vivons dans un IME.", "IME"),
    ("acronym", "La MDPH a dit oui.", "MDPH"),
    ("acronym", "Le DUI est ouvert.", "DUI"),
    ("acronym", "Un AES aide.", "AES"),
    ("abbreviation", "On prend des fruits, du pain, etc.", "etc."),
    ("abbreviation", "Prenez un jeu (ex. les cartes).", "ex."),
    ("abbreviation", "M. Petit est là.", "M."),
    ("abbreviation", "Mme Petit est là.", "Mme"),
    ("abbreviation", "Un rdv est prévu.", "rdv"),
    ("abbreviation", "On montre le picto.", "picto"),
    ("abbreviation", "Cela dure dix min. au plus.", "min."),
    ("double_negation", "Ce n’est pas impossible.", "n’est pas impossible"),
    ("double_negation", "Il ne part jamais sans sa photo.", "ne part jamais sans"),
    ("double_negation", "On ne peut pas ne pas voir la porte.", "ne peut pas ne"),
    ("double_negation", "Ce n’est pas inutile.", "n’est pas inutile"),
    ("double_negation", "Rien n’est interdit ? Non, cela n’est plus interdit.", "n’est plus interdit"),
    ("double_negation", "Il n’est pas rare de rire.", "n’est pas rare"),
    ("only", "Il ne mange que le soir.", "ne mange que"),
    ("only", "Nous n’avons qu’une tablette.", "n’avons qu’une"),
    ("only", "Paul ne vient que le lundi.", "ne vient que"),
    ("passive", "La photo est choisie par le groupe.", "est choisie"),
    ("passive", "Les images sont rangées par Paul.", "sont rangées"),
    ("passive", "La tablette a été vue par tous.", "été vue"),
    ("passive", "Le livre a été fait ensemble.", "été fait"),
    ("passive", "La porte est toujours ouverte par le gardien.", "est toujours ouverte"),
    ("passive", "Les repas seront servis par les jeunes.", "seront servis"),
    ("passive", "Le mot est dit par l’enfant.", "est dit"),
    ("conditional", "On pourrait sortir.", "pourrait"),
    ("conditional", "Nous voudrions une photo.", "voudrions"),
    ("conditional", "Il faudrait attendre.", "faudrait"),
    ("conditional", "Vous aimeriez rire.", "aimeriez"),
    ("conditional", "J’aurais peur.", "J’aurais"),
    ("conditional", "Les enfants seraient contents.", "seraient"),
    ("pronoun", "Elle sonne fort.", "Elle"),
    ("pronoun", "Ils rangent les photos.", "Ils"),
    ("pronoun", "Paul a une photo.\nIl la montre.\nIl rit.", "Il"),
    ("pronoun", "Marie parle à Zoé.\nCelle-ci sourit.", "Celle-ci"),
    ("pronoun", "Le fils voit son père.\nCe dernier pleure.", "Ce dernier"),
    ("pronoun", "La boîte dans laquelle on range.", "laquelle"),
    ("number_word", "Nous avons trois photos.", "trois"),
    ("number_word", "Dix enfants viennent.", "Dix"),
    ("number_word", "Cela dure vingt minutes.", "vingt"),
    ("number_word", "Il y a quatre-vingts places.", "quatre-vingts"),
    ("number_word", "Les douze jeunes rient.", "douze"),
    ("large_number", "Il y a 12 450 photos.", "12 450"),
    ("large_number", "Cela coûte 3200 euros.", "3200"),
    ("large_number", "Des milliers de gens viennent.", "milliers"),
    ("large_number", "Il y a 1.500 lits.", "1.500"),
    ("percentage", "45 % des gens sourient.", "45 %"),
    ("percentage", "Dix pour cent rient.", "pour cent"),
    ("percentage", "C’est 7,5% de plus.", "7,5%"),
    ("roman", "C’était au XIXe siècle.", "XIXe"),
    ("roman", "Lisez le chapitre IV.", "IV"),
    ("roman", "Le roi Louis XIV dort.", "XIV"),
    ("date", "On se voit le 03/03/2026.", "03/03/2026"),
    ("date", "Rendez-vous le 1-12-26.", "1-12-26"),
    ("sign", "La photo (du car) aide.", "(du car)"),
    ("sign", "On range ; on part.", ";"),
    ("sign", "Le père et/ou la mère vient.", "/"),
    ("sign", "On range…", "…"),
    ("sign", "Sel & poivre.", "&"),
    ("capitals", "C’est IMPORTANT.", "IMPORTANT"),
    ("capitals", "ATTENTION à la porte.", "ATTENTION"),
    ("lines", "a b\nc d\ne f\ng h\ni j\nk l", "k l"),
]  # fmt: skip

# Nothing at all to say.
PLAIN = [
    "L’enfant prend la photo.",
    "On ouvre la boîte.",
    "Nous regardons le bus.",
    "La photo montre le car.",
    "Chaque vendredi, on range les photos.",
    "Marie montre le pain avec son doigt.",
    "Le bouton rouge appelle une aide.",
    "Tout le monde rit.",
    "On ne dit pas le nom.",
    "La porte est verte.",
    "Paul est parti.",
    "La dame est venue avec sa fille.",
    "Il faut attendre le bus.",
    "Il y a une image sur la porte.",
    "Nous avons 3 photos.",
    "Le repas est à 12 heures.",
    "On se voit le 3 mars 2026.",
    "Cela dure 10 minutes.",
    "La maison a une cour.",
    "Zoé chante.",
    "On demande : es-tu prêt ?",
    "Le chien dort près du lit.",
    "On garde la photo de la maison dans la main.",
    "Je choisis la couleur de ma chambre.",
    "On éteint la lumière du couloir.",
    "La télé est dans le salon.",
    "Un dessin dit où sont les verres.",
    "Nous aimons la musique.",
    "On regarde la TV.",
    "Paul tient la main de Marie.",
    "L’image est jolie.",
    "Mon voisin préparait le thé.",
    "Marie rentrait à midi.",
    "Le portrait de Paul est au mur.",
    "On parle doucement.",
    "Nous allons au marché avec une liste de photos.",
]  # fmt: skip

# Near a rule, and not under it.
LEFT_ALONE = [
    ("passive", "La dame est allée au marché par le bus."),
    ("passive", "Le vase est bleu."),
    ("passive", "Paul est content par moments."),
    ("double_negation", "On ne part pas."),
    ("double_negation", "Il est parti sans sa photo."),
    ("double_negation", "Il ne veut ni pain ni lait."),
    ("only", "Il ne veut pas que je parte."),
    ("only", "Je pense que oui."),
    ("pronoun", "Il faut sortir."),
    ("pronoun", "Il pleut."),
    ("pronoun", "La tablette est là.\nElle sonne."),
    ("roman", "Il vit ici."),
    ("roman", "Le DVD est là."),
    ("acronym", "Le chapitre XII."),
    ("large_number", "En 2026, on rit."),
    ("large_number", "Il y a 900 places."),
    ("conditional", "Le trait est droit."),
    ("conditional", "Nous entrions ensemble."),
    ("number_word", "Une photo suffit."),
    ("word", "On se sert de la boîte."),
    ("line", "M. Petit est là."),
    ("abbreviation", "Le psaume est beau."),
    ("capitals", "Le CD est rayé."),
    ("sign", "Le 3 mars, on sort."),
]  # fmt: skip


def test_there_are_enough_sentences() -> None:
    assert len(FOUND) + len(PLAIN) + len(LEFT_ALONE) >= 120
    assert set(RULES) - {"picture"} == {rule for rule, _text, _found in FOUND}


@pytest.mark.parametrize(("rule", "text", "found"), FOUND)
def test_what_should_be_advised_on(rule: str, text: str, found: str | None) -> None:
    said = [advice.found for advice in advise(text) if advice.rule.key == rule]
    assert said, [advice.rule.key for advice in advise(text)]
    if found is not None:
        assert found in said


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_plain_already(text: str) -> None:
    assert [(advice.rule.key, advice.found) for advice in advise(text)] == []


@pytest.mark.parametrize(("rule", "text"), LEFT_ALONE)
def test_what_only_looks_like_it(rule: str, text: str) -> None:
    assert [advice.found for advice in advise(text) if advice.rule.key == rule] == []


def test_every_rule_says_why_in_one_plain_sentence_and_shows_an_example() -> None:
    for rule in RULES.values():
        assert rule.why.endswith(".") and rule.why.count(".") == 1 and len(rule.why.split()) <= 22, rule.key
        assert rule.example and rule.title


def test_plainer_words_are_proposed() -> None:
    proposed = {advice.found: advice.instead for advice in advise("L’EHPAD effectue trois essais le 03/03/2026.")}
    assert proposed == {"EHPAD": "maison de retraite", "effectue": "faire", "trois": "3", "03/03/2026": "3 mars 2026"}


def test_pictures_are_advised_on_when_it_is_known_that_there_is_none() -> None:
    text = "On ouvre la boîte."
    assert [advice.rule.key for advice in advise(text, pictures=0)] == ["picture"]
    assert advise(text, pictures=1) == [] == advise(text)
    assert advise("", pictures=0) == []


def test_examples_in_the_documentation() -> None:
    assert doctest.testmod(figures).failed == 0


_PIECES = st.sampled_from(
    ["La", "photo", " ", "\n", ". ", "est", "choisie par", "EHPAD", "ne", "pas", "que", "sans", "12 450", "45 %", "XIX",
     "03/03/2026", "etc.", "M.", "(", ")", ";", "…", "l’", "é", "🙂", "IMPORTANT", "\u00a0", "deux", "week-end", ","]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=60).map(" ".join)))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for advice in advise(text):
        assert 0 <= advice.start < advice.end <= len(text)
        assert text[advice.start : advice.end] == advice.found
        assert advice.found.strip() == advice.found or advice.rule.key in {"sign", "large_number", "percentage"}
    starts = [advice.start for advice in advise(text)]
    assert starts == sorted(starts)
    assert max(Counter((advice.rule.key, advice.start, advice.end) for advice in advise(text)).values(), default=1) == 1


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_sentences_do_not_overlap_and_hold_their_words(text: str) -> None:
    end = 0
    for sentence in sentences_in(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        assert "\n" not in sentence.text
        assert all(text[word.start : word.end] == word.text for word in sentence.words)
        end = sentence.end


@given(st.text(max_size=200), st.text(max_size=200))
def test_another_paragraph_changes_no_word_of_advice(first: str, second: str) -> None:
    words = {"word", "english", "acronym", "abbreviation", "number_word"}
    alone = [advice for advice in advise(first) if advice.rule.key in words]
    together = [advice for advice in advise(f"{first}\n\n{second}") if advice.rule.key in words]
    assert [advice for advice in together if advice.end <= len(first)] == alone

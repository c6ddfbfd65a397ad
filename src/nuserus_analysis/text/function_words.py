"""Words that hold a sentence together: counted apart (supplementary), they do not make the classes.

To the stop words of the search are added the adverbs, pronouns and links that are left to a search, and
the verbs that help others (*pouvoir*, *devoir*, *falloir*…), whatever their form.
"""

from __future__ import annotations

from typing import Final

from nuserus_analysis.text.folding import fold
from nuserus_analysis.text.stopwords import STOP_WORDS

_MORE = """
plusieurs quelque quelques certain certaine certains certaines tel telle tels telles tant divers diverses
nul nulle rien quiconque chaque autrui soi mien mienne tien tienne sien sienne tel quelqu-un
parce ensuite enfin puis cependant toutefois pourtant neanmoins sinon sauf hors hormis malgre voici voila
apres avant contre devant derriere parmi envers durant des lors tandis jamais toujours parfois souvent
surtout seulement vraiment beaucoup tellement plutot presque environ autant davantage moindre mieux pis
maintenant aujourd'hui hier demain tard tot jusque quoique puisque lorsque aupres autour dedans dehors
dessus dessous dela celui-ci celui-la celle-ci celle-la ceux-ci ceux-la oh ah eh euh hein ben bah bon
soit fois chose choses sorte cas cf etcetera donc egalement ainsi notamment voire or bref sans
m mm mme mmes mlle mr dr pr st ste me je tu cela
"""
_VERBS = "être avoir faire pouvoir devoir falloir vouloir savoir aller venir dire mettre voir"

_FORMS: Final = STOP_WORDS | {fold(word.replace("'", "")) for word in _MORE.split()}
HELPING_VERBS: Final = frozenset(_VERBS.split())
"""Lemmas of the verbs that are supplementary in all their forms."""


def is_function_word(form: str, lemma: str) -> bool:
    """Whether a word is supplementary by nature: its form or its lemma is on the lists, or it is a lone letter.

    >>> is_function_word("l'", "le"), is_function_word("pourrions", "pouvoir"), is_function_word("tablette", "tablette")
    (True, True, False)
    """
    folded = fold(form.replace("'", ""))
    return (
        len(folded) < 2
        or (folded in _FORMS and not (len(form) > 1 and form.isupper()))
        or lemma in HELPING_VERBS
        or (fold(lemma) in STOP_WORDS and not form.isupper())
    )

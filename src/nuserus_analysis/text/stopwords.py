"""Words that a sentence needs and a search does not.

The list is short on purpose. A word is here when it belongs to a closed class
(article, pronoun, preposition, conjunction, auxiliary) or when professionals write
it in nearly every sheet without saying what the sheet is about. Nouns, adjectives
and full verbs stay, even frequent ones: "jeune", "équipe" and "besoin" are searched.
"""

from typing import Final

_ARTICLES = "le la les l un une des du de d au aux"
_PRONOUNS = """
je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs eux en y
ce c cet cette ces cela ca ceci celui celle ceux celles
mon ma mes ton ta tes son sa ses notre nos votre vos iel iels
qui que qu quoi dont ou lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels
quel quelle quels quelles quelqu chacun chacune aucun aucune autre autres meme memes
tout toute tous toutes
"""
_LINKS = """
et ni or mais donc car si comme quand lorsque lorsqu puisque puisqu quoique quoiqu afin ainsi alors
a dans par pour sur sous vers chez entre avec sans jusque jusqu depuis pendant selon
plus moins tres trop aussi encore deja bien peu assez ne n pas non oui puis presqu presque
ici ci la etc via
"""
_AUXILIARIES = """
suis es est sommes etes sont etais etait etions etiez etaient serai sera serons seront serait seraient
sois soit soyez soient etre ete etant
ai as avons avez ont avais avait avions aviez avaient aurai aura aurons auront aurait auraient
aie ait ayez aient avoir eu ayant
fait faire font peut peux peuvent pouvoir doit doivent devoir faut
"""
_QUESTIONS = "comment pourquoi combien"

STOP_WORDS: Final[frozenset[str]] = frozenset(f"{_ARTICLES} {_PRONOUNS} {_LINKS} {_AUXILIARIES} {_QUESTIONS}".split())
"""Folded forms (see :func:`nuserus_analysis.text.folding.fold`)."""

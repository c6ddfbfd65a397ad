"""Corpora: documents, turns of speech and variables; files of five kinds; tables of segments × lemmas.

from nuserus_analysis.corpus import read_corpus, read_turns, segment, tabulate

turns = read_turns(read_corpus(Path("entretiens.txt")))
tables = tabulate(turns, segment(turns))
"""

from nuserus_analysis.corpus.documents import Corpus, Document, Turn
from nuserus_analysis.corpus.files import read_corpus
from nuserus_analysis.corpus.iramuteq import read_iramuteq, write_iramuteq
from nuserus_analysis.corpus.limits import Problem, UnreadableCorpus
from nuserus_analysis.corpus.prepared import ReadTurn, Segment, Tables, read_turns, segment, tabulate, units_of

__all__ = [
    "Corpus",
    "Document",
    "Problem",
    "ReadTurn",
    "Segment",
    "Tables",
    "Turn",
    "UnreadableCorpus",
    "read_corpus",
    "read_iramuteq",
    "read_turns",
    "segment",
    "tabulate",
    "units_of",
    "write_iramuteq",
]

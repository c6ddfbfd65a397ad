"""Transcripts from the programs that people use, read as one reads a stranger's file.

`read` looks at the bytes, never at the name, and gives one canonical text cut in turns of speech. Nothing here
knows the database. What can't be read ends in `UnreadableTranscript`, with one sentence for a person.
"""

from nuserus.corpus.readers.failing import UnreadableTranscript
from nuserus.corpus.readers.reading import read
from nuserus.corpus.readers.transcripts import ReadTurn, Transcript

__all__ = ["ReadTurn", "Transcript", "UnreadableTranscript", "read"]

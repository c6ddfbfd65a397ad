"""Writing the whole index again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.search.models import Entry, VocabularyWord
from nuserus.search.queries.analysed import Analysed, analysed
from nuserus.search.registry import Document, Kind, kinds

BATCH = 500


def rebuild_index() -> Counter[str]:
    """Empty the index and the vocabulary and write them from what is committed; how many of each kind.

    As the system, in one transaction: who searches meanwhile finds what was there before. Words are
    counted here and written once: counting them in the database, entry by entry, would leave one
    dead row per word and entry, and each further entry would walk through them.
    """
    counts: Counter[str] = Counter()
    vocabulary = _Vocabulary()
    with as_system("rebuild the search index"):
        Entry.objects.all().delete()
        VocabularyWord.objects.all().delete()
        for kind in kinds():
            batch: list[Entry] = []
            for row, document in _documents(kind):
                read = analysed(document)
                batch.append(_entry(kind.name, row, document, read, vocabulary.count(document, read)))
                counts[kind.name] += 1
                if len(batch) == BATCH:
                    Entry.objects.bulk_create(batch)
                    batch = []
            Entry.objects.bulk_create(batch)
        VocabularyWord.objects.bulk_create(vocabulary.rows(), batch_size=1000)
    return counts


def _documents(kind: Kind) -> Iterator[tuple[Any, Document]]:
    for row in kind.rows().order_by("pk").iterator(chunk_size=BATCH):
        document = kind.document(row)
        if document is not None:
            yield row, document


def _entry(kind: str, row: Any, document: Document, read: Analysed, words: list[str]) -> Entry:
    scope = document.scope
    return Entry(
        scope_level=scope.scope_level,
        scope_institution=scope.scope_institution,
        scope_group=scope.scope_group,
        scope_author=scope.scope_author,
        scope_mission=scope.scope_mission,
        kind=kind,
        object_id=row.pk,
        title=read.title,
        head=read.head,
        vector=read.vector,
        facets=read.facets,
        words=words,
        published_at=document.published_at,
        step=document.step,
        trials=document.trials,
        stale=document.stale,
    )


class _Vocabulary:
    """The words of public and network entries, and how many of each hold them."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, Counter[str]] = {Level.PUBLIC: Counter(), Level.NETWORK: Counter()}

    def count(self, document: Document, read: Analysed) -> list[str]:
        """Count the words of an entry; those that it counts for (none below the network)."""
        counts = self._counts.get(document.scope.scope_level)
        if counts is None:
            return []
        counts.update(read.words.keys())
        for folded, shown in read.words.items():
            self._shown.setdefault(folded, shown)
        return list(read.words)

    def rows(self) -> Iterator[VocabularyWord]:
        for folded in sorted(self._shown):
            display, stem = self._shown[folded]
            yield VocabularyWord(
                folded=folded,
                display=display,
                stem=stem,
                public_count=self._counts[Level.PUBLIC][folded],
                network_count=self._counts[Level.NETWORK][folded],
            )

"""Writing the whole index again."""

from __future__ import annotations

from collections import Counter

from nuserus.foundation.asking import as_system
from nuserus.search.actions.index_object import index_object
from nuserus.search.models import Entry, VocabularyWord
from nuserus.search.registry import kinds


def rebuild_index() -> Counter[str]:
    """Empty the index and the vocabulary and write them from what is committed; how many of each kind.

    As the system, in one transaction: who searches meanwhile finds what was there before.
    """
    counts: Counter[str] = Counter()
    with as_system("rebuild the search index"):
        Entry.objects.all().delete()
        VocabularyWord.objects.all().delete()
        for kind in kinds():
            for object_id in kind.rows().values_list("pk", flat=True).iterator():
                index_object(kind=kind.name, object_id=object_id)
            counts[kind.name] = Entry.objects.filter(kind=kind.name).count()
    return counts

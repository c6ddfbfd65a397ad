"""Taking back what is kept of somebody beside the texts: their name, what was found in their words, the sealed text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Trace, Withdrawn
from nuserus.corpus.enums import DetailState
from nuserus.corpus.models import Detail, KeyEntry, Masking, SealedOriginal, Turn
from nuserus.studies.models import Participant

MODELS = ("corpus.KeyEntry", "corpus.Detail", "corpus.SealedOriginal", "corpus.Masking")


def redact_names(withdrawn: Withdrawn) -> list[Trace]:
    """Erase the lines of the table of names that are theirs or that they alone said, and the sealed originals.

    A sealed original goes whole: what others said in it stays, under pseudonyms, in the versions that are read.
    """
    if withdrawn.mode != Mode.ERASE:
        return []
    entries, _rows = KeyEntry.objects.filter(participant_id=withdrawn.subject).delete()
    called = _unseal_nobody(withdrawn)
    sources = Turn.objects.filter(participant_id=withdrawn.subject).values_list("version__source", flat=True).distinct()
    details = 0
    said: set[str] = set()
    for source_id in list(sources):
        spans: dict[object, list[tuple[int, int]]] = {}
        turns = Turn.objects.filter(version__source=source_id, participant_id=withdrawn.subject)
        for version_id, start, end in turns.values_list("version", "start", "end"):
            spans.setdefault(version_id, []).append((start, end))
        others = Turn.objects.filter(version__source=source_id).exclude(participant_id=withdrawn.subject)
        alone = not others.exclude(participant=None).exists()
        gone = [
            one
            for one in Detail.objects.filter(source=source_id)
            if alone or any(start < one.end and one.start < end for start, end in spans.get(one.version_id, ()))
        ]
        said |= {one.words_digest for one in gone}
        details += len(gone)
        Detail.objects.filter(pk__in=[one.pk for one in gone]).delete()
    still = set(Detail.objects.filter(words_digest__in=said).values_list("words_digest", flat=True))
    alone_said = KeyEntry.objects.filter(scope_mission=withdrawn.mission, words_digest__in=said - still)
    more, _rows = alone_said.filter(participant=None).delete()
    originals, _rows = SealedOriginal.objects.filter(source__in=list(sources)).delete()
    traces = [
        Trace(_("lignes de la table des noms"), entries + more, Fate.REMOVED),
        Trace(_("détails repérés dans ses paroles"), details + called, Fate.REMOVED),
        Trace(_("textes d’origine scellés"), originals, Fate.REMOVED),
    ]
    Masking.objects.filter(source__in=list(sources), finished_at=None).update(by_rules=False, by_model=False)
    return [trace for trace in traces if trace.count]


def _unseal_nobody(withdrawn: Withdrawn) -> int:
    """What others call the person stays replaced, for good: the words that stood there are erased.

    Else whoever finishes that source would write them in the table of names again.
    """
    person = Participant.objects.filter(pk=withdrawn.subject).first()
    if person is None:
        return 0
    called = Detail.objects.filter(
        source__study=person.study_id, state=DetailState.MASKED, shown__iexact=person.pseudonym, sealed__isnull=False
    )
    return called.update(sealed=None)

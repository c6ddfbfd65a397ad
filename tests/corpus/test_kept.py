"""What a study keeps no longer goes in the night: who is who, the sealed texts, the versions before the last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from nuserus.corpus.actions.kept_enough import end_kept_enough
from nuserus.corpus.actions.versions import correct_turn
from nuserus.corpus.models import Detail, KeyEntry, SealedOriginal, Source, SourceVersion
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models import LedgerEntry
from nuserus.foundation.models.audit import AuditEvent
from nuserus.people.models import Account
from nuserus.studies.models import Participant, RetentionRule, Study
from tests.corpus.test_masking import finish, heard, mask
from tests.factories.corpus import last_version
from tests.factories.corpus import mask as write_masked

__all__ = ["heard"]
pytestmark = pytest.mark.usefixtures("database")
Heard = tuple[Source, Account, Participant]


def ruled(source: Source, material: str, **words: object) -> None:
    with as_system("test data"):
        RetentionRule.objects.filter(study=source.study_id).update(then="archive")
        rule = RetentionRule.objects.filter(study=source.study_id, material=material)
        assert rule.update(**{"months": 1, "kept_from": "collected", "then": "erase", **words})


def collected(source: Source, days: int) -> None:
    with as_system("test data"):
        Source.objects.filter(pk=source.pk).update(collected_on=timezone.localdate() - timedelta(days=days))


def finished(given: Heard) -> None:
    source, author, _rose = given
    mask(source, author, "Durand", "Jeanne")
    finish(source, author)
    with acting_as(author.pk) as asking:
        correct_turn(actor=asking, base=last_version(source), position=0, speaker="ENQ", words="Qui vous aide donc ?")
    write_masked(source, author)


def left(source: Source) -> tuple[int, int, int, list[bool]]:
    """Lines of the table, sealed texts, sealed words, and which versions can be read."""
    with as_system("read test data", recorded=False):
        versions = SourceVersion.objects.filter(source=source).order_by("number")
        return (
            KeyEntry.objects.count(),
            SealedOriginal.objects.count(),
            Detail.objects.exclude(sealed=None).count(),
            [bool(set(version.text) - {"█", "\n"}) for version in versions],
        )


def night() -> int:
    with as_system("end what is kept enough"):
        return end_kept_enough()


def events(action: str) -> int:
    with as_system("read test data", recorded=False):
        return AuditEvent.objects.filter(action=action).count()


@pytest.mark.parametrize("then", ["erase", "anonymise"])
def test_the_table_of_names_goes_with_what_it_explains(heard: Heard, then: str) -> None:
    source, _author, _rose = heard
    finished(heard)
    ruled(source, "keys", then=then)
    collected(source, 10)
    before = left(source)
    assert before[0] and before[1] == 1 and before[3][-2:] == [True, True]
    assert night() == 0 and left(source) == before
    collected(source, 40)
    assert night() == 1
    entries, sealed, details, readable = left(source)
    assert (entries, sealed, details) == (0, 0, 0)
    assert readable[-1] and not any(readable[:-1])
    assert night() == 0 and events("end names of a study: kept enough") == 1
    with as_system("read test data", recorded=False):
        assert LedgerEntry.objects.filter(kind="corpus.names_ended", object_id=source.study_id).count() == 1


def test_the_rule_of_transcripts_ends_the_past_of_a_source_alone(heard: Heard) -> None:
    source, _author, _rose = heard
    finished(heard)
    ruled(source, "transcripts")
    collected(source, 40)
    entries = left(source)[0]
    assert night() == 1
    assert left(source)[:2] == (entries, 0)
    assert left(source)[3][-1] and not any(left(source)[3][:-1])
    assert night() == 0 and events("end past of a source: kept enough") == 1


def test_archives_and_open_studies_keep_everything(heard: Heard) -> None:
    source, _author, _rose = heard
    finished(heard)
    collected(source, 4000)
    ruled(source, "keys", then="archive")
    before = left(source)
    assert night() == 0
    ruled(source, "keys", kept_from="closed")
    assert night() == 0 and left(source) == before
    with as_system("test data"):
        Study.objects.filter(pk=source.study_id).update(closed_at=timezone.now() - timedelta(days=40))
    assert night() == 1 and left(source)[:2] == (0, 0)


def test_a_source_that_is_not_finished_keeps_its_text(heard: Heard) -> None:
    source, author, _rose = heard
    mask(source, author, "Durand", "Jeanne")
    ruled(source, "keys")
    collected(source, 40)
    assert night() == 1
    entries, sealed, details, readable = left(source)
    assert (entries, sealed, details) == (0, 0, 0)
    assert all(readable), "nobody else has these words yet: they are still to be pseudonymised"

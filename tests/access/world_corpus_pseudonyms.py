"""A source whose names were replaced: who is who is for the lead of the study, not for a researcher of the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.corpus.actions.keys import end_key_holder, name_key_holder
from nuserus.corpus.actions.masking import add_words, begin_masking, replace_words
from nuserus.corpus.actions.sealing import finish_masking
from nuserus.corpus.models import Detail, KeyEntry, KeyHolder, Masking, SealedOriginal
from nuserus.corpus.queries.sealing import words_digest
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.corpus import agree, bind, get_source, make_participant, make_source

if TYPE_CHECKING:
    from tests.access.world import World

REAL_NAME = "canarinomsousscelle"
PSEUDONYMS_MODELS = (Masking, Detail, SealedOriginal, KeyEntry, KeyHolder)


def add_pseudonyms(world: World) -> None:
    """A finished source, its table of names, and a key holder who no longer is one. After `add_corpus`."""
    researcher, lead = world.people["chercheur"], world.people["responsable d’étude"]
    assert researcher is not None
    assert lead is not None
    place = world.rows["studies.StudyPlace"][0]
    heard = make_participant(place, researcher, "Cassis")
    agree(heard, researcher)
    source = make_source(place, researcher, f"ENQ : Avec qui ?\nCassis : {REAL_NAME} venait le matin.").source
    bind(source, researcher, ENQ=None, Cassis=heard)
    with acting_as(researcher.pk) as asking:
        begin_masking(actor=asking, source=source)
        add_words(actor=asking, source=source, words=REAL_NAME)
        digest = words_digest(source.study_id, REAL_NAME)
        replace_words(actor=asking, source=source, digest=digest, shown="Mirabelle")
        finish_masking(actor=asking, source=source, leave_rest=True)
    with acting_as(lead.pk) as asking:
        name_key_holder(actor=asking, study=get_source(source.pk).study, account_id=researcher.pk)
        end_key_holder(actor=asking, holder=KeyHolder.objects.get(study=source.study_id))
    with as_system("read test data", recorded=False):
        rows = [model.objects.filter(study=source.study_id)[0] for model in (KeyEntry, KeyHolder, SealedOriginal)]
        rows += [Masking.objects.get(source=source), Detail.objects.filter(source=source, shown="Mirabelle")[0]]
    world.keep(*rows)
    world.readers[REAL_NAME] = {"responsable d’étude"}

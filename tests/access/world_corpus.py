"""A source of the place, collected by the researcher: those on the mission of the place read it, nobody who works there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.corpus.actions.excerpts import pick_excerpt
from nuserus.corpus.actions.sources import make_ready
from nuserus.corpus.models import Excerpt, Source, SourceVersion, Turn
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.corpus import agree, bind, get_source, last_version, make_participant, make_source, mask

if TYPE_CHECKING:
    from tests.access.world import World

SPOKEN = "CANARI-PAROLE-D-ENTRETIEN"
SOURCE_TITLE = "CANARI-TITRE-D-ENTRETIEN"
CORPUS_MODELS = (Source, SourceVersion, Turn, Excerpt)


def add_corpus(world: World) -> None:
    """An interview that is ready to be coded, with a passage picked out. After `add_studies`."""
    researcher = world.people["chercheur"]
    assert researcher is not None
    place = world.rows["studies.StudyPlace"][0]
    heard = make_participant(place, researcher, "Ondine")
    agree(heard, researcher)
    text = f"ENQ : Bonjour.\nOndine : {SPOKEN} le matin."
    source = make_source(place, researcher, text, title=SOURCE_TITLE).source
    bind(source, researcher, ENQ=None, Ondine=heard)
    mask(source, researcher)
    version = last_version(source)
    with acting_as(researcher.pk) as asking:
        make_ready(actor=asking, source=get_source(source.pk))
        excerpt = pick_excerpt(actor=asking, version=version, start=9, end=9 + len(SPOKEN))
    with as_system("read test data", recorded=False):
        turn = Turn.objects.get(version=version, position=1)
        excerpt.refresh_from_db()
    world.keep(get_source(source.pk), version, turn, excerpt)
    world.readers |= {canary: {"chercheur", "responsable d’étude"} for canary in (SPOKEN, SOURCE_TITLE)}

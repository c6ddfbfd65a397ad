"""Jobs about materials: looking for what may point at somebody, ending what is kept enough."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.corpus.actions.kept_enough import end_kept_enough
from nuserus.corpus.actions.masking import TASK, note_passages
from nuserus.corpus.enums import SourceState
from nuserus.corpus.models import Masking, Source
from nuserus.corpus.queries.sources import turns_of, version_of
from nuserus.corpus.rules import can_decide_detail
from nuserus.foundation.asking import Asking, acting_as, as_system
from nuserus.foundation.policy import Unreadable
from nuserus.screening.queries.names_program import names_finder


@app.task(name=TASK, retry=2)
def look_for_details(*, source_id: str, user_id: str) -> None:
    """Read a source with the rules and the model of names, as the person who asked for it.

    The model runs between two transactions. Done twice it is done once; a text that changed meanwhile, or that the
    person no longer reads, is left as it is.
    """
    with acting_as(UUID(user_id)) as asking:
        masking = _masking(asking, UUID(source_id))
        said = (
            [masking.version.text[turn.start : turn.end] for turn in turns_of(asking, masking.version)]
            if masking
            else []
        )
    if masking is None:
        return
    finder = names_finder()
    names = finder.names_in(said) if finder is not None else None
    with acting_as(UUID(user_id)) as asking:
        now = _masking(asking, UUID(source_id))
        if now is not None and now.version_id == masking.version_id:
            Source.objects.select_for_update().get(pk=now.source_id)
            note_passages(actor=asking, masking=now, version=now.version, names=names)


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="end_kept_names", pass_context=False)
def end_kept_names(timestamp: int) -> None:
    """Erase the tables of names, the sealed texts and the old versions that studies keep no longer."""
    with as_system("end names and texts that are kept no longer"):
        end_kept_enough()


def _masking(asking: Asking, source_id: UUID) -> Masking | None:
    """The pseudonymisation of the source while it goes on, on its last version."""
    found = Masking.objects.select_related("version", "source").filter(source=source_id).first()
    if found is None or found.source.state != SourceState.MASKING or not can_decide_detail.allows(asking, found):
        return None
    try:
        last = version_of(asking, found.source)
    except Unreadable:
        return None
    return found if last.pk == found.version_id else None

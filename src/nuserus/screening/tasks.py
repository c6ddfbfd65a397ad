"""Looking for names with the model, away from the page."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.foundation.asking import acting_as
from nuserus.screening.actions.screening import TASK, note_names, texts_to_read
from nuserus.screening.queries.digests import text_digest
from nuserus.screening.queries.names_program import names_finder
from nuserus.screening.registry import told_of


@app.task(name=TASK, retry=2)
def look_for_names(*, kind: str, object_id: str, user_id: str) -> None:
    """Read what the model has not read yet, as the person who wrote it; the model runs between two transactions.

    Done twice it is done once. Somebody who may not read the object any more: nothing is read.
    """
    finder = names_finder()
    with acting_as(UUID(user_id)):
        told = told_of(kind, UUID(object_id))
        texts = texts_to_read(kind, told) if told is not None else {}
    if finder is None or not texts:
        return
    found = finder.names_in(list(texts.values()))
    names = {field: (text_digest(text), spans) for (field, text), spans in zip(texts.items(), found, strict=True)}
    with acting_as(UUID(user_id)) as asking:
        told = told_of(kind, UUID(object_id))
        if told is not None:
            note_names(actor=asking, kind=kind, told=told, names=names)

"""Grids and questionnaires: of a place, published and in discussion, spoken of, filled in; a device that sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.remarks import add_remark
from nuserus.instruments.actions.tablets import add_tablet
from nuserus.instruments.models import Instrument, InstrumentVersion, Remark, Submission, SubmittedFile, Tablet
from tests.factories.instruments import answer_xml, make_version, send_fiche, workbook_of

if TYPE_CHECKING:
    from tests.access.world import World

GRID_OF_PLACE = "CANARI-GRILLE-LIEU"
GRID_QUESTION = "CANARI-QUESTION-DE-GRILLE"
GRID_REMARK = "CANARI-MOT-SUR-LA-GRILLE"
FICHE = "CANARI-FICHE-OBSERVATION"
FICHE_ASIDE = "CANARI-FICHE-DE-COTE"
INSTRUMENTS_MODELS = (Instrument, InstrumentVersion, Remark, Submission, SubmittedFile, Tablet)


def add_instruments(world: World) -> None:
    """Made by the referent of the place; spoken of and filled in by the author, read by nobody else of the place."""
    referent, author = world.people["référent du lieu"], world.people["auteur"]
    assert referent is not None and author is not None
    question = (("text", "lieu", f"{GRID_QUESTION} ?"), ("image", "photo", "Une photo ?"))
    closed = make_version(
        world.place, referent, title=f"{GRID_OF_PLACE} en discussion", workbook=workbook_of(question), published=False
    )
    opened = make_version(world.place, referent, title=f"{GRID_OF_PLACE} publiée")
    with acting_as(author.pk) as asking:
        remark = add_remark(actor=asking, version=closed, question="lieu", comment=f"{GRID_REMARK}.", wording="Où ?")
        tablet, _secret = add_tablet(actor=asking, label="Ma tablette")
    good = answer_xml(opened.instrument, instance="uuid:canari-1", lieu=FICHE, photo="a.jpg")
    send_fiche(author, good, {"a.jpg": b"\xff\xd8\xff\xe0 photo"})
    send_fiche(author, answer_xml(opened.instrument, instance="uuid:canari-2", lieu=FICHE_ASIDE, version=9))
    with as_system("test data"):
        fiche, aside = Submission.objects.order_by("received_at")
        [file] = SubmittedFile.objects.all()
        rows = InstrumentVersion.objects.filter(pk__in=[closed.pk, opened.pk]).order_by("instrument__title")
        world.keep(*Instrument.objects.order_by("title"), *rows)
    world.keep(remark, fiche, aside, file, tablet)
    at_place = {"auteur", "membre du lieu", "praticien-chercheur du lieu", "référent du lieu"}
    world.readers |= dict.fromkeys((GRID_OF_PLACE, GRID_QUESTION, GRID_REMARK), at_place)
    named = {"auteur", "référent du lieu"}
    world.readers |= dict.fromkeys((FICHE, FICHE_ASIDE), named)

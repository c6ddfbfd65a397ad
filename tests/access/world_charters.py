"""Rules of use of the place: at work, proposed, adopted for each kind of readers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nuserus.charters.actions.charters import RuleWords
from nuserus.charters.actions.listening import ReadOver, propose, record_reading
from nuserus.charters.enums import ProposalKind, Reading
from nuserus.charters.models import Charter, CharterVersion, Consultation, HouseRule, PlainReading, Proposal
from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from tests.factories.charters import make_charter, make_version

if TYPE_CHECKING:
    from tests.access.world import World

RULES_AT_WORK = "CANARI-REGLES-EN-COURS"
RULES_OF_PLACE = "CANARI-REGLES-LIEU"
RULES_OF_NETWORK = "CANARI-REGLES-RESEAU"
PROPOSED_RULE = "CANARI-REGLE-PROPOSEE"
CHARTERS_MODELS = (Charter, CharterVersion, Consultation, HouseRule, PlainReading, Proposal)
_READ = ReadOver(readers="trois résidentes", how_many=3, way=Reading.WORKSHOP, done_on=date(2026, 10, 4))


def add_charters(world: World) -> None:
    """Written by the referent of the place; one proposal by a member."""
    referent, member = world.people["référent du lieu"], world.people["membre du lieu"]
    assert referent is not None and member is not None
    at_work = make_charter(world.place, referent, title=f"{RULES_AT_WORK} : les écrans")
    with acting_as(referent.pk) as asking:
        record_reading(actor=asking, charter=at_work, read=_READ)
        reading = PlainReading.objects.get(charter=at_work)  # with the scope that the database gave it
        rule = HouseRule.objects.filter(charter=at_work).first()
        consultation = Consultation.objects.filter(charter=at_work).first()
    with acting_as(member.pk) as asking:
        words = RuleWords(f"{PROPOSED_RULE} : on baisse le son.")
        proposal = propose(
            actor=asking, charter=at_work, kind=ProposalKind.ADD, words=words, rule=None, reason="Le bruit."
        )
    world.keep(at_work, rule, consultation, reading, proposal)
    for level, title in (
        (Level.PUBLIC, "Les téléphones"),
        (Level.NETWORK, f"{RULES_OF_NETWORK} : les photos"),
        (Level.INSTITUTION, f"{RULES_OF_PLACE} : les réseaux"),
    ):
        world.keep(make_version(make_charter(world.place, referent, title=title), level=level))
    at_place = {"auteur", "membre du lieu", "praticien-chercheur du lieu", "référent du lieu"}
    world.readers |= dict.fromkeys((RULES_AT_WORK, RULES_OF_PLACE, PROPOSED_RULE), at_place)
    unverified = {
        "visiteur", "compte non vérifié", "personne accompagnée", "proche", "membre de comité",
        "administrateur du site", "co-auteur nommé",
    }  # fmt: skip
    world.readers[RULES_OF_NETWORK] = set(world.people) - unverified

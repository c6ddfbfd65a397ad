from nuserus.charters.models.charters import Charter, HouseRule
from nuserus.charters.models.listening import Consultation, PlainReading, Proposal
from nuserus.charters.models.versions import CharterVersion

__all__ = ["Charter", "CharterVersion", "Consultation", "HouseRule", "PlainReading", "Proposal"]

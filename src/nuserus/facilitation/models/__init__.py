from nuserus.facilitation.models.meeting import Booking, CallRequest, Slot
from nuserus.facilitation.models.telling import Approval, Telling
from nuserus.facilitation.models.words import PersonWords

__all__ = ["Approval", "Booking", "CallRequest", "PersonWords", "Slot", "Telling"]

from nuserus.fieldwork.models.journal import JournalEntry, JournalMention
from nuserus.fieldwork.models.observations import Observation, Presence, Saying
from nuserus.fieldwork.models.restitutions import RestitutionMeeting, RestitutionTheme
from nuserus.fieldwork.models.visits import Visit, Visitor

__all__ = [
    "JournalEntry",
    "JournalMention",
    "Observation",
    "Presence",
    "RestitutionMeeting",
    "RestitutionTheme",
    "Saying",
    "Visit",
    "Visitor",
]

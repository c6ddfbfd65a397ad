from nuserus.fieldwork.models.interviews import DraftTurn, Guide, GuideVersion, Interview, InterviewParticipant
from nuserus.fieldwork.models.journal import JournalEntry, JournalMention
from nuserus.fieldwork.models.observations import Observation, Presence, Saying
from nuserus.fieldwork.models.recordings import Recording, RecordingPiece
from nuserus.fieldwork.models.restitutions import RestitutionMeeting, RestitutionTheme
from nuserus.fieldwork.models.visits import Visit, Visitor

__all__ = [
    "DraftTurn",
    "Guide",
    "GuideVersion",
    "Interview",
    "InterviewParticipant",
    "JournalEntry",
    "JournalMention",
    "Observation",
    "Presence",
    "Recording",
    "RecordingPiece",
    "RestitutionMeeting",
    "RestitutionTheme",
    "Saying",
    "Visit",
    "Visitor",
]

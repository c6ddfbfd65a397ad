from nuserus.studies.models.calendar import CalendarEvent, CalendarFeed, EventAnswer
from nuserus.studies.models.circles import Participation, StudyGroup, StudyPlace
from nuserus.studies.models.journal import CycleNote, Decision, Effect
from nuserus.studies.models.participants import Participant
from nuserus.studies.models.references import Reference
from nuserus.studies.models.studies import Phase, RetentionRule, Step, Study
from nuserus.studies.models.training import Attendance, Certificate, SelfEvaluation, TrainingAgreement, TrainingSession

__all__ = [
    "Attendance",
    "CalendarEvent",
    "CalendarFeed",
    "Certificate",
    "CycleNote",
    "Decision",
    "Effect",
    "EventAnswer",
    "Participant",
    "Participation",
    "Phase",
    "Reference",
    "RetentionRule",
    "SelfEvaluation",
    "Step",
    "Study",
    "StudyGroup",
    "StudyPlace",
    "TrainingAgreement",
    "TrainingSession",
]

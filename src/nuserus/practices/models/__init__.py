from nuserus.practices.models.answers import Answer, AnswerSave, Presence
from nuserus.practices.models.cards import Card, Picture
from nuserus.practices.models.freshness import FreshnessCheck
from nuserus.practices.models.plain import PlainReview
from nuserus.practices.models.reviews import CardComment, Review, SheetEvent
from nuserus.practices.models.sheets import AbsentSheet, Contributor, Sheet
from nuserus.practices.models.trials import Evaluation, Trial
from nuserus.practices.models.versions import SheetVersion, VersionContent

__all__ = [
    "AbsentSheet",
    "Answer",
    "AnswerSave",
    "Card",
    "CardComment",
    "Contributor",
    "Evaluation",
    "FreshnessCheck",
    "Picture",
    "PlainReview",
    "Presence",
    "Review",
    "Sheet",
    "SheetEvent",
    "SheetVersion",
    "Trial",
    "VersionContent",
]

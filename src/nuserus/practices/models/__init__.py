from nuserus.practices.models.answers import Answer, AnswerSave
from nuserus.practices.models.cards import Card, Picture
from nuserus.practices.models.reviews import CardComment, Review, SheetEvent
from nuserus.practices.models.sheets import AbsentSheet, Contributor, Sheet
from nuserus.practices.models.trials import Evaluation, Trial

__all__ = [
    "AbsentSheet",
    "Answer",
    "AnswerSave",
    "Card",
    "CardComment",
    "Contributor",
    "Evaluation",
    "Picture",
    "Review",
    "Sheet",
    "SheetEvent",
    "Trial",
]

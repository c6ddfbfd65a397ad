from nuserus.community.models.campaigns import Campaign
from nuserus.community.models.collections import Collection, CollectionEntry
from nuserus.community.models.discussion import Comment, CommentEdit
from nuserus.community.models.moderation import ModerationStep, Report
from nuserus.community.models.questions import Answer, Helped, Question

__all__ = [
    "Answer",
    "Campaign",
    "Collection",
    "CollectionEntry",
    "Comment",
    "CommentEdit",
    "Helped",
    "ModerationStep",
    "Question",
    "Report",
]

"""What people took back of their exchanges since the backup is not in the copy either."""

from __future__ import annotations

from django.utils import timezone

from nuserus.community.actions.discussion import COMMENT_REMOVED
from nuserus.community.actions.questions import ANSWER_DELETED, QUESTION_DELETED
from nuserus.community.models import Answer, Comment, CommentEdit, Question
from nuserus.community.queries.documents import KIND
from nuserus.foundation.asking import as_system
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.replaying import register_replay
from nuserus.search.actions.index_object import remove_object


def register_replays() -> None:
    """Say to the ledger how each is done again. Called from `AppConfig.ready`."""
    register_replay(QUESTION_DELETED, _delete_question)
    register_replay(ANSWER_DELETED, _delete_answer)
    register_replay(COMMENT_REMOVED, _remove_comment)


def _delete_question(entry: Entry) -> None:
    with as_system("a question taken back since the backup"):
        question = Question.objects.filter(pk=entry.object_id).first()
        if question is not None:
            remove_object(kind=KIND, object_id=question.pk)
            question.delete()


def _delete_answer(entry: Entry) -> None:
    with as_system("an answer taken back since the backup"):
        Answer.objects.filter(pk=entry.object_id).delete()


def _remove_comment(entry: Entry) -> None:
    with as_system("a comment taken back since the backup"):
        CommentEdit.objects.filter(comment_id=entry.object_id).delete()
        Comment.objects.filter(pk=entry.object_id, removed_at=None).update(text="", removed_at=timezone.now())

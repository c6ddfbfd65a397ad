"""What is said about a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from nuserus.community.models import Comment
from nuserus.community.rules import can_read_comment
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Sheet

EDITABLE_FOR = timedelta(minutes=15)


@dataclass(slots=True)
class Thread:
    """A comment with its answers; `comment` is None where it can't be read any more."""

    comment: Comment | None
    replies: list[Comment] = field(default_factory=list)


def threads_of(asking: Asking, sheet: Sheet) -> list[Thread]:
    """The comments of a sheet, oldest first, each with its answers; one query."""
    read = can_read_comment.filter(Comment.objects.filter(sheet=sheet), asking)
    threads: dict[UUID, Thread] = {}
    for comment in read.select_related("author__trade").order_by("written_at", "id"):
        if comment.parent_id is None:
            threads[comment.pk] = Thread(comment)
        else:
            threads.setdefault(comment.parent_id, Thread(None)).replies.append(comment)
    return [thread for thread in threads.values() if _is_shown(thread)]


def _is_shown(thread: Thread) -> bool:
    """A comment taken back, to which nobody answered, leaves its trace too."""
    return thread.comment is not None or bool(thread.replies)


def comment_count(asking: Asking, sheet_id: UUID) -> int:
    """How many comments there are to read."""
    comments = Comment.objects.filter(sheet=sheet_id, removed_at=None, hidden_at=None)
    return can_read_comment.filter(comments, asking).count()


def comment_for_reading(asking: Asking, sheet_id: UUID, comment_id: UUID) -> Comment:
    """One comment of a sheet. Raises Unreadable."""
    comment = Comment.objects.select_related("author__trade", "sheet").filter(pk=comment_id, sheet=sheet_id).first()
    if comment is None:
        raise Unreadable
    can_read_comment.require(asking, comment)
    return comment


def may_edit(asking: Asking, comment: Comment) -> bool:
    """Whether its author may still change it."""
    mine = comment.author_id == asking.user_id and comment.removed_at is None and comment.hidden_at is None
    return mine and timezone.now() - comment.written_at < EDITABLE_FOR

"""What the person did, across apps."""

from __future__ import annotations

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.practices.models import Trial


def own_trials(asking: Asking) -> QuerySet[Trial]:
    """The person's own trials with their sheets, last first."""
    return Trial.objects.filter(author_id=asking.user_id).select_related("sheet").order_by("-reported_at", "id")

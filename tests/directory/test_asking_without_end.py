"""Asking to join and taking it back, again and again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from nuserus.directory.actions.ask_membership import ask_membership, leave_institution
from nuserus.foundation.asking import acting_as
from nuserus.notifications.models import Notice
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")


def test_referents_are_not_written_to_without_end() -> None:
    place, person = make_institution(), make_account()
    referent = make_referent(place)
    with pytest.raises(ValidationError, match="demain"):
        for _time in range(20):
            with acting_as(person.pk) as asking:
                membership = ask_membership(actor=asking, institution=place)
            with acting_as(person.pk) as asking:
                leave_institution(actor=asking, membership=membership)
    with acting_as(referent.pk):
        assert Notice.objects.count() <= 10

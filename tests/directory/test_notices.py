"""Who hears of requests to join a place, and of the answers."""

from __future__ import annotations

import pytest

from nuserus.directory.actions.ask_membership import ask_membership
from nuserus.directory.actions.decide_membership import confirm_membership, refuse_membership
from nuserus.directory.models import Membership
from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.models import Notice
from nuserus.notifications.queries.told import told
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")


def heard(account: Account) -> list[str]:
    with acting_as(account.pk):
        return [line.kind for line in told(Notice.objects.order_by("happened_at", "id"))]


@pytest.mark.parametrize(
    ("decide", "kind"), [(confirm_membership, "directory.confirmed"), (refuse_membership, "directory.refused")]
)
def test_request_is_told_to_the_referents_and_its_answer_to_who_asked(decide: object, kind: str) -> None:
    place = make_institution("IME du Test")
    referent, colleague, elsewhere, ana = (make_account() for _number in range(4))
    make_membership(referent, place, is_referent=True)
    make_membership(colleague, place)
    make_membership(elsewhere, make_institution(), is_referent=True)
    with acting_as(ana.pk) as asking:
        ask_membership(actor=asking, institution=place, message="CANARI")
    assert [heard(person) for person in (referent, colleague, elsewhere, ana)] == [["directory.asked"], [], [], []]
    assert callable(decide)
    with acting_as(referent.pk) as asking:
        decide(actor=asking, membership=Membership.objects.get(account=ana))
    assert heard(ana) == [kind]
    with acting_as(ana.pk):
        (line,) = told(Notice.objects.all())
        assert "IME du Test" in line.sentence
    with acting_as(referent.pk):
        assert "CANARI" not in str(list(Notice.objects.values("details")))


def test_referent_who_stopped_being_one_reads_no_request() -> None:
    place = make_institution("IME du Test")
    referent, ana = make_account(), make_account()
    membership = make_membership(referent, place, is_referent=True)
    with acting_as(ana.pk) as asking:
        ask_membership(actor=asking, institution=place)
    with as_system("test data"):
        Membership.objects.filter(pk=membership.pk).update(is_referent=False)
    with acting_as(referent.pk):
        (line,) = told(Notice.objects.all())
        assert line.address == ""
        assert "IME du Test" not in line.sentence

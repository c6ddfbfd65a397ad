"""What sheets and questions say of a device follows when it is merged into another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import Error, connection
from django.test import Client

from nuserus.community.models import Question
from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Device
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.practices.models import Sheet, SheetVersion, VersionContent
from tests.factories.community import make_question
from tests.factories.devices import get_device, make_proposal
from tests.factories.people import make_account
from tests.factories.sheets import make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.fixture
def gone(database: None) -> Device:
    device = make_proposal(make_account(), "Visio de salon")
    with as_system("test data"):
        device.status, device.slug = DeviceStatus.ACCEPTED, "visio-de-salon"
        device.save()
    return device


def test_sheets_their_versions_and_questions_name_the_kept_device(client_as: ClientAs, gone: Device) -> None:
    sheet, other = make_sheet(devices=["visio-de-salon", "tablette"]), make_sheet(devices=["tablette"])
    with as_system("somebody wrote in a version"):
        SheetVersion.objects.filter(sheet=other).update(fingerprint="0" * 32)
    both = make_sheet(devices=["visioconference", "visio-de-salon"])
    question = make_question(devices=["visio-de-salon"])
    moderator = client_as(make_account("moderator"))
    assert moderator.post("/materiel/visio-de-salon/fusionner/", {"kept": get_device().pk}).status_code == 302
    with as_system("test data"):
        assert Sheet.objects.get(pk=sheet.pk).devices == ["visioconference", "tablette"]
        assert Sheet.objects.get(pk=both.pk).devices == ["visioconference"]
        assert Question.objects.get(pk=question.pk).devices == ["visioconference"]
        for content in VersionContent.objects.filter(version__sheet__in=[sheet, both]):
            assert "visio-de-salon" not in content.content["devices"]
        # what was wrong before for another reason still shows
        assert set(SheetVersion.objects.filter(sheet=other).values_list("fingerprint", flat=True)) == {"0" * 32}
    caches["local"].clear()
    html = client_as(None).get("/materiel/visioconference/").content.decode()
    assert str(sheet) in html
    assert "2 fiches" in client_as(None).get("/materiel/").content.decode()


def test_only_a_merge_has_them_follow(gone: Device) -> None:
    make_sheet(devices=["visio-de-salon"])
    for account in (make_account(), make_account("moderator")):
        for function in ("practices_follow_device", "community_follow_device"):
            with pytest.raises(Error), acting_as(account.pk), connection.cursor() as cursor:
                cursor.execute(f"SELECT {function}('visio-de-salon', 'visioconference')")

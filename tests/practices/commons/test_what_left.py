"""The file of the commons holds nothing that was taken back since: it is made again first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.community.enums import Content
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.practices.actions.commons import commons_file, export_commons
from nuserus.practices.actions.publish import publish_changes
from nuserus.practices.actions.versions import close_version
from nuserus.practices.enums.versions import ClosingReason
from nuserus.practices.models import Card, Sheet, SheetVersion
from nuserus.practices.tasks import make_commons
from tests.factories.community import make_hidden
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_published
from tests.factories.sheets import make_sheet, make_trial, withdraw

pytestmark = pytest.mark.usefixtures("database")
NAMED = "CANARI-RECONNUE"


@pytest.fixture(autouse=True)
def nothing_made() -> Iterator[None]:
    commons_file().unlink(missing_ok=True)
    yield
    commons_file().unlink(missing_ok=True)


def taken(client: Client) -> bytes:
    reply = client.get(reverse("sheets:commons"))
    content = b"".join(getattr(reply, "streaming_content", [b""]))
    reply.close()
    return content


def words_in(path: Path) -> str:
    with ZipFile(path) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_a_version_that_was_closed_is_not_served_any_more(client: Client) -> None:
    make_account(Role.REVIEWER)
    sheet = make_published()
    for words in (NAMED, "Une résidente."):
        answer(get_sheet(sheet), sheet.author, "intention", {"intention": words})
        with acting_as(sheet.author_id) as asking:
            publish_changes(actor=asking, sheet=get_sheet(sheet), what="")
        if words == NAMED:
            make_commons(timestamp=0)
            assert NAMED in words_in(commons_file())
    assert taken(client)
    with acting_as(sheet.author_id) as asking:
        version = SheetVersion.objects.select_related("sheet").get(sheet=sheet, number=2)
        close_version(actor=asking, version=version, reason=ClosingReason.RECOGNISED)
    assert not taken(client)
    make_commons(timestamp=0)
    assert taken(client)
    assert NAMED not in words_in(commons_file())


def test_a_trial_that_was_hidden_is_not_served_any_more(client: Client) -> None:
    sheet = make_sheet()
    make_trial(sheet, comment="Tout va bien.")
    trial = make_trial(sheet, comment=NAMED)
    make_commons(timestamp=0)
    assert taken(client)
    make_hidden(Content.TRIAL, trial.pk)
    assert not taken(client)
    make_commons(timestamp=0)
    assert taken(client)
    assert NAMED not in words_in(commons_file())


def test_an_adaptation_carries_no_word_of_what_was_withdrawn(tmp_path: Path) -> None:
    origin = make_sheet(make_institution())
    child = make_sheet(make_institution(), origin=origin, title="Chez nous")
    with as_system("test data"):
        Card.objects.filter(sheet=child, position=1).update(origin_text=NAMED, what_changed="Le bus.")
    export_commons(tmp_path / "before.zip")
    assert NAMED in words_in(tmp_path / "before.zip")
    withdraw(origin)
    export_commons(tmp_path / "after.zip")
    after = words_in(tmp_path / "after.zip")
    assert NAMED not in after and "Le bus." in after


def test_words_closed_at_the_origin_do_not_stand_beside_its_adaptation(client: Client, tmp_path: Path) -> None:
    make_account(Role.REVIEWER)
    origin = make_published()
    child = make_sheet(make_institution(), origin=origin, title="Chez nous")
    with as_system("test data"):
        Card.objects.filter(sheet=child, position=1).update(origin_text=NAMED)
        Sheet.objects.filter(pk=child.pk).update(adapted_from_version=1)
    address = reverse("sheets:differences", args=[child.pk])
    assert NAMED in client.get(address).content.decode()
    answer(get_sheet(origin), origin.author, "intention", {"intention": "Autrement."})
    with acting_as(origin.author_id) as asking:
        publish_changes(actor=asking, sheet=get_sheet(origin), what="")
        version = SheetVersion.objects.select_related("sheet").get(sheet=origin, number=1)
        close_version(actor=asking, version=version, reason=ClosingReason.WORDS)
    page = client.get(address)
    assert page.status_code == 200
    assert NAMED not in page.content.decode()
    export_commons(tmp_path / "commun.zip")
    assert NAMED not in words_in(tmp_path / "commun.zip")

"""The simple version, edited apart: advice beside it, and the name FALC that people concerned give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.plain_reading import PlainReading, record_plain_reading
from nuserus.practices.actions.publish import publish_changes
from nuserus.practices.enums.versions import PlainWay
from nuserus.practices.models import PlainReview, Sheet
from nuserus.practices.queries.plain import advice_by_line
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_complete, make_published
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")

READ = {"readers": "des résidents d’un foyer", "how_many": "4", "way": "workshop"}


def told() -> PlainReading:
    return PlainReading(
        readers="des résidents d’un foyer", how_many=4, way=PlainWay.WORKSHOP, done_on=timezone.localdate()
    )


def read(sheet: Sheet, by: Account | None = None) -> None:
    with acting_as((by or sheet.author).pk) as asking:
        record_plain_reading(actor=asking, sheet=sheet, text=get_sheet(sheet).simple_version, told=told())


def page(client: Client, sheet: Sheet) -> str:
    return client.get(reverse("sheets:detail", args=[sheet.pk])).content.decode()


@pytest.fixture
def sheet() -> Sheet:
    make_account(Role.REVIEWER)
    return make_published()


def test_it_is_called_falc_only_once_people_concerned_have_read_it(client: Client, sheet: Sheet) -> None:
    assert "Version simple" in page(client, sheet) and "FALC" not in page(client, sheet)
    read(sheet)
    now = page(client, sheet)
    assert "Facile à lire et à comprendre (FALC)" in now
    assert "4 personnes concernées (des résidents d’un foyer), en atelier, à plusieurs" in now


def test_a_changed_letter_drops_the_name_until_it_is_read_again(client: Client, sheet: Sheet) -> None:
    read(sheet)
    answer(sheet, sheet.author, "simple", {"simple_version": "On montre une photo.\nL’enfant sait ce qui vient."})
    assert "FALC" in page(client, sheet)
    with acting_as(sheet.author_id) as asking:
        publish_changes(actor=asking, sheet=sheet, what="la version simple")
    assert "FALC" not in page(client, sheet)
    read(sheet)
    assert "FALC" in page(client, sheet)


def test_recording_from_the_page(client_as: Callable[[Account], Client], sheet: Sheet) -> None:
    author = client_as(sheet.author)
    address = reverse("telling:plain_reading", args=[sheet.pk])
    assert author.get(address).status_code == 200
    day = timezone.localdate().isoformat()
    filled = READ | {"done_on": day, "text": sheet.simple_version.replace("\n", "\r\n")}
    assert author.post(address, READ).status_code == 422
    assert author.post(address, filled | {"how_many": "0"}).status_code == 422
    assert author.post(address, filled | {"done_on": "2999-01-01"}).status_code == 422
    assert author.post(address, filled | {"text": "Autre chose."}).status_code == 422
    assert author.post(address, filled).status_code == 302
    with acting_as(None):
        reading = PlainReview.objects.get()
    assert (reading.recorded_by_id, reading.text, reading.way) == (sheet.author_id, sheet.simple_version, "workshop")


def test_who_records_a_reading(client_as: Callable[[Account], Client], sheet: Sheet) -> None:
    stranger = make_member(make_institution())
    assert client_as(stranger).get(reverse("telling:plain_reading", args=[sheet.pk])).status_code == 403
    assert client_as(stranger).post(reverse("telling:advice", args=[sheet.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        read(sheet, stranger)
    draft = make_complete()
    assert client_as(stranger).get(reverse("telling:plain_reading", args=[draft.pk])).status_code == 404


def test_an_empty_version_is_not_read(sheet: Sheet) -> None:
    draft = make_complete()
    answer(draft, draft.author, "simple", {"simple_version": ""})
    with pytest.raises(ValidationError, match="pas encore"):
        read(draft)


def test_advice_stands_beside_its_line_and_blocks_nothing(client_as: Callable[[Account], Client]) -> None:
    draft = make_complete()
    author = client_as(draft.author)
    address = reverse("telling:question", args=[draft.pk, "simple"])
    text = "La tablette est choisie par l’équipe.\nL’EHPAD a deux photos."
    reply = author.post(address, {"simple_version": text, "revision": "1"})
    assert reply.status_code == 302 and get_sheet(draft).simple_version == text
    said = author.get(address).content.decode()
    assert "<mark>est choisie<sup>" in said and "Forme passive" in said and "maison de retraite" in said
    assert "Une image aide" in said
    part = author.post(reverse("telling:advice", args=[draft.pk]), {"simple_version": "On a 3 photos (du car)."})
    assert "<mark>(du car)<sup>1</sup></mark>" in part.content.decode()
    assert get_sheet(draft).simple_version == text


def test_marks_rebuild_the_text_and_escape_it() -> None:
    text = "<b>L’EHPAD</b> effectue 12 450 essais.\n\nDeux photos."
    lines = advice_by_line(text)
    assert ["".join(piece for piece, _number in line.pieces) for line in lines] == [
        line for line in text.split("\n") if line
    ]
    numbers = [number for line in lines for number, _advice in line.advice]
    assert numbers == list(range(1, len(numbers) + 1))

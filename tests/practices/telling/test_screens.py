"""The screens of the telling, without any script."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS, TELLING
from nuserus.practices.models import AnswerSave, Picture, Sheet
from tests.factories.devices import get_device, make_deployment
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import COMPLETED, TOLD, answer, get_sheet, make_draft, make_told, photo
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def at(sheet: Sheet, question: str) -> str:
    return reverse("telling:question", args=[sheet.pk, question])


def test_the_first_question_is_one_tap_from_the_first_page(client_as: ClientAs) -> None:
    client = client_as(make_member(make_institution()))
    assert "Commencer une fiche" in client.get("/partager/").content.decode()
    reply = client.post(reverse("telling:begin"), follow=True)
    assert reply.request["PATH_INFO"].endswith("/photo/")
    assert "Avez-vous une photo à montrer ?" in reply.content.decode()


def test_from_start_to_sent_without_script(client_as: ClientAs) -> None:
    author = make_member(make_institution())
    client = client_as(author)
    client.post(reverse("telling:begin"))
    with acting_as(author.pk):
        sheet = Sheet.objects.get(author=author)
    told = {
        "photo": {},
        "device": {"devices": ["tablette"]},
        "public": {"publics": ["enfants-autistes"]},
        "intention": {"intention": "Que chacun sache ce qui vient."},
        "did": {"text_1": "Nous photographions le car. Puis on range.", "text_2": "L’enfant range."},
        "happened": {"do": "skip"},
        "watch_for": {"watch_for": "Le car en retard."},
    }
    order = list(TELLING)
    for question, data in told.items():
        reply = client.post(at(sheet, question), {"revision": "0", **data})
        assert reply["Location"] == at(sheet, order[order.index(question) + 1])
    page = client.get(at(sheet, "check")).content.decode()
    title = "Tablette avec des enfants autistes : nous photographions le car"
    assert title in page
    refused = client.post(at(sheet, "check"), {"revision": "0", "do": "send", "title": title})
    assert refused.status_code == 422
    sent = client.post(
        at(sheet, "check"), {"revision": "0", "do": "send", "title": title, "confirm": "on", "licence": "on"}
    )
    assert sent["Location"] == reverse("telling:sheet", args=[sheet.pk])
    after = get_sheet(sheet)
    assert (after.status, after.title, after.watch_for) == (SheetStatus.IN_REVIEW, title, "Le car en retard.")
    assert "72 heures" in client.get(sent["Location"]).content.decode()


@pytest.mark.parametrize("question", list(ALL_QUESTIONS))
def test_every_screen_opens_and_saves(client_as: ClientAs, question: str) -> None:
    sheet = make_draft(answers=TOLD | COMPLETED)
    client = client_as(sheet.author)
    page = client.get(at(sheet, question))
    assert page.status_code == 200
    content = page.content.decode()
    assert f'data-nu-draft-key="{sheet.pk}/{question}"' in content
    assert f'data-nu-draft-account="{sheet.author_id}"' in content
    assert client.post(at(sheet, question), {"revision": page.context["revision"]}).status_code == 302


def test_a_screen_costs_the_same_for_one_and_for_five_cards(client_as: ClientAs) -> None:
    counts = []
    for number in (1, 5):
        sheet = make_draft(answers={"did": {f"text_{place}": "Oui." for place in range(1, number + 1)}})
        client = client_as(sheet.author)
        client.get(at(sheet, "did"))
        with CaptureQueriesContext(connection) as queries:
            client.get(at(sheet, "did"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_first_page_costs_the_same_for_one_and_three_sheets(client_as: ClientAs) -> None:
    author = make_member(make_institution())
    client = client_as(author)
    counts = []
    for number in (1, 2):
        for _again in range(number):
            make_draft(author)
        client.get("/partager/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/partager/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_our_devices_come_first(client_as: ClientAs) -> None:
    institution = make_institution()
    device = get_device("chariot-de-telemedecine")
    make_deployment(institution, device)
    sheet = make_draft(make_member(institution))
    page = client_as(sheet.author).get(at(sheet, "device")).content.decode()
    ours = page.index("Chez nous")
    assert ours < page.index(device.name) < page.index("Chercher dans le catalogue")


def test_searching_the_catalogue_keeps_what_is_ticked(client_as: ClientAs) -> None:
    sheet = make_draft()
    client = client_as(sheet.author)
    reply = client.post(
        at(sheet, "device"), {"revision": "0", "do": "search", "q": "télé", "devices": "tablette"}, follow=True
    )
    assert get_sheet(sheet).devices == ["tablette"]
    page = reply.content.decode()
    assert page.index("Trouvé dans le catalogue") < page.index("Chariot de télémédecine")


def test_cards_move_without_script(client_as: ClientAs) -> None:
    sheet = make_draft(answers={"did": {"text_1": "Un", "text_2": "Deux", "text_3": "Trois"}})
    client = client_as(sheet.author)

    def press(do: str) -> list[str]:
        form = client.get(at(sheet, "did")).context["form"]
        data = {name: form[name].value() for name in form.fields}
        client.post(at(sheet, "did"), {**data, "revision": "99", "do": do})
        with acting_as(sheet.author_id):
            return [card.text for card in sheet.cards.all()]

    assert press("up_2") == ["Deux", "Un", "Trois"]
    assert press("down_2") == ["Deux", "Trois", "Un"]
    assert press("remove_1") == ["Trois", "Un"]


def test_a_late_page_shows_both_texts(client_as: ClientAs) -> None:
    sheet = make_draft()
    other = make_member(make_institution())
    from nuserus.foundation.missions import grant_mission

    with acting_as(sheet.author_id):
        grant_mission(sheet.pk, other.pk)
    answer(sheet, other, "intention", {"intention": "Écrit par l’autre."})
    reply = client_as(sheet.author).post(at(sheet, "intention"), {"revision": "0", "intention": "Écrit par moi."})
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Écrit par l’autre." in page
    assert "Écrit par moi." in page
    assert 'name="revision" value="1"' in page
    with acting_as(sheet.author_id):
        assert AnswerSave.objects.get(refused=True).fields == {"intention": "Écrit par moi."}


def test_a_text_that_is_too_long_stays_in_the_page(client_as: ClientAs) -> None:
    sheet = make_draft()
    reply = client_as(sheet.author).post(at(sheet, "check"), {"revision": "0", "title": "x" * 1_000_000})
    assert reply.status_code == 422
    assert "x" * 1_000_000 in reply.content.decode()
    assert "la limite est 160" in reply.content.decode()


def test_five_hundred_cards_are_refused(client_as: ClientAs) -> None:
    sheet = make_draft()
    data = {f"text_{place}": "x" for place in range(1, 490)} | {"revision": "0"}
    assert client_as(sheet.author).post(at(sheet, "did"), data).status_code == 422
    with acting_as(sheet.author_id):
        assert sheet.cards.count() == 0


def test_unknown_slugs_are_refused(client_as: ClientAs) -> None:
    sheet = make_draft()
    client = client_as(sheet.author)
    for question, name in (("device", "devices"), ("public", "publics"), ("facets", "axes"), ("facets", "trades")):
        reply = client.post(at(sheet, question), {"revision": "0", name: "n-existe-pas"})
        assert reply.status_code == 422, question


def test_a_photo_is_taken_in_shown_and_taken_off(client_as: ClientAs) -> None:
    sheet = make_draft()
    client = client_as(sheet.author)
    client.post(at(sheet, "photo"), {"revision": "0", "picture": photo(), "alternative": "Une tablette."})
    with acting_as(sheet.author_id):
        picture = Picture.objects.get(sheet=sheet)
    assert (picture.alternative, picture.is_cover, picture.width) == ("Une tablette.", True, 60)
    address = reverse("pictures:small", args=[picture.pk])
    assert address in client.get(at(sheet, "photo")).content.decode()
    served = client.get(address)
    assert b"".join(served.streaming_content)[:2] == b"\xff\xd8"
    client.post(at(sheet, "photo"), {"revision": "2", "picture-clear": "on", "alternative": ""})
    assert client.get(address).status_code == 404


def test_a_refused_photo_keeps_the_text(client_as: ClientAs) -> None:
    sheet = make_draft()
    svg = photo(name="dessin.svg")
    svg.file.write(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    svg.file.seek(0)
    reply = client_as(sheet.author).post(
        at(sheet, "photo"), {"revision": "0", "picture": svg, "alternative": "Une tablette."}
    )
    assert reply.status_code == 422
    page = reply.content.decode()
    assert "Vos réponses sont gardées" in page
    assert "Une tablette." in page


def test_who_is_in_no_institution_may_write_but_not_send(client_as: ClientAs) -> None:
    sheet = make_told(make_account())
    client = client_as(sheet.author)
    assert "Trouver mon établissement" in client.get("/partager/").content.decode()
    data = {"revision": "0", "do": "send", "title": "Titre", "confirm": "on", "licence": "on"}
    reply = client.post(at(sheet, "check"), data)
    assert reply.status_code == 422
    assert "appartenance" in reply.content.decode()
    assert get_sheet(sheet).status == SheetStatus.DRAFT


def test_a_visitor_signs_in_and_comes_back_to_the_question(client_as: ClientAs) -> None:
    sheet = make_draft()
    reply = client_as(None).get(at(sheet, "device"))
    assert reply.status_code == 302
    assert at(sheet, "device") in reply["Location"]


def test_hidden_missing_and_unknown_are_the_same_page(client_as: ClientAs) -> None:
    sheet = make_draft()
    stranger = client_as(make_member(make_institution()))
    hidden = stranger.get(at(sheet, "device"))
    missing = stranger.get(reverse("telling:question", args=[uuid4(), "device"]))
    unknown = client_as(sheet.author).get(reverse("telling:question", args=[sheet.pk, "password"]))
    assert (hidden.status_code, missing.status_code, unknown.status_code) == (404, 404, 404)


def test_a_reader_may_not_open_the_screens_of_a_published_sheet(client_as: ClientAs) -> None:
    sheet = make_sheet()
    assert client_as(make_account()).get(at(sheet, "intention")).status_code == 403

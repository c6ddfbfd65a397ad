"""What is wrong, hostile or far too large, through the pages people use: words that help, nothing kept that should not be."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.actions import notify
from nuserus.notifications.tasks import send_due
from nuserus.people.models import Account
from nuserus.practices.models import AnswerSave, Card, Picture, Sheet, Trial
from tests.factories.directory import make_institution
from tests.factories.heic import heic
from tests.factories.practices import answer, get_sheet, make_draft, make_sent, make_told, photo
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

# Embeddings, overrides, isolates; NUL, bell, escape, delete, a C1 control.
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "\x00\x07\x08\x0b\x1b\x7f\x85"
HIDDEN = OVERRIDES + CONTROLS
ARABIC = "نلتقط صورا للحافلة، ثم نرتبها."
MIXED = "L’enfant dit «\u00a0شكرا\u00a0» et rit 👩‍👧\u200f."


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


@pytest.fixture
def sheet(author: Account) -> Sheet:
    return make_told(author)


def stored() -> set[Path]:
    return {path for path in Path(default_storage.path("")).rglob("*") if path.is_file()}


def at(sheet: Sheet, question: str) -> str:
    return f"/partager/{sheet.pk}/{question}/"


def nothing_hidden(text: str) -> bool:
    return not set(HIDDEN) & set(text)


# -- texts


def test_a_title_of_one_megabyte_stays_in_the_page_and_out_of_the_database(
    client_as: ClientAs, author: Account, sheet: Sheet
) -> None:
    title = "Tablette " * 116_509
    reply = client_as(author).post(at(sheet, "check"), {"title": title, "revision": "0"})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "la limite est 160" in page.replace("\u00a0", " ")
    assert title.strip()[:2000] in page, "the text is still there to be shortened"
    saved = client_as(author).post(
        f"{at(sheet, 'check')}enregistrer/", json.dumps({"fields": {"title": title}, "revision": 0}), "application/json"
    )
    assert saved.status_code == 422
    assert "la limite est 160" in saved.json()["message"].replace("\u00a0", " ")
    assert len(get_sheet(sheet).title) <= 160
    with acting_as(author.pk):
        assert not AnswerSave.objects.filter(sheet=sheet, question="check").exists()


def test_a_form_of_three_megabytes_is_answered_by_a_page(client_as: ClientAs, author: Account, sheet: Sheet) -> None:
    before = get_sheet(sheet).intention
    reply = client_as(author).post(at(sheet, "intention"), {"intention": "é" * 1_600_000, "revision": "0"})
    assert reply.status_code == 400
    assert "<h1" in reply.content.decode()
    assert get_sheet(sheet).intention == before


@pytest.mark.parametrize("question", ["intention", "happened", "watch_for"])
def test_what_cannot_be_seen_does_not_come_in(
    question: str, client_as: ClientAs, author: Account, sheet: Sheet
) -> None:
    text = f"Nous{HIDDEN} photographions le car.\r\nPuis on range."
    reply = client_as(author).post(at(sheet, question), {question: text, "revision": "0"})
    assert reply.status_code == 302
    assert getattr(get_sheet(sheet), question) == "Nous photographions le car.\nPuis on range."


@pytest.mark.parametrize("text", [ARABIC, MIXED, "Œuvre d’été, « ça\u00a0marche\u00a0» !", "हिन्दी क्‍ष", "e\u0301té"])
def test_legitimate_scripts_stay(text: str, client_as: ClientAs, author: Account, sheet: Sheet) -> None:
    import unicodedata

    client = client_as(author)
    client.post(at(sheet, "intention"), {"intention": text, "revision": "0"})
    assert get_sheet(sheet).intention == unicodedata.normalize("NFC", text)
    page = client.get(at(sheet, "intention")).content.decode()
    assert escape(unicodedata.normalize("NFC", text)) in page


def test_titles_cards_names_comments_and_addresses_are_cleaned_alike(client_as: ClientAs, author: Account) -> None:
    sheet = make_told(author)
    client = client_as(author)
    client.post(at(sheet, "check"), {"title": f"Tablette{HIDDEN} au{HIDDEN} calme", "revision": "0"})
    client.post(at(sheet, "did"), {"text_1": f"Un{HIDDEN} car.", "text_2": f"{HIDDEN}", "revision": "1"})
    client.post(at(sheet, "names"), {"name_1": f"Nadia{HIDDEN} B.", "contribution_1": "ecriture", "revision": "0"})
    client.post(at(sheet, "more"), {"limits": f"J’aime{HIDDEN} bien.", "revision": "0"})
    found = get_sheet(sheet)
    assert found.title == "Tablette au calme"
    assert found.limits == "J’aime bien."
    with acting_as(author.pk):
        assert [card.text for card in Card.objects.filter(sheet=sheet)] == ["Un car."]
        assert [person.name for person in found.contributors.all()] == ["Nadia B."]
    client.post("/compte/profil/", {"display_name": f"Nadia{HIDDEN} B.", "language": "fr", "trade": ""})
    author.refresh_from_db()
    assert nothing_hidden(author.display_name)
    public = make_sheet(make_institution())
    tried = client.post(
        f"/pratiques/{public.pk}/essaye/", {"outcome": "worked", "comment": f"Chez{HIDDEN} nous, oui.", "what": HIDDEN}
    )
    assert tried.status_code < 500
    with as_system("read test data", recorded=False):
        assert all(nothing_hidden(trial.comment) for trial in Trial.objects.all())
    for path in (f"/pratiques/?q=tablette{HIDDEN}", f"/pratiques/suggestions/?q=tab{HIDDEN}", "/annuaire/?q=%00"):
        assert client.get(path).status_code in {200, 404}


def test_the_program_that_saves_while_typing_is_cleaned_alike(author: Account, sheet: Sheet) -> None:
    answer(sheet, author, "intention", {"intention": f"Que{HIDDEN} chacun \ud800sache."})
    assert get_sheet(sheet).intention == "Que chacun sache."


def test_passwords_are_left_as_they_are_typed() -> None:
    from django.http import QueryDict

    from nuserus.foundation.input import cleaned

    sent = QueryDict(mutable=True)
    sent.setlist("password", ["a\u202eb"])
    sent.setlist("nom\x00", ["a\u202eb", "c"])
    assert dict(cleaned(sent).lists()) == {"password": ["a\u202eb"], "nom": ["ab", "c"]}


def test_five_hundred_cards_by_script_store_none_of_them(client_as: ClientAs, author: Account, sheet: Sheet) -> None:
    client = client_as(author)
    many = {f"text_{place}": f"Étape {place}" for place in range(1, 400)}
    page = client.post(at(sheet, "did"), {"revision": "0", **many})
    assert page.status_code == 422
    assert "Rien n’est enregistré" in page.content.decode()
    script = client.post(
        f"{at(sheet, 'did')}enregistrer/",
        json.dumps({"fields": {f"text_{place}": "x" for place in range(500)}, "revision": 0}),
        "application/json",
    )
    assert script.status_code == 422
    assert script.json()["message"]
    flood = client.post(at(sheet, "did"), {"revision": "0", **{f"text_{place}": "x" for place in range(600)}})
    assert flood.status_code == 400
    with acting_as(author.pk):
        assert Card.objects.filter(sheet=sheet).count() == 2


def test_fifty_drafts_are_the_most(client_as: ClientAs, author: Account) -> None:
    client = client_as(author)
    for _number in range(52):
        page = client.post("/partager/commencer/", follow=True)
    assert "Vous avez déjà 50 brouillons" in page.content.decode()
    with acting_as(author.pk):
        assert Sheet.objects.filter(author=author).count() == 50


# -- photos

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\n" + bytes(random.Random(7).randbytes(3000))
JPEG, PNG = photo(400, 300).read(), photo(400, 300, kind="PNG").read()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("compte-rendu.pdf", PDF, "n’est pas une photo que nous savons lire"),
        ("photo.jpg", PDF, "n’est pas une photo que nous savons lire"),
        ("photo.jpg", JPEG[: len(JPEG) // 2], "abîmée"),
        ("photo.png", PNG[: len(PNG) // 2], "abîmée"),
        ("photo.jpg", JPEG[:20], "photo"),
        ("photo.jpg", JPEG + b"<script>alert(1)</script>" + b"PK\x05\x06" + bytes(18), "autre chose qu’une photo"),
        ("photo.jpg", b"GIF89a/*" + bytes(60) + b"*/=1;alert(1)", "bouge"),
        ("photo.heic", heic()[:-300], "HEIC"),
        ("photo.jpg", b"", "vide"),
        ("../../../etc/passwd.jpg", b"root:x:0:0", "n’est pas une photo"),
    ],
)
def test_what_is_not_a_photo_is_refused_in_words_and_leaves_nothing(
    name: str, content: bytes, said: str, client_as: ClientAs, author: Account, sheet: Sheet
) -> None:
    before = stored()
    sent = {"picture": SimpleUploadedFile(name, content, content_type="image/jpeg"), "alternative": "Une table."}
    reply = client_as(author).post(at(sheet, "photo"), {"revision": "0", **sent})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert said in page
    assert "Vos réponses sont gardées." in page
    assert "Une table." in page
    assert stored() == before
    with acting_as(author.pk):
        assert not Picture.objects.filter(sheet=sheet).exists()


def test_a_photo_of_a_phone_is_converted(client_as: ClientAs, author: Account, sheet: Sheet) -> None:
    sent = SimpleUploadedFile("IMG_0042.HEIC", heic(turns=1, make="Marque"), content_type="image/heic")
    client = client_as(author)
    reply = client.post(at(sheet, "photo"), {"revision": "0", "picture": sent, "alternative": "Une table."})
    assert reply.status_code == 302
    with acting_as(author.pk):
        picture = Picture.objects.get(sheet=sheet)
    assert (picture.width, picture.height) == (64, 128)
    served = client.get(f"/pratiques/photos/{picture.pk}/")
    content = b"".join(served)
    assert served["Content-Type"] == "image/jpeg"
    assert b"Marque" not in content
    assert b"Exif" not in content


def test_a_photo_that_looks_like_one_and_a_script_comes_out_as_pixels(
    client_as: ClientAs, author: Account, sheet: Sheet
) -> None:
    hidden = photo(80, 80, comment=b"ferme /* */ alert('salle 12')")
    client = client_as(author)
    client.post(at(sheet, "photo"), {"revision": "0", "picture": hidden, "alternative": ""})
    with acting_as(author.pk):
        picture = Picture.objects.get(sheet=sheet)
    assert b"salle 12" not in b"".join(client.get(f"/pratiques/photos/{picture.pk}/"))


# -- sounds


@pytest.mark.parametrize("content", [PDF, JPEG, b"OggS" + PDF, b"#EXTM3U\nhttp://exemple.test/a.mp3"])
def test_a_sound_that_is_none_is_refused_in_words(
    content: bytes, client_as: ClientAs, author: Account, sheet: Sheet
) -> None:
    before = stored()
    sent = SimpleUploadedFile("voix.mp3", content, content_type="audio/mpeg")
    reply = client_as(author).post(f"/voix/partager/{sheet.pk}/intention/deposer/", {"sound": sent}, follow=True)
    page = reply.content.decode()
    assert "Vos réponses écrites sont gardées." in page
    assert "Enregistrement 1" not in page
    assert stored() == before


# -- what a page may fetch


def test_no_page_may_fetch_from_elsewhere(client_as: ClientAs, author: Account) -> None:
    sheet = make_sheet(make_institution(), title='<img src="http://suivi.exemple.test/t.gif">')
    for path in (f"/pratiques/{sheet.pk}/", "/pratiques/?q=suivi", "/"):
        reply = client_as(author).get(path)
        policy = {
            line.split()[0]: line.split()[1:] for line in reply["Content-Security-Policy"].split(";") if line.strip()
        }
        assert policy["default-src"] == ["'self'"]
        assert policy["img-src"] == ["'self'", "data:", "blob:"]
        assert policy["connect-src"] == ["'self'"]
        assert policy["object-src"] == policy["base-uri"] == ["'none'"]
        body = reply.content.decode()
        assert 'src="http://suivi' not in body
        assert "<img src=http" not in body


PAYLOADS = (
    '<img src="http://suivi.exemple.test/t.gif" onerror="window.planted=1">',
    "<svg><style><img src=x onerror=window.planted=1></style></svg>",
    "</script><script>window.planted=1</script>",
    "[lien](javascript:alert(1)) ![](http://suivi.exemple.test/m.gif)",
    "{{ 7*7 }} {% load x %} ${7*7}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_title_is_a_text_in_mails_as_well(payload: str, author: Account) -> None:
    reviewer = make_member(make_institution(), "reviewer")
    sheet, review = make_sent(author)
    with acting_as(reviewer.pk):
        notify(
            kind="practices.to_review",
            recipients=[review.reviewer_id or reviewer.pk],
            about=sheet.pk,
            address=f"/relecture/{review.pk}/",
            details={"title": payload},
            actor=None,
        )
    mail.outbox.clear()
    send_due(timestamp=0)
    said = [message for message in mail.outbox if payload in str(message.body)]
    assert said, "the text part says it as it is"
    for message in said:
        (html,) = [str(part.content) for part in message.alternatives]  # type: ignore[attr-defined]
        assert escape(payload) in html
        assert not any(mark in html for mark in ("<img", "<svg", "<script"))


def test_a_draft_is_never_half_written(author: Account) -> None:
    """Whatever was refused above, a draft still opens and saves."""
    draft = make_draft(author)
    answer(draft, author, "intention", {"intention": "Que chacun sache."})
    assert get_sheet(draft).intention == "Que chacun sache."

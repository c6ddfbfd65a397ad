"""Hostile texts and heavy files in a real browser: nothing runs, nothing leaves, and the page says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.models import Picture, Sheet
from nuserus.search.actions.rebuild_index import rebuild_index
from tests.browser.conftest import served
from tests.factories.directory import make_institution
from tests.factories.practices import answer, get_sheet, make_draft
from tests.factories.sheets import make_member, make_sheet, make_trial

Open = Callable[..., Page]
WAIT = 15_000
MEGABYTE = 1024 * 1024

# What survives a careless sanitiser, or changes when it is parsed twice.
PASTED = (
    '<img src="http://suivi.exemple.test/t.gif" onerror="window.planted=1">'
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=window.planted=1>'>"
    "<noscript><p title='</noscript><img src=x onerror=window.planted=1>'>"
    "</textarea></title></script><script>window.planted=1</script>"
    "<svg/onload=window.planted=1>"
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


def nothing_ran(page: Page) -> None:
    assert page.evaluate("() => window.planted") is None
    assert page.locator("img[src^='http://suivi'], img[src='x'], svg[onload], main script:not([type])").count() == 0


def test_what_is_pasted_is_a_text_on_every_page(open_as: Open, author: Account) -> None:
    title = f"Tablette {PASTED}"[:160]
    sheet = make_sheet(
        author=author, title=title, cards=(PASTED, f"Puis {PASTED}"), credit="<svg onload=alert(1)>"[:80],
        simple_version=PASTED[:900], intention=PASTED, happened=PASTED, limits=PASTED,
    )  # fmt: skip
    make_trial(sheet, comment=PASTED)
    rebuild_index()
    page = open_as(None, f"/pratiques/{sheet.pk}/")
    for path in (f"/pratiques/{sheet.pk}/", "/pratiques/?q=tablette", f"/pratiques/?q={PASTED[:120]}", "/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        nothing_ran(page)
    page.goto(f"/pratiques/{sheet.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=")
    data = page.evaluate("() => JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["name"] == title
    assert PASTED in data["step"][0]["text"]


def test_what_is_pasted_while_typing_is_a_text_in_both_versions(open_as: Open, author: Account) -> None:
    sheet = make_draft(author)
    address = f"/partager/{sheet.pk}/intention/"
    page = open_as(author, address)
    answer(sheet, author, "intention", {"intention": f"Ailleurs : {PASTED}"})
    page.get_by_label("Votre réponse").fill(PASTED)
    box = page.locator("[data-nu-draft-conflict]")
    expect(box).to_contain_text("window.planted=1", timeout=WAIT)
    nothing_ran(page)
    box.get_by_role("button").first.click()
    expect(page.locator("[data-nu-draft-status]")).to_have_attribute("data-state", "saved", timeout=WAIT)
    assert get_sheet(sheet).intention == PASTED
    page.goto(f"/partager/{sheet.pk}/check/")
    nothing_ran(page)


def test_a_photo_that_is_too_heavy_keeps_the_page(open_as: Open, author: Account, tmp_path: Path) -> None:
    heavy, good = tmp_path / "lourde.jpg", tmp_path / "IMG_1.HEIC"
    heavy.write_bytes(b"\xff\xd8\xff" + bytes(34 * MEGABYTE))
    good.write_bytes(b"\x00\x00\x00\x18ftypheic")
    sheet = make_draft(author)
    page = open_as(author, f"/partager/{sheet.pk}/photo/", phone=True)
    page.get_by_label("Que voit-on sur la photo").fill("Une tablette.")
    page.locator("input[type=file][name=picture]").set_input_files(heavy)
    message = page.locator("[data-nu-picture-message]")
    expect(message).to_contain_text("la limite est 20")
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.wait_for_timeout(1_500)
    assert page.url.endswith("/photo/"), "a refused photo is not passed over in silence"
    expect(message).to_contain_text("Elle n’est pas envoyée")
    page.locator("input[type=file][name=picture]").set_input_files(good)
    expect(message).not_to_contain_text("limite")
    page.locator("input[type=file][name=picture]").set_input_files(heavy)
    page.get_by_role("button", name="Continuer sans photo").click()
    page.wait_for_url("**/device/")
    with acting_as(author.pk):
        assert not Picture.objects.filter(sheet=sheet).exists()


def test_two_hundred_megabytes_are_answered_in_words_within_bounds(
    browser: object, author: Account, tmp_path: Path
) -> None:
    """Without any program in the page: the real server reads it away, and keeps what was written beside it."""
    import requests
    from django.test import Client

    sheet = make_draft(author)
    signed = Client()
    signed.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    with served(TMPDIR=str(tmp_path)) as address:
        http = requests.Session()
        http.cookies.set("sessionid", signed.cookies["sessionid"].value)
        where = f"{address}/partager/{sheet.pk}/photo/"
        token = http.get(where, timeout=30).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        before = _memory(address)
        reply = http.post(where, data=_Photo(200 * MEGABYTE, token), headers={
            "Content-Type": "multipart/form-data; boundary=limite", "Referer": where,
        }, timeout=120)  # fmt: skip
        after = _memory(address)
    assert reply.status_code == 422, reply.status_code
    assert "La photo fait 200 Mo, la limite est 20 Mo." in reply.text.replace("\u00a0", " ")
    assert "Vos réponses sont gardées." in reply.text
    assert "Une tablette." in reply.text
    assert after - before < 60 * MEGABYTE, (before, after)
    assert list(tmp_path.iterdir()) == []
    with acting_as(author.pk):
        assert Sheet.objects.get(pk=sheet.pk).title is not None
        assert not Picture.objects.filter(sheet=sheet).exists()


class _Photo:
    """A multipart body that is made while it is sent."""

    def __init__(self, weight: int, token: str) -> None:
        parts = {"csrfmiddlewaretoken": token, "revision": "0"}
        head = "".join(
            f'--limite\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts.items()
        )
        head += '--limite\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        tail = (
            '\r\n--limite\r\nContent-Disposition: form-data; name="alternative"\r\n\r\nUne tablette.\r\n--limite--\r\n'
        )
        self.head, self.tail, self.weight = head.encode(), tail.encode(), weight

    def __len__(self) -> int:
        return len(self.head) + self.weight + len(self.tail)

    def __iter__(self) -> object:
        yield self.head
        for _piece in range(self.weight // MEGABYTE):
            yield bytes(MEGABYTE)
        yield self.tail


def _memory(address: str) -> int:
    """The most that the processes of the server have held."""
    port = address.rsplit(":", 1)[1]
    held = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes()
            if b"granian" in words and port.encode() in words:
                held += _peak(entry)
                held += sum(_peak(Path("/proc") / child) for child in _children(entry))
        except OSError:
            continue
    assert held, "the server was not found among the processes"
    return held


def _children(entry: Path) -> list[str]:
    return (entry / "task" / entry.name / "children").read_text().split()


def _peak(entry: Path) -> int:
    for line in (entry / "status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0

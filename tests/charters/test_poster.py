"""The poster: one page to hang, read aloud as well as seen."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from nuserus.charters.actions.charters import RuleWords, add_rule
from nuserus.charters.models import CharterVersion
from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from tests.factories.charters import make_charter, make_version

pytestmark = pytest.mark.usefixtures("database")
MILLIMETRES = 25.4 / 72


def poster(client: Client, version: CharterVersion, query: str = "") -> PdfReader:
    response = client.get(reverse("charters:poster", args=[version.charter_id]) + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def said(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())


@pytest.mark.parametrize(("query", "width"), [("", 210), ("?format=a3", 297)])
@pytest.mark.parametrize(
    "template", ["ecrans-le-soir", "filmer-photographier", "reseaux-sociaux", "telephones-personnels"]
)
def test_each_template_hangs_on_one_page(client: Client, template: str, query: str, width: int) -> None:
    version = make_version(make_charter(template=template), level=Level.PUBLIC)
    reader = poster(client, version, query)
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.width) * MILLIMETRES) == width
    text = said(reader)
    assert all(" ".join(rule["sentence"].split()) in text for rule in version.rules)
    assert "Décidées avec 5 personnes" in text
    assert reader.metadata is not None and reader.metadata.title == version.title
    described = reader.trailer["/Root"]["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in described


def test_not_decided_together_says_so(client: Client) -> None:
    version = make_version(make_charter(heard=False), level=Level.PUBLIC)
    assert "n’ont pas encore été décidées avec les personnes qui vivent ici" in said(poster(client, version))


def test_simple_version_has_its_own_poster(client: Client) -> None:
    version = make_version(make_charter(), level=Level.PUBLIC)
    text = said(poster(client, version, "?simple"))
    assert "Le soir, on baisse le son." in text
    assert "Version simple" in text
    assert "FALC" not in text


def test_same_readers_as_the_page_and_no_other_format(client: Client) -> None:
    hidden = make_version(make_charter())
    shown = make_version(make_charter(), level=Level.PUBLIC)
    assert client.get(reverse("charters:poster", args=[hidden.charter_id])).status_code == 404
    assert client.get(reverse("charters:poster", args=[shown.charter_id]) + "?format=a0").status_code == 404
    assert settings.NUSERUS_ADDRESS in said(poster(client, shown)).replace(" ", "")


def test_hostile_words_are_only_words(client: Client) -> None:
    charter = make_charter(title='#import "/etc/passwd" 🙂')
    with acting_as(charter.started_by_id) as asking:
        add_rule(actor=asking, charter=charter, words=RuleWords("] $x$ `#panic()` " + "z" * 120))
    text = said(poster(client, make_version(charter, level=Level.PUBLIC)))
    assert '#import "/etc/passwd"' in text
    assert "#panic()" in text

"""A grid through its pages: started, spoken of, reworded by the group, published, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.instruments.models import Instrument, InstrumentVersion, Remark
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import make_version, publish, workbook_of
from tests.factories.people import make_account
from tests.factories.sheets import make_member
from tests.factories.studies import circle_of, lead_of, make_study, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.fixture
def place() -> Institution:
    return make_institution("FAM Canari", category="437", department="13")


@pytest.fixture
def referent(place: Institution) -> Account:
    return make_referent(place)


def text_of(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())


def at(name: str, *args: object) -> str:
    return reverse(f"instruments:{name}", args=args)


def rows(model: type) -> list[object]:
    with as_system("test"):
        return list(model.objects.order_by("pk"))  # type: ignore[attr-defined]


def test_started_from_the_model(client_as: ClientAs, place: Institution, referent: Account) -> None:
    client = client_as(referent)
    given = {"where": f"lieu:{place.pk}", "kind": "grid", "title": "Notre grille", "source": "model"}
    response = client.post(at("start"), given)
    [version] = rows(InstrumentVersion)
    assert isinstance(version, InstrumentVersion)
    assert response["Location"] == at("version", version.instrument_id, 1)
    page = text_of(client.get(response["Location"]))
    assert "Les faits : qu’avez-vous vu et entendu ?" in page
    assert "en discussion" in page
    assert "Aucune version n’est publiée" in text_of(client.get(at("instrument", version.instrument_id)))


def test_a_wrong_workbook_is_said_row_by_row(client_as: ClientAs, place: Institution, referent: Account) -> None:
    upload = SimpleUploadedFile("g.xlsx", workbook_of((("texte", "a", "A"), ("text", "b b", "B"))))
    given = {"where": f"lieu:{place.pk}", "kind": "grid", "title": "G", "source": "own", "workbook": upload}
    response = client_as(referent).post(at("start"), given)
    assert response.status_code == 422
    page = text_of(response)
    assert "Feuille « survey », ligne 2 : « texte » n’est pas un type de question connu." in page
    assert "Feuille « survey », ligne 3" in page
    assert rows(Instrument) == []


def test_members_do_not_start_nor_publish(client_as: ClientAs, place: Institution, referent: Account) -> None:
    member = client_as(make_member(place))
    assert "Les personnes référentes" in text_of(member.get(at("start")))
    version = make_version(place, referent, published=False)
    assert member.post(at("publish", version.instrument_id, 1)).status_code == 403
    assert member.get(at("new_version", version.instrument_id)).status_code == 403
    assert member.post(at("checked", version.instrument_id, 1), {"engine": "x", "problem": ""}).status_code == 403


def test_the_group_rewords_a_question(client_as: ClientAs, place: Institution, referent: Account) -> None:
    version = make_version(place, referent)
    one = version.instrument_id
    member, lead = client_as(make_member(place)), client_as(referent)
    said = {"question": "lieu", "comment": "« Lieu » ne parle à personne.", "wording": "Où est-ce ?"}
    assert member.post(at("remark", one, 1), said)["Location"] == at("version", one, 1) + "#q-lieu"
    assert "Où est-ce ?" in text_of(lead.get(at("version", one, 1)))
    [remark] = rows(Remark)
    assert isinstance(remark, Remark)
    assert member.post(at("decide", one, remark.pk), {"do": "take"}).status_code == 403
    lead.post(at("agreed_version", one, 1))
    assert len(rows(InstrumentVersion)) == 1
    lead.post(at("decide", one, remark.pk), {"do": "take", "answer": "Oui, merci."})
    assert "Faire une version avec la formulation reprise" in text_of(lead.get(at("version", one, 1)))
    response = lead.post(at("agreed_version", one, 1))
    assert response["Location"] == at("version", one, 2)
    changes = text_of(member.get(at("changes", one, 2)))
    assert "Dans quel lieu ? Où est-ce ?" in changes
    assert changes.count("changée") == 1
    first, second = rows(InstrumentVersion)
    assert isinstance(first, InstrumentVersion)
    assert isinstance(second, InstrumentVersion)
    assert (first.published_at is not None, second.published_at) == (True, None)
    assert "Dans quel lieu" in first.xform
    assert f'version="{second.number}"' in second.xform


def test_only_what_opened_in_a_browser_is_published(client_as: ClientAs, place: Institution, referent: Account) -> None:
    version = make_version(place, referent, published=False)
    client, one = client_as(referent), version.instrument_id
    client.post(at("publish", one, 1))
    client.post(at("checked", one, 1), {"engine": "moteur", "problem": "Unknown function"})
    client.post(at("publish", one, 1))
    assert "ne s’ouvre pas dans le navigateur" in text_of(client.get(at("version", one, 1)))
    with as_system("test"):
        assert InstrumentVersion.objects.get().published_at is None
    client.post(at("checked", one, 1), {"engine": "moteur", "problem": ""})
    response = client.post(at("publish", one, 1))
    assert response["Location"] == at("instrument", one)
    with as_system("test"):
        assert InstrumentVersion.objects.get().published_at is not None


def test_a_version_that_is_withdrawn_is_no_longer_offered(
    client_as: ClientAs, place: Institution, referent: Account
) -> None:
    version = make_version(place, referent)
    member = client_as(make_member(place))
    state = reverse("filling:state")
    assert [one["version"] for one in member.get(state).json()["forms"]] == ["1"]
    client_as(referent).post(at("withdraw", version.instrument_id, 1))
    assert member.get(state).json()["forms"] == []


def test_the_content_of_a_version_never_changes(place: Institution, referent: Account) -> None:
    from django.db import DatabaseError, transaction

    from nuserus.foundation.asking import acting_as

    version = make_version(place, referent, published=False)
    for change in ({"xform": "<x/>"}, {"workbook": b""}, {"number": 9}):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(referent.pk), transaction.atomic():
            InstrumentVersion.objects.filter(pk=version.pk).update(**change)
    publish(version, referent)


def test_the_shell_is_nobodys_and_its_worker_names_what_it_keeps(client_as: ClientAs, place: Institution) -> None:
    visitor, member = client_as(None), client_as(make_member(place))
    page = reverse("filling:shell")
    assert visitor.get(page).content == member.get(page).content
    policy = visitor.get(page)["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "unsafe-inline" not in policy
    assert re.findall(r"<script(?![^>]* src=)", visitor.get(page).content.decode()) == []
    worker = visitor.get(reverse("filling:worker"))
    assert page in worker.content.decode()
    assert visitor.get(reverse("filling:manifest")).json()["start_url"] == page
    assert visitor.get(reverse("filling:state")).status_code == 401


def test_the_program_weighs_less_than_it_may() -> None:
    import gzip
    from pathlib import Path

    import nuserus.ui

    dist = Path(nuserus.ui.__file__).parent / "static" / "ui" / "dist"
    if not (dist / "questionnaire.js").exists():
        pytest.skip("the front end is not built (make build)")
    parts = ("questionnaire.js", "questionnaire-worker.js", "nuserus.css", "theme.js")
    assert sum(len(gzip.compress((dist / part).read_bytes())) for part in parts) < 320_000


def test_a_grid_of_a_study_is_of_all_who_take_part(client_as: ClientAs) -> None:
    study = make_study()
    lead = lead_of(study)
    researcher = make_account(name="Ines")
    seat_in(circle_of(study, GroupKind.COMMITTEE), researcher, Part.COMMITTEE)
    given = {"where": f"etude:{study.pk}", "kind": "guide", "title": "Notre guide", "source": "model"}
    client_as(lead).post(at("start"), given)
    [version] = rows(InstrumentVersion)
    assert isinstance(version, InstrumentVersion)
    publish(version, lead)
    one = version.instrument_id
    member = client_as(researcher)
    assert study.title in text_of(member.get(at("list")))
    assert member.post(at("remark", one, 1), {"question": "lieu", "comment": "Et dehors ?"}).status_code == 302
    assert len(rows(Remark)) == 1
    assert member.get(at("new_version", one)).status_code == 403
    assert client_as(make_account(name="Omar")).get(at("instrument", one)).status_code == 404
    assert "Ines" not in text_of(client_as(lead).get(at("readers", one)))

"""The catalogue, the page of a device, proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nuserus.devices import figures, sections
from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Device
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.devices import get_device, make_deployment, make_proposal
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

# transaction (2), who asks, devices, places
CATALOGUE_QUERIES = 5
# transaction (2), who asks, device, count, rows, trades, publics
DEVICE_QUERIES = 8


@pytest.fixture
def registries() -> Iterator[None]:
    """Contributions of a test do not outlive it."""
    known = dict(figures._figures), dict(sections.DEVICE_SECTIONS.known)
    for registry in (figures._figures, sections.DEVICE_SECTIONS.known):
        for key in [key for key in registry if not key.startswith("devices.")]:
            del registry[key]  # type: ignore[attr-defined]
    yield
    for registry, before in zip((figures._figures, sections.DEVICE_SECTIONS.known), known, strict=True):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]


def test_catalogue_shows_every_family_that_has_devices(client: Client) -> None:
    page = client.get("/materiel/").content.decode()
    assert "Visioconférence" in page
    assert "Télémédecine" in page
    assert page.count('class="nu-drawing"') > 15


def test_catalogue_is_searched_by_any_of_its_names(client: Client) -> None:
    page = client.get("/materiel/", {"q": "wifi"})
    assert [line.device.slug for group in page.context["families"] for line in group.lines] == [
        "fibre-et-acces-internet"
    ]
    for text in ("'", "a\x00b", "x" * 10_000, "zzz"):
        assert client.get("/materiel/", {"q": text}).status_code == 200


def test_figures_count_only_what_the_person_may_read(client_as: ClientAs) -> None:
    place, member = make_institution(), make_account()
    make_membership(member, place)
    make_deployment(place, level=Level.INSTITUTION)
    make_deployment(make_institution(), level=Level.PUBLIC)
    assert "1 lieu<" in client_as(None).get("/materiel/").content.decode()
    assert "2 lieux<" in client_as(member).get("/materiel/").content.decode()


@pytest.mark.usefixtures("registries")
def test_apps_above_add_figures_and_sections(client: Client) -> None:
    device = get_device()
    figures.register_device_figure(
        "above", position=20, count=lambda asking: {device.pk: 7}, words=lambda n: f"{n} fiches"
    )

    def render(request: HttpRequest, device: Device) -> SafeString:
        return format_html("<h2>Fiches sur {}</h2>", device.name)

    sections.DEVICE_SECTIONS.register("above", position=10, render=render)
    assert "7 fiches" in client.get("/materiel/").content.decode()
    page = client.get("/materiel/visioconference/").content.decode()
    assert "<h2>Fiches sur Visioconférence</h2>" in page
    with pytest.raises(ValueError, match="already"):
        sections.DEVICE_SECTIONS.register("above", position=10, render=render)


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_whatever_their_length(client: Client, number: int) -> None:
    for _ in range(number):
        make_deployment(
            make_institution(),
            level=Level.PUBLIC,
            used_by=["educateur-specialise"],
            with_publics=["enfants-autistes"],
        )
    with CaptureQueriesContext(connection) as queries:
        client.get("/materiel/")
    assert len(queries) == CATALOGUE_QUERIES, [query["sql"][:150] for query in queries]
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/materiel/visioconference/")
        assert len(page.context["places"]) == number
    assert len(queries) == DEVICE_QUERIES, [query["sql"][:150] for query in queries]


def test_device_page_says_where_without_telling_the_town(client: Client) -> None:
    make_deployment(
        make_institution("IME du Pont", town_name="Apt"),
        level=Level.PUBLIC,
        stage="reinvente",
        used_by=["educateur-specialise"],
        with_publics=["enfants-autistes"],
    )
    page = client.get("/materiel/visioconference/").content.decode()
    for words in (
        "IME du Pont",
        "usage réinventé",
        "Vaucluse (84)",
        "Enfants autistes",
        "Éducateur spécialisé, éducatrice spécialisée",
        "Qui est dans la pièce de chaque côté ?",
    ):
        assert words in page
    assert "Apt (84)" not in page


def test_hidden_and_unknown_devices_are_the_same_404(client_as: ClientAs) -> None:
    proposal = make_proposal(make_account())
    client = client_as(make_account())
    hidden = client.get(f"/materiel/{proposal.slug}/")
    missing = client.get("/materiel/rien-de-tel/")
    assert hidden.status_code == missing.status_code == 404


def test_a_person_proposes_and_a_moderator_accepts(client_as: ClientAs) -> None:
    account, moderator = make_account(), make_account("moderator")
    with as_system("test data"):
        family = Device.objects.get(slug="visioconference").family_id
    client = client_as(account)
    assert client.get("/materiel/proposer/").status_code == 200
    answers = {"name": "Lampe à message", "family": family, "description": "Elle s’allume."}
    page = client.post("/materiel/proposer/", answers, follow=True).content.decode()
    assert "attend une réponse de la modération" in page
    assert "Pourquoi je vois ceci" in page
    assert "Lampe à message" in client.get("/materiel/").content.decode()
    reader = client_as(moderator)
    assert "Lampe à message" in reader.get("/materiel/propositions/").content.decode()
    with as_system("test data"):
        device = Device.objects.get(name="Lampe à message")
    response = reader.post(f"/materiel/propositions/{device.pk}/", {"decision": "accept"})
    assert response.status_code == 302
    assert client_as(None).get("/materiel/lampe-a-message/").status_code == 200


def test_a_proposal_is_refused_with_a_reason_only(client_as: ClientAs) -> None:
    account, moderator = make_account(), make_account("moderator")
    device = make_proposal(account)
    reader = client_as(moderator)
    address = f"/materiel/propositions/{device.pk}/"
    silent = reader.post(address, {"decision": "refuse"}, follow=True)
    assert "Dites pourquoi" in silent.content.decode()
    reader.post(address, {"decision": "refuse", f"{device.pk}-answer": "Choisissez : visio."})
    page = client_as(account).get(f"/materiel/{device.slug}/").content.decode()
    assert "Choisissez : visio." in page
    again = reader.post(address, {"decision": "accept"}, follow=True)
    assert "déjà reçu une réponse" in again.content.decode()
    assert reader.post(address, {"decision": "rire"}).status_code == 400


def test_proposals_are_for_moderators(client_as: ClientAs) -> None:
    account = make_account("reviewer")
    device = make_proposal(account)
    client = client_as(account)
    assert client.get("/materiel/propositions/").status_code == 404
    answer = client.post(f"/materiel/propositions/{device.pk}/", {"decision": "accept"})
    assert answer.status_code == 404
    assert client_as(None).get("/materiel/proposer/").status_code == 302


def test_proposing_what_is_known_or_too_much_says_so(client_as: ClientAs) -> None:
    account = make_account()
    with as_system("test data"):
        family = Device.objects.get(slug="visioconference").family_id
    client = client_as(account)
    answers = {"name": "VISIOCONFERENCE", "family": family, "description": "x"}
    known = client.post("/materiel/proposer/", answers)
    assert "déjà dans le catalogue" in known.content.decode()
    for number in range(5):
        make_proposal(account, f"Objet {number}", status=DeviceStatus.PROPOSED)
    many = client.post("/materiel/proposer/", {**answers, "name": "Objet neuf"})
    assert "Cinq de vos propositions" in many.content.decode()
    empty = client.post("/materiel/proposer/", {})
    assert empty.context["form"].errors.keys() == {"name", "family", "description"}

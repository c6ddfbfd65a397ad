"""What the demonstration says: the facts of the first programme and nothing else; the rest marked as invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.test import Client

from nuserus.consent.models import Consent
from nuserus.devices.models import Deployment
from nuserus.directory.models import Institution, Membership
from nuserus.facilitation.models import PersonWords
from nuserus.foundation.asking import as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant
from nuserus.portal.demonstration.actions import load_demonstration
from nuserus.portal.demonstration.people import role_accounts
from nuserus.portal.demonstration.sources import DATA, DEMONSTRATION_PASSWORD, accounts, programme_institutions
from nuserus.practices.models import Evaluation, Sheet, Trial

if TYPE_CHECKING:
    ClientAs = Callable[[Account | None], Client]

FACTS = Path(__file__).parents[3] / "shared" / "data" / "nuserus-terrains.yaml"

pytestmark = pytest.mark.usefixtures("demonstration")


def test_facts_are_those_of_the_facts_file() -> None:
    if not FACTS.exists():
        pytest.skip("the facts file of the programme is not beside this checkout")
    facts = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    ours = yaml.safe_load((DATA / "programme.yaml").read_text(encoding="utf-8"))
    assert ours == facts


def _as_recorded(institution: Institution) -> dict[str, Any]:
    devices = []
    for line in Deployment.objects.filter(institution=institution).select_related("device__family").order_by("pk"):
        device = {"name": line.own_name, "family": line.device.family.label}
        device |= {"stage": line.stage} if line.stage else {}
        device |= {"note": line.remarks} if line.remarks else {}
        devices.append(device)
    return {
        "name": institution.name,
        "partner": institution.programme_partner,
        "type": institution.kind,
        "town": institution.town_name,
        "department": institution.department.code,
        "status": institution.get_legal_status_display(),
        "participants": institution.participants,
        "devices": devices,
        "remarks": institution.questions,
    }


def test_real_institutions_carry_their_facts_and_nothing_else() -> None:
    with as_system("read the demonstration", recorded=False):
        real = Institution.objects.filter(is_fictitious=False).select_related("category", "department").order_by("pk")
        recorded = [_as_recorded(institution) for institution in real]
        for line in Deployment.objects.filter(institution__in=real):
            assert (line.quantity, line.used_by, line.with_publics, line.data_held, line.cost) == (None, [], [], "", "")
        for model in (Sheet, Trial, Membership):
            assert not model.objects.filter(institution__is_fictitious=False).exists(), model
    by_name = {entry["name"]: entry for entry in programme_institutions()}
    assert {entry["name"]: entry for entry in recorded} == by_name
    assert len(by_name) == 8


def test_invented_part_is_large_enough() -> None:
    with as_system("read the demonstration", recorded=False):
        assert Institution.objects.filter(is_fictitious=True).count() >= 10
        published = Sheet.objects.filter(status="published")
        assert published.count() >= 24
        assert Trial.objects.count() >= 12
        assert Trial.objects.exclude(outcome="worked").count() >= 4
        assert Evaluation.objects.count() >= 1
        families = Counter(published.values_list("family", flat=True))
        assert sum(count > 1 for count in families.values()) >= 3
        assert max(families.values()) >= 3
        assert {"draft", "in_review", "to_rework"} <= set(Sheet.objects.values_list("status", flat=True))


def test_there_is_an_account_for_every_role() -> None:
    with as_system("read the demonstration", recorded=False):
        held = set(RoleGrant.objects.values_list("role", flat=True))
        if Membership.objects.filter(status="confirmed").exists():
            held.add(Role.MEMBER)
        if Membership.objects.filter(is_referent=True).exists():
            held.add(Role.REFERENT)
    assert held == set(Role.values)
    assert all(entry["purpose"] for entry in role_accounts())
    assert len(role_accounts()) == len(Role)


@pytest.mark.parametrize("entry", role_accounts(), ids=lambda entry: entry["purpose"])
def test_every_shown_account_signs_in(client: Client, entry: dict[str, Any]) -> None:
    response = client.post("/compte/connexion/", {"login": entry["email"], "password": DEMONSTRATION_PASSWORD})
    assert response.status_code == 302, response.content.decode()[:2000]
    assert client.get("/mon-espace/").status_code == 200


def test_every_page_of_an_invented_place_says_so(client: Client) -> None:
    with as_system("read the demonstration", recorded=False):
        sheets = list(Sheet.objects.filter(status="published").values_list("pk", flat=True))
        places = list(Institution.objects.filter(is_fictitious=True).values_list("pk", flat=True))
        real = list(Institution.objects.filter(is_fictitious=False).values_list("pk", flat=True))
    pages = [f"/pratiques/{sheet}/" for sheet in sheets] + [f"/annuaire/{place}/" for place in places]
    unsaid = [page for page in pages if "xemple fictif" not in client.get(page).content.decode()]
    assert unsaid == []
    said = [place for place in real if "xemple fictif" in client.get(f"/annuaire/{place}/").content.decode()]
    assert said == []


def test_loading_again_changes_nothing() -> None:
    with as_system("read the demonstration", recorded=False):
        before = (Institution.objects.count(), Sheet.objects.count(), Account.objects.count())
    assert load_demonstration() is False
    with as_system("read the demonstration", recorded=False):
        assert (Institution.objects.count(), Sheet.objects.count(), Account.objects.count()) == before


def test_inflected_words_find_the_sheet(client: Client) -> None:
    page = client.get("/pratiques/", {"q": "éducatrices spécialisées tablettes autisme"}).content.decode()
    assert "Finir la tablette sans larmes" in page


def test_every_need_of_the_home_page_finds_something(client: Client) -> None:
    from nuserus.portal.queries.needs import NEEDS

    empty = [need.query for need in NEEDS if "/pratiques/0" not in client.get(need.url).content.decode()]
    assert empty == []


def test_accounts_of_the_files_are_invented_addresses() -> None:
    assert all(entry["email"].endswith(".example") for entry in accounts())


def test_no_words_are_shown_without_the_consent_recorded_for_them(client_as: ClientAs) -> None:
    with as_system("read the demonstration", recorded=False):
        shown = list(PersonWords.objects.filter(scope_level="public").select_related("sheet"))
        agreed = set(Consent.objects.filter(purpose="quote", state="given").values_list("object_id", flat=True))
        waiting = PersonWords.objects.exclude(scope_level="public").filter(sheet__status="published")
        assert len(shown) > 30 and {words.pk for words in shown} <= agreed and not waiting.exists()
    page = client_as(None).get(f"/pratiques/{shown[0].sheet_id}/").content.decode()
    assert "Citées avec leur accord" in page


@pytest.mark.parametrize(
    ("slug", "address", "said"),
    [
        ("anais.q", "/mon-espace/avis/", "répond à votre question"),
        ("samuel.i", "/mon-espace/avis/", "a répondu à votre demande de rappel"),
        ("odile.z", "/mon-espace/avis/", "a répondu à votre demande de rappel"),
        ("malik.g", "/mon-espace/avis/", "n’a pas trouvé de créneau"),
        ("malik.g", "/partager/avec-quelqu-un/", "Hugues"),
        ("etienne.m", "/mon-espace/avis/", "confiée à relire"),
        ("rosa.p", "/signalements/", "Un commentaire"),
    ],
)
def test_something_waits_for_who_tries_each_account(client_as: ClientAs, slug: str, address: str, said: str) -> None:
    with as_system("read the demonstration", recorded=False):
        account = Account.objects.get(email__startswith=f"{slug}@")
    assert said in client_as(account).get(address).content.decode()

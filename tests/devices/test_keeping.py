"""The catalogue and the inventories as time passes: merged devices, « toujours exact ? »."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, connection
from django.test import Client
from django.utils import timezone

from nuserus.devices import registry
from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Deployment, Device, MergedDevice
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.people.models import Account
from tests.factories.devices import get_device, make_deployment, make_proposal
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def make_device(name: str = "Visio de salon") -> Device:
    device = make_proposal(make_account(), name)
    with as_system("test data"):
        device.status, device.slug = DeviceStatus.ACCEPTED, name.lower().replace(" ", "-")
        device.save()
    return device


def test_a_merged_device_leads_to_the_kept_one_and_inventories_follow(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[tuple[str, str]] = []
    monkeypatch.setitem(registry._followers, "test", lambda gone, kept: followed.append((gone, kept)))
    gone, kept = make_device(), get_device()
    hidden = make_deployment(make_institution(), gone, level=Level.INSTITUTION)
    named = make_deployment(make_institution(), gone, level=Level.PUBLIC, own_name="La nôtre")
    moderator = client_as(make_account("moderator"))
    page = moderator.get("/materiel/visio-de-salon/fusionner/").content.decode()
    assert "Fusionner «\u00a0Visio de salon\u00a0»" in page
    done = moderator.post("/materiel/visio-de-salon/fusionner/", {"kept": kept.pk})
    assert (done.status_code, done["Location"]) == (302, "/materiel/visioconference/")
    old = client_as(None).get("/materiel/visio-de-salon/")
    assert (old.status_code, old["Location"]) == (301, "/materiel/visioconference/")
    with as_system("test data"):
        assert {line.device_id for line in Deployment.objects.all()} == {kept.pk}
        assert Deployment.objects.get(pk=hidden.pk).own_name == "Visio de salon"
        assert Deployment.objects.get(pk=named.pk).own_name == "La nôtre"
        assert "Visio de salon" in Device.objects.get(pk=kept.pk).aliases
        assert not Device.objects.filter(pk=gone.pk).exists()
    assert followed == [("visio-de-salon", "visioconference")]


def test_what_was_merged_into_a_merged_device_follows_too(client_as: ClientAs) -> None:
    first, second = make_device("Visio une"), make_device("Visio deux")
    moderator = client_as(make_account("moderator"))
    moderator.post(f"/materiel/{first.slug}/fusionner/", {"kept": second.pk})
    moderator.post(f"/materiel/{second.slug}/fusionner/", {"kept": get_device().pk})
    assert client_as(None).get(f"/materiel/{first.slug}/")["Location"] == "/materiel/visioconference/"


def test_a_proposal_that_is_known_is_merged_without_telling_its_name(client_as: ClientAs) -> None:
    author, moderator = make_account(), client_as(make_account("moderator"))
    proposal = make_proposal(author, "Lampe de Zdenka")
    slug = proposal.slug
    moderator.post(f"/materiel/{slug}/fusionner/", {"kept": get_device().pk})
    # the address says the name: who gave it finds the device that was kept, nobody else learns that it was given
    assert client_as(author).get(f"/materiel/{slug}/")["Location"] == "/materiel/visioconference/"
    for other in (None, make_account(), make_account("reviewer")):
        assert client_as(other).get(f"/materiel/{slug}/").status_code == 404
    assert "Zdenka" not in client_as(None).get("/materiel/visioconference/").content.decode()
    with as_system("test data"):
        assert MergedDevice.objects.get().name == ""
    again = make_proposal(make_account(), "Lampe de Zdenka")
    assert again.slug == slug
    assert moderator.post(f"/materiel/{slug}/fusionner/", {"kept": get_device().pk}).status_code == 302


def test_nobody_answers_their_own_proposal(client_as: ClientAs) -> None:
    moderator = make_account("moderator")
    proposal = make_proposal(moderator)
    client = client_as(moderator)
    assert "C’est votre proposition" in client.get("/materiel/propositions/").content.decode()
    for answer in ({"decision": "accept"}, {"decision": "refuse", f"{proposal.pk}-answer": "Non."}):
        said = client.post(f"/materiel/propositions/{proposal.pk}/", answer, follow=True)
        assert "une autre personne de la modération" in said.content.decode()
    client.post(f"/materiel/{proposal.slug}/fusionner/", {"kept": get_device().pk})
    with as_system("test data"):
        assert Device.objects.get(pk=proposal.pk).status == DeviceStatus.PROPOSED
    with pytest.raises(Error), acting_as(moderator.pk):
        Device.objects.filter(pk=proposal.pk).update(status="accepted", scope_level="public", scope_author=None)


def test_only_moderators_merge(client_as: ClientAs) -> None:
    gone, kept = make_device(), get_device()
    for account in (make_account(), make_account("reviewer")):
        assert client_as(account).post(f"/materiel/{gone.slug}/fusionner/", {"kept": kept.pk}).status_code == 404
        with pytest.raises(Error), acting_as(account.pk), connection.cursor() as cursor:
            cursor.execute("SELECT devices_merge(%s, %s, %s)", [gone.pk, kept.pk, new_id()])
    with pytest.raises(Error), acting_as(make_account("moderator").pk):
        MergedDevice.objects.create(slug="ailleurs", kept=kept, scope_level="public")


def test_a_device_is_not_merged_into_itself(client_as: ClientAs) -> None:
    kept = get_device()
    client = client_as(make_account("moderator"))
    for chosen in (kept.pk, "", "x", new_id()):
        answer = client.post("/materiel/visioconference/fusionner/", {"kept": chosen})
        assert answer.status_code == 200
        assert answer.context["form"].errors


@pytest.fixture
def old_and_new(database: None) -> tuple[Account, str]:
    place, referent = make_institution("IME du Pont"), make_account()
    make_membership(referent, place, is_referent=True)
    for days, name in ((400, "La vieille"), (365, "L’autre"), (20, "La neuve")):
        make_deployment(place, own_name=name, last_checked=timezone.localdate() - timedelta(days=days))
    return referent, f"/materiel/inventaire/{place.pk}/"


def test_one_tap_confirms_what_nobody_confirmed_for_a_year(
    old_and_new: tuple[Account, str], client_as: ClientAs
) -> None:
    referent, address = old_and_new
    client = client_as(referent)
    html = client.get(address).content.decode()
    assert "2 lignes n’ont pas été revues depuis un an" in html
    assert html.count("il y a plus d’un an") == 2
    assert "2 lignes dans IME du Pont" in client.get("/mon-espace/").content.decode()
    done = client.post(f"{address}confirmer/", follow=True).content.decode()
    assert "2 lignes confirmées aujourd’hui" in done
    assert "revues depuis un an" not in done
    assert "lignes dans IME du Pont" not in client.get("/mon-espace/").content.decode()


def test_one_line_is_confirmed_alone(old_and_new: tuple[Account, str], client_as: ClientAs) -> None:
    referent, address = old_and_new
    client = client_as(referent)
    with as_system("test data"):
        line = Deployment.objects.get(own_name="La vieille")
        recent = Deployment.objects.get(own_name="La neuve")
    client.post(f"{address}confirmer/", {"line": line.pk})
    client.post(f"{address}confirmer/", {"line": recent.pk})
    assert client.post(f"{address}confirmer/", {"line": "x"}).status_code == 400
    with as_system("test data"):
        checked = dict(Deployment.objects.values_list("own_name", "last_checked"))
    assert checked["La vieille"] == timezone.localdate()
    assert checked["L’autre"] < timezone.localdate()
    assert checked["La neuve"] == recent.last_checked


def test_others_do_not_confirm(old_and_new: tuple[Account, str], client_as: ClientAs) -> None:
    _referent, address = old_and_new
    assert client_as(make_account("moderator")).post(f"{address}confirmer/").status_code in {403, 404}
    assert "revues depuis un an" not in client_as(make_account()).get(address).content.decode()

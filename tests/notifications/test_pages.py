"""« Avis » in page, the choices, the links of mails, and what who runs the service sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from nuserus.foundation.asking import acting_as
from nuserus.notifications.actions.reading import forget_old_notices
from nuserus.notifications.actions.stopping import Stop, read_stop, stop_address
from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency, SendingState
from nuserus.notifications.models import Notice, Preference, Sending
from nuserus.notifications.queries.preferences import wishes_of
from nuserus.notifications.registry import notice_kinds_for
from nuserus.people.enums import Role
from nuserus.people.models import Account
from tests.factories.people import make_account
from tests.notifications.kinds import CLOSED, KIND, TITLE, tell

pytestmark = pytest.mark.usefixtures("database", "kind")
ClientAs = Callable[[Account | None], Client]

LIST = "/mon-espace/avis/"


def page(client: Client, path: str = LIST) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def chosen(account: Account) -> dict[str, str]:
    with acting_as(account.pk):
        return dict(Preference.objects.values_list("kind", "frequency"))


def test_notices_are_read_by_their_recipient_alone(client_as: ClientAs) -> None:
    ana, eve = make_account(), make_account(Role.SITE_ADMIN, Role.MODERATOR)
    tell(eve, ana)
    with acting_as(ana.pk):
        notice = Notice.objects.get()
    assert TITLE in page(client_as(ana))
    assert "1 avis nouveau" in page(client_as(ana))
    assert TITLE not in page(client_as(eve))
    assert client_as(eve).get(f"{LIST}{notice.pk}/").status_code == 404
    assert client_as(None).get(LIST).status_code == 302


def test_opening_a_notice_marks_it_as_read_and_leads_there(client_as: ClientAs) -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    with acting_as(ana.pk):
        notice = Notice.objects.get()
    response = client_as(ana).get(f"{LIST}{notice.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/pratiques/")
    assert "Vous avez tout lu" in page(client_as(ana))


def test_all_are_marked_as_read_at_once(client_as: ClientAs) -> None:
    ana, ben, eve = make_account(), make_account(), make_account()
    tell(eve, ana, ben)
    tell(eve, ana)
    assert "2 avis nouveaux" in page(client_as(ana))
    client_as(ana).post(f"{LIST}lus/")
    assert "Vous avez tout lu" in page(client_as(ana))
    assert "1 avis nouveau" in page(client_as(ben))


def test_what_is_out_of_reach_now_is_told_without_its_title(client_as: ClientAs) -> None:
    ana, eve = make_account(), make_account()
    CLOSED.add(tell(eve, ana))
    with acting_as(ana.pk):
        notice = Notice.objects.get()
    shown = page(client_as(ana))
    assert TITLE not in shown
    assert "Réponses à mes questions (ce n’est plus ouvert pour vous)" in shown
    assert client_as(ana).get(f"{LIST}{notice.pk}/")["Location"] == LIST


def test_list_costs_the_same_whatever_there_is(client_as: ClientAs) -> None:
    ana, eve = make_account(), make_account()
    client = client_as(ana)
    tell(eve, ana)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for _number in range(5):
        tell(eve, ana)
    with CaptureQueriesContext(connection) as six:
        page(client)
    assert len(one) == len(six) == 8


def test_my_space_and_home_count_what_is_new(client_as: ClientAs) -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    for path in ("/", "/mon-espace/"):
        assert "1 avis nouveau" in page(client_as(ana), path)
        assert "avis nouveau" not in page(client_as(eve), path)


def test_choices_are_kept_when_they_differ(client_as: ClientAs) -> None:
    ana = make_account()
    client = client_as(ana)
    shown = page(client, f"{LIST}courriels/")
    assert "réponses à mes questions" in shown
    assert "Une fiche à relire" not in shown
    assert "Une fiche à relire" in page(client_as(make_account(Role.REVIEWER)), f"{LIST}courriels/")
    answers = {"mail": "some", "digest": Frequency.NONE, **_defaults(), KIND.replace(".", "_"): Frequency.WEEKLY}
    assert client.post(f"{LIST}courriels/", answers).status_code == 302
    assert chosen(ana) == {DIGEST: "none", KIND: "weekly"}
    client.post(f"{LIST}courriels/", {**answers, "mail": "none"})
    with acting_as(ana.pk):
        assert wishes_of(ana.pk).silent
        assert wishes_of(ana.pk).frequency(KIND) == Frequency.NONE
        assert wishes_of(ana.pk).chosen(KIND) == Frequency.WEEKLY
    client.post(f"{LIST}courriels/", answers)
    with acting_as(ana.pk):
        assert not wishes_of(ana.pk).silent
    assert client.post(f"{LIST}courriels/", {**answers, "digest": "hourly"}).status_code == 422


def _defaults() -> dict[str, str]:
    return {kind.key.replace(".", "_"): kind.default for kind in notice_kinds_for(())}


@pytest.mark.parametrize("stopped", [KIND, DIGEST, EVERYTHING])
def test_link_of_a_mail_asks_with_one_button_then_stops(stopped: str) -> None:
    ana = make_account()
    visitor = Client(enforce_csrf_checks=True)
    address = stop_address(Stop(ana.pk, stopped))
    asked = page(visitor, address)
    assert asked.count('<button class="nu-button" type="submit">') == 1
    assert chosen(ana) == {}
    done = visitor.post(address, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "C’est fait" in done.content.decode()
    assert done["Referrer-Policy"] == "no-referrer"
    assert chosen(ana) == {stopped: "none"}
    assert visitor.post(address).status_code == 200
    assert ana.email not in asked + done.content.decode()


def test_link_works_after_the_key_has_changed_twice(settings: Settings) -> None:
    ana = make_account()
    address = stop_address(Stop(ana.pk, KIND))
    token = address.rstrip("/").rsplit("/", 1)[1]
    first = project.SECRET_KEY
    settings.SECRET_KEY = "the third"
    assert read_stop(token) is None
    settings.NUSERUS_OLD_SECRET_KEYS = ["the second", first]
    assert read_stop(token) == Stop(ana.pk, KIND)
    assert Client().post(address).status_code == 200
    assert chosen(ana) == {KIND: "none"}


def test_wrong_link_changes_nothing_and_says_so() -> None:
    ana, eve = make_account(), make_account()
    address = stop_address(Stop(ana.pk, KIND))
    token = address.rstrip("/").rsplit("/", 1)[1]
    payload, mark = token.split(".")
    other = stop_address(Stop(eve.pk, KIND)).rstrip("/").rsplit("/", 1)[1].split(".")[0]
    forged = Signer(salt="another use", sep=".").sign_object([ana.pk.hex, KIND])
    unknown = Signer(salt="nuserus.notifications.stop", sep=".").sign_object([ana.pk.hex, "no.such"])
    odd = Signer(salt="nuserus.notifications.stop", sep=".").sign_object("odd")
    for wrong in (f"{payload}.{mark[:-2]}", f"{other}.{mark}", payload, forged, unknown, odd):
        response = Client().post(f"/avis/arreter/{wrong}/")
        assert response.status_code == 404
        assert "Ce lien n’est pas complet" in response.content.decode()
    assert chosen(ana) == chosen(eve) == {}


def test_link_of_a_closed_account_says_done_and_writes_nothing() -> None:
    ana = make_account(is_active=False)
    assert Client().post(stop_address(Stop(ana.pk, KIND))).status_code == 200
    assert chosen(ana) == {}


def test_who_runs_the_service_sees_counts_and_no_recipient(client_as: ClientAs) -> None:
    ana, eve = make_account(email="ana.secrete@exemple.test", name="Ana Secrète"), make_account(Role.SITE_ADMIN)
    tell(ana, eve)
    tell(eve, ana)
    with acting_as(ana.pk):
        now = timezone.now()
        Sending.objects.update(state=SendingState.UNKNOWN, left_at=now, ended_at=now, answer="server gone")
        record = Sending.objects.get()
    shown = page(client_as(eve), f"{LIST}envois/")
    assert str(record.pk) in shown
    assert "peut-être envoyé" in shown
    assert "en attente" in shown
    assert "avancent normalement" in shown
    for hidden in (TITLE, "ana.secrete", "Ana Secrète", str(ana.pk)):
        assert hidden not in shown
    assert client_as(ana).get(f"{LIST}envois/").status_code == 404


def test_jobs_that_nobody_takes_are_told_in_words(client_as: ClientAs) -> None:
    ana, eve = make_account(), make_account(Role.SITE_ADMIN)
    tell(eve, ana)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '40 minutes'")
    assert "1 travail attend depuis 40 minutes" in page(client_as(eve), f"{LIST}envois/")
    assert Client().get("/healthz").content == b"ok\n1 jobs late, the first for 40 minutes: does the worker run?\n"


def test_old_notices_are_forgotten_with_their_mail() -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    tell(eve, ana)
    with acting_as(ana.pk):
        old = Notice.objects.first()
        assert old is not None
        Notice.objects.filter(pk=old.pk).update(happened_at=timezone.now() - timedelta(days=500))
    forget_old_notices()
    with acting_as(ana.pk):
        assert Notice.objects.exclude(pk=old.pk).count() == Notice.objects.count() == 1
        assert Sending.objects.count() == 1

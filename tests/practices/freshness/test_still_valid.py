"""« Toujours valable ? »: asked once, answered by a link that does nothing else; what it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models import MissionHolder
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from nuserus.practices.actions.freshness import STILL_VALID, ask_authors, link_for, sink_stale_sheets
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.trials import Told, report_trial
from nuserus.practices.enums import Outcome
from nuserus.practices.enums.versions import LINK_DAYS, YEAR
from nuserus.practices.models import Contributor, FreshnessCheck, Sheet, SheetEvent
from nuserus.practices.queries.freshness import unconfirmed_months
from nuserus.practices.queries.sheets import latest_sheets
from nuserus.practices.tasks import keep_sheets_fresh
from nuserus.search.queries.search import search
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_member, make_sheet, withdraw

pytestmark = pytest.mark.usefixtures("database")
TODAY = timezone.localdate


def aged(days: int, **fields: object) -> Sheet:
    """A sheet that was confirmed last so many days ago."""
    sheet = make_sheet(review_date=TODAY() - timedelta(days=days) + YEAR, **fields)  # type: ignore[arg-type]
    with as_system("test data"):
        MissionHolder.objects.create(mission_id=sheet.pk, holder_id=sheet.author_id)
        index_sheet(sheet)
    return sheet


def asked(sheet: Sheet) -> tuple[FreshnessCheck, str]:
    ask_authors()
    with acting_as(sheet.author_id):
        check = FreshnessCheck.objects.get(sheet=sheet)
    return check, link_for(check, sheet.author_id)


def now(sheet: Sheet) -> Sheet:
    with acting_as(None):
        return Sheet.objects.get(pk=sheet.pk)


def notices(account: Account) -> list[Notice]:
    with acting_as(account.pk):
        return list(Notice.objects.filter(kind=STILL_VALID))


def test_authors_are_asked_once_whatever_the_job_does() -> None:
    sheet, other, young = aged(366), make_account(), aged(300)
    with as_system("test data"):
        Contributor.objects.create(sheet=sheet, account=other, name="Claire", contribution="temoin")
        MissionHolder.objects.create(mission_id=sheet.pk, holder_id=other.pk)
        stranger = make_account()
        Contributor.objects.create(sheet=sheet, account=stranger, name="Une photographe", contribution="photo")
    assert ask_authors() == 1
    assert ask_authors() == 0
    keep_sheets_fresh(0)
    for author in (sheet.author, other):
        (notice,) = notices(author)
        assert notice.address.startswith("/pratiques/toujours-valable/")
    assert notices(stranger) == notices(young.author) == []
    with acting_as(sheet.author_id):
        assert FreshnessCheck.objects.get().due_on == sheet.review_date


def test_a_job_cut_before_the_notice_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = aged(366)
    with monkeypatch.context() as cut, pytest.raises(RuntimeError):
        cut.setattr("nuserus.practices.actions.freshness.notify", _dies)
        ask_authors()
    assert notices(sheet.author) == []
    assert ask_authors() == 1
    assert len(notices(sheet.author)) == 1


def _dies(**_what: object) -> None:
    raise RuntimeError("killed")


def test_what_nobody_answered_is_asked_again_a_year_later() -> None:
    sheet = aged(366)
    assert ask_authors() == 1
    assert ask_authors(TODAY() + timedelta(days=300)) == 0
    assert ask_authors(TODAY() + timedelta(days=366)) == 1
    assert len(notices(sheet.author)) == 2


def test_reading_the_page_changes_nothing_and_one_tap_answers(client: Client) -> None:
    sheet = aged(400)
    sink_stale_sheets()
    _check, link = asked(sheet)
    page = client.get(link).content.decode()
    assert "Toujours valable" in page and "Ne se fait plus" in page and "À corriger" in page
    assert now(sheet).review_date == sheet.review_date
    reply = client.post(link, {"answer": "valid"})
    assert reply.status_code == 200 and "C’est noté" in reply.content.decode()
    confirmed = now(sheet)
    assert (confirmed.review_date, confirmed.is_stale) == (TODAY() + YEAR, False)
    assert client.post(link, {"answer": "stopped"}).status_code == 409
    assert now(sheet).stopped_at is None
    with acting_as(sheet.author_id):
        assert SheetEvent.objects.filter(sheet=sheet, kind="renewed", actor=sheet.author_id).count() == 1
        assert FreshnessCheck.objects.get().answer == "valid"


def test_no_longer_done_says_so_and_comes_back(client: Client, client_as: Callable[[Account], Client]) -> None:
    sheet = aged(366)
    _check, link = asked(sheet)
    client.post(link, {"answer": "stopped"})
    assert now(sheet).is_stale
    page = client.get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    assert "ne se fait plus" in page
    assert "Ne se fait plus" in client.get(reverse("sheets:results")).content.decode()
    author = client_as(sheet.author)
    assert "Nous le faisons de nouveau" in author.get(reverse("telling:sheet", args=[sheet.pk])).content.decode()
    author.post(reverse("telling:still_valid", args=[sheet.pk]), {"answer": "valid"})
    assert (now(sheet).stopped_at, now(sheet).is_stale) == (None, False)


def test_to_correct_leaves_the_date_and_leads_to_the_sheet(client: Client) -> None:
    sheet = aged(366)
    _check, link = asked(sheet)
    page = client.post(link, {"answer": "to_fix"}).content.decode()
    assert reverse("telling:sheet", args=[sheet.pk]) in page
    assert now(sheet).review_date == sheet.review_date


@pytest.mark.parametrize("answer", ["", "delete", "valid "])
def test_no_other_answer_is_understood(client: Client, answer: str) -> None:
    sheet = aged(366)
    _check, link = asked(sheet)
    client.post(link, {"answer": answer})
    assert now(sheet).review_date == sheet.review_date


def test_links_that_are_forged_late_or_for_somebody_else(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, stranger = aged(366), make_account()
    check, link = asked(sheet)
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert client.get("/pratiques/toujours-valable/n-importe-quoi/").status_code == 404
    assert client.get(link_for(check, stranger.pk)).status_code == 404
    assert client.post(link_for(check, stranger.pk), {"answer": "valid"}).status_code == 404
    later = timezone.now() + timedelta(days=LINK_DAYS + 1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    reply = client.post(link, {"answer": "valid"})
    assert reply.status_code == 410 and "ne marche plus" in reply.content.decode()
    assert now(sheet).review_date == sheet.review_date


def test_the_link_signs_nobody_in(client: Client) -> None:
    sheet = aged(366)
    _check, link = asked(sheet)
    client.get(link)
    client.post(link, {"answer": "valid"})
    assert "sessionid" not in client.cookies
    assert client.get(reverse("telling:sheet", args=[sheet.pk])).status_code == 302


def test_withdrawn_sheet_has_nothing_to_confirm(client: Client) -> None:
    sheet = aged(366)
    _check, link = asked(sheet)
    withdraw(sheet)
    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "valid"}).status_code == 409


def test_only_those_who_write_confirm(client_as: Callable[[Account], Client]) -> None:
    sheet = aged(366)
    other = client_as(make_member(make_institution()))
    address = reverse("telling:still_valid", args=[sheet.pk])
    assert other.post(address, {"answer": "valid"}).status_code == 403
    assert client_as(sheet.author).post(address, {"answer": "to_fix"}).status_code == 403


def test_a_trial_elsewhere_confirms_even_a_failure() -> None:
    sheet, place = aged(420), make_institution()
    sink_stale_sheets()
    assert now(sheet).is_stale
    other = make_member(place)
    with acting_as(other.pk) as asking:
        report_trial(actor=asking, sheet=now(sheet), told=Told(place, Outcome.NOT_HERE))
    assert (now(sheet).review_date, now(sheet).is_stale) == (TODAY() + YEAR, False)


def test_stale_sheets_sink_in_lists_and_say_so(client: Client) -> None:
    words = {"title": "Photos du minibus", "cards": ("Nous montrons le minibus.",)}
    old = make_sheet(**words, review_date=TODAY() - timedelta(days=29), published_at=timezone.now())  # type: ignore[arg-type]
    fresh = make_sheet(**words, published_at=timezone.now() - timedelta(days=200))  # type: ignore[arg-type]
    with acting_as(None) as asking:
        assert [hit.object_id for hit in search(asking, "").hits] == [old.pk, fresh.pk]
    with as_system("test data"):
        Sheet.objects.filter(pk=old.pk).update(review_date=TODAY() - timedelta(days=61))
    assert sink_stale_sheets() == 0  # the database had marked it when it was written
    with as_system("test data"):
        index_sheet(old)
    with acting_as(None) as asking:
        assert [hit.object_id for hit in search(asking, "").hits] == [fresh.pk, old.pk]
        assert [hit.object_id for hit in search(asking, "minibus").hits] == [fresh.pk, old.pk]
        assert [sheet.pk for sheet in latest_sheets(asking)] == [fresh.pk, old.pk]
    assert "Pas confirmée depuis 14 mois" in client.get(reverse("sheets:results")).content.decode()
    assert "Pas confirmée depuis 14 mois" in client.get(reverse("sheets:detail", args=[old.pk])).content.decode()
    assert "Pas confirmée" not in client.get(reverse("sheets:detail", args=[fresh.pk])).content.decode()


def test_a_better_match_is_found_first_though_stale() -> None:
    old = make_sheet(title="Le minibus du vendredi", review_date=TODAY() - timedelta(days=61))
    make_sheet(title="Autre chose", cards=("Nous avons vu un minibus, une fois.",))
    with acting_as(None) as asking:
        assert search(asking, "minibus").hits[0].object_id == old.pk


def test_what_becomes_stale_by_the_passing_of_time_sinks_by_the_job() -> None:
    sheet = aged(300)
    later = TODAY() + timedelta(days=100)
    with as_system("test data"):
        assert not Sheet.objects.get(pk=sheet.pk).is_stale
    assert sink_stale_sheets(later) == 1


def test_months_are_whole_and_only_of_stale_sheets() -> None:
    today = TODAY()
    assert unconfirmed_months(is_stale=False, review_date=today - timedelta(days=400)) == 0
    assert unconfirmed_months(is_stale=True, review_date=None) == 0
    assert unconfirmed_months(is_stale=True, review_date=today - timedelta(days=61)) in {13, 14}

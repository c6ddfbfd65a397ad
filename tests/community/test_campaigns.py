"""Campaigns and what they count."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from nuserus.community.contributions.sections import campaign_banner
from nuserus.community.enums import Content
from nuserus.community.models import Answer, Campaign
from nuserus.community.queries.campaigns import counted
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from tests.factories.community import a_member, make_answer, make_campaign, make_hidden, make_question
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _numbers(campaign: Campaign) -> tuple[int, int, int]:
    with acting_as(None):
        (line,) = counted([campaign])
    return line.sheets, line.trials, line.answers


def test_moderators_and_administrators_open_and_change_campaigns(client_as: ClientAs) -> None:
    today = timezone.localdate()
    form = {
        "title": "Semaine de la nuit", "goal": "5", "starts_on": str(today), "ends_on": str(today + timedelta(6)),
        "organised_by": "Le CREAI", "theme": "", "words": "",
    }  # fmt: skip
    assert client_as(a_member()).post(reverse("campaigns:new"), form).status_code == 403
    assert client_as(a_member()).get(reverse("campaigns:new")).status_code == 403
    for role in ("moderator", "site_admin"):
        client = client_as(make_account(role))
        assert client.post(reverse("campaigns:new"), form).status_code == 302
        backwards = {**form, "ends_on": str(today - timedelta(1))}
        assert client.post(reverse("campaigns:new"), backwards).status_code == 422
    with acting_as(None):
        campaign = Campaign.objects.first()
    assert campaign is not None
    changed = client.post(reverse("campaigns:change", args=[campaign.pk]), {**form, "title": "Semaine du jour"})
    assert changed.status_code == 302
    assert "Semaine du jour" in client_as(None).get(reverse("campaigns:list")).content.decode()
    other = client_as(a_member())
    assert other.post(reverse("campaigns:change", args=[campaign.pk]), form).status_code == 403


def test_it_counts_what_was_told_in_its_days_and_nothing_else(client_as: ClientAs) -> None:
    campaign = make_campaign(goal=4)
    inside = make_sheet()
    before = make_sheet(published_at=timezone.now() - timedelta(days=30))
    make_trial(before)
    question = make_question()
    make_answer(question)
    late = make_answer(question, text="Plus tard")
    with as_system("later"):
        Answer.objects.filter(pk=late.pk).update(written_at=timezone.now() + timedelta(days=20))
    make_sheet(status=SheetStatus.DRAFT, indexed=False)
    assert _numbers(campaign) == (1, 1, 1)
    read = client_as(None).get(reverse("campaigns:campaign", args=[campaign.pk])).content.decode()
    assert "3 récits sur les 4 espérés" in read
    make_hidden(Content.SHEET, inside.pk)
    assert _numbers(campaign) == (0, 1, 1)


def test_theme_operator_and_department_narrow_it() -> None:
    here, there = make_institution(department="84"), make_institution(department="13")
    by_theme = make_campaign(theme="vie-quotidienne")
    by_place = make_campaign(department=here.department)
    make_sheet(here, themes=["vie-quotidienne"])
    make_trial(make_sheet(there), here)
    make_answer(make_question(themes=("vie-quotidienne",)), a_member(place=there))
    make_answer(make_question(), a_member(place=here))
    assert _numbers(by_theme) == (1, 0, 1)
    assert _numbers(by_place) == (1, 1, 1)


def test_banner_is_there_during_the_days_only(rf: RequestFactory) -> None:
    request = rf.get("/")
    past = timezone.localdate() - timedelta(days=30)
    make_campaign(title="Terminée", starts_on=past, ends_on=past)
    with acting_as(None):
        assert campaign_banner(request) == ""
    make_campaign(title="En cours")
    with acting_as(None):
        assert "En cours" in campaign_banner(request)


def test_the_list_costs_the_same_however_long(
    client_as: ClientAs, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    for number in range(5):
        make_campaign(title=f"Semaine {number}")
    client_as(None).get(reverse("campaigns:list"))
    with django_assert_max_num_queries(5):
        client_as(None).get(reverse("campaigns:list"))

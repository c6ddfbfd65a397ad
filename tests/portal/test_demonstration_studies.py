"""The studies of the demonstration: the facts of the programme, and its shape in invented places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import programme
from nuserus.studies.models import CalendarEvent, Certificate, Participation, Step, Study, StudyPlace

pytestmark = pytest.mark.usefixtures("demonstration")
ClientAs = Callable[[Account | None], Client]


def test_the_programme_has_its_facts_and_nobody_of_its_places() -> None:
    facts = programme()
    with as_system("read test data", recorded=False):
        study = Study.objects.get(is_fictitious=False)
        places = {
            place.institution.name: place
            for place in StudyPlace.objects.filter(study=study).select_related("institution")
        }
        assert {name: place.is_partner for name, place in places.items()} == {
            one["name"]: one["partner"] for one in facts["establishments"]
        }
        for one in facts["establishments"]:
            seats = Participation.objects.filter(group__place=places[one["name"]])
            assert sorted(seat.trade for seat in seats) == sorted(one["participants"])
            assert not seats.exclude(account=None).exists()
        assert [str(step.days) for step in Step.objects.filter(study=study).order_by("position")] == [
            "4.0",
            "3.0",
            "0.0",
        ]
        (event,) = CalendarEvent.objects.filter(study=study)
        assert str(event.starts_at.date()) == "2018-03-20"


def test_what_is_invented_is_in_invented_places_and_says_so(client_as: ClientAs) -> None:
    with as_system("read test data", recorded=False):
        study = Study.objects.get(is_fictitious=True)
        places = StudyPlace.objects.filter(study=study).select_related("institution")
        assert all(place.institution.is_fictitious for place in places)
        assert CalendarEvent.objects.filter(study=study, kind="visit").count() == 20
        lead = Account.objects.get(email__startswith="helene-v".replace("-", "."))
        trained = Account.objects.get(email__startswith="solene.m")
        certificate = Certificate.objects.get(study=study)
    client = client_as(lead)
    for page in (
        "detail",
        "progress",
        "plan",
        "places",
        "calendar",
        "decisions",
        "cycles",
        "training",
        "effects",
        "bibliography",
    ):
        answer = client.get(reverse(f"studies:{page}", args=[study.pk]))
        assert answer.status_code == 200, page
        assert "xemple fictif" in answer.content.decode(), page
    paper = client_as(trained).get(reverse("studies:certificate", args=[certificate.pk]))
    assert paper.headers["Content-Type"] == "application/pdf"

"""A study from its first question to its committee's page, through the pages that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.foundation.asking import acting_as
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part, SeatState, StudyStatus
from nuserus.studies.models import CalendarEvent, Participation, Phase, Step, Study, StudyPlace
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.studies import circle_of, get_study, make_lead, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def kinds_told(account: Account) -> list[str]:
    with acting_as(account.pk):
        return list(Notice.objects.filter(scope_author=account.pk).values_list("kind", flat=True))


def test_a_study_is_prepared_one_question_a_screen(client_as: ClientAs) -> None:
    lead = make_lead()
    client = client_as(lead)
    assert client.get(reverse("studies:open")).status_code == 200
    assert client.post(reverse("studies:open"), {"title": " "}).status_code == 422
    answered = client.post(reverse("studies:open"), {"title": "Le numérique chez nous"})
    with acting_as(lead.pk):
        study = Study.objects.get()

    def at(slug: str) -> str:
        return reverse("studies:prepare", args=[study.pk, slug])

    assert answered.headers["Location"] == at("but")
    for slug, given, following in (
        ("but", {"purpose": "Comprendre ensemble."}, at("periode")),
        ("periode", {"starts_on": "2026-01-05", "ends_on": "2027-12-31"}, at("cadre")),
        ("cadre", {"qualification": "non_riph", "justification": "Aucun acte."}, at("notices")),
        ("notices", {"legal_basis": "public_interest", "contact": "Service recherche"}, at("conservation")),
        ("conservation", {"recordings": "3", "transcripts": "60", "keys": "0"}, at("modele")),
        ("modele", {"template": "two-phases"}, reverse("studies:places", args=[study.pk])),
    ):
        assert client.get(at(slug)).status_code == 200
        answered = client.post(at(slug), given)
        assert (answered.status_code, answered.headers.get("Location")) == (302, following), slug
    page = client.get(reverse("studies:detail", args=[study.pk])).content.decode()
    assert "4 jours" in page
    assert "3 jours" in page
    assert "hors loi Jardé" in page
    with acting_as(lead.pk):
        assert Phase.objects.count() == 2
        assert [step.days for step in Step.objects.order_by("phase__position", "position")][:4] == [4, 0, 3, 1]
    client.post(reverse("studies:start", args=[study.pk]))
    assert get_study(study.pk).status == StudyStatus.RUNNING
    client.post(reverse("studies:close", args=[study.pk]))
    assert get_study(study.pk).closed_at is not None


def test_errors_say_what_to_do_and_keep_what_was_typed(client_as: ClientAs) -> None:
    lead = make_lead()
    study = make_study(lead)
    client = client_as(lead)
    refused = client.post(
        reverse("studies:prepare", args=[study.pk, "periode"]), {"starts_on": "2027-01-01", "ends_on": "2026-01-01"}
    )
    assert refused.status_code == 422
    assert "La fin vient avant le début" in refused.content.decode()
    refused = client.post(reverse("studies:prepare", args=[study.pk, "cadre"]), {"qualification": "riph_3"})
    assert refused.status_code == 422
    client.post(
        reverse("studies:prepare", args=[study.pk, "cadre"]),
        {"qualification": "riph_3", "justification": "Observation."},
    )
    client.post(reverse("studies:start", args=[study.pk]))
    assert get_study(study.pk).status == StudyStatus.PREPARING  # the opinion is waited for


def test_an_institution_and_its_people_are_invited_and_answer(client_as: ClientAs) -> None:
    lead, referent, colleague = make_lead(), make_account(name="Odile"), make_account(name="Nadia")
    institution = make_institution("IME des Tilleuls")
    make_membership(referent, institution, is_referent=True)
    study = make_study(lead)
    leads = client_as(lead)
    found = leads.get(reverse("studies:places", args=[study.pk]), {"q": "tilleuls"}).content.decode()
    assert "IME des Tilleuls" in found
    leads.post(reverse("studies:places", args=[study.pk]), {"institution": str(institution.pk), "part": "both"})
    assert kinds_told(referent) == ["studies.place"]
    answers = client_as(referent)
    assert "IME des Tilleuls est invité" in answers.get(reverse("studies:list")).content.decode()
    with acting_as(lead.pk):
        place = StudyPlace.objects.get()
    assert answers.post(reverse("studies:answer_place", args=[place.pk]), {"answer": "yes"}).status_code == 302
    assert kinds_told(lead) == ["studies.answered"]
    # the place said yes: nobody of it is in the study for that
    assert answers.get(reverse("studies:detail", args=[study.pk])).status_code == 404
    circle = circle_of(study, GroupKind.WORKING, place)
    named = {"part": Part.PARTICIPANT, "trade": "ergothérapeute", "email": colleague.email}
    assert leads.post(reverse("studies:circle", args=[circle.pk]), named).status_code == 302
    comes = client_as(colleague)
    assert comes.get(reverse("studies:detail", args=[study.pk])).status_code == 404
    assert "Le numérique chez nous" in comes.get(reverse("studies:list")).content.decode()
    with acting_as(colleague.pk):
        seat = Participation.objects.get()
    comes.post(reverse("studies:answer", args=[seat.pk]), {"answer": "yes"})
    assert comes.get(reverse("studies:detail", args=[study.pk])).status_code == 200
    assert "Nadia" in leads.get(reverse("studies:circle", args=[circle.pk])).content.decode()
    comes.post(reverse("studies:leave", args=[seat.pk]))
    assert comes.get(reverse("studies:detail", args=[study.pk])).status_code == 404


def test_a_link_gives_its_seat_to_the_first_who_takes_it(client_as: ClientAs) -> None:
    lead, first, second = make_lead(), make_account(name="Ali"), make_account(name="Bea")
    study = make_study(lead)
    committee = circle_of(study, GroupKind.COMMITTEE)
    leads = client_as(lead)
    shown = leads.post(reverse("studies:circle", args=[committee.pk]), {"part": Part.COMMITTEE, "trade": "directrice"})
    link = shown.content.decode().split('<p class="nu-address">')[1].split("</p>")[0]
    assert shown.status_code == 200
    assert link not in leads.get(reverse("studies:circle", args=[committee.pk])).content.decode()
    path = link.removeprefix("http://testserver")
    assert "directrice" in client_as(first).get(path).content.decode()
    assert client_as(first).post(path).status_code == 302
    assert client_as(second).get(path).status_code == 404
    assert client_as(second).post(path).status_code == 404
    assert client_as(first).get(reverse("studies:progress", args=[study.pk])).status_code == 200
    with acting_as(first.pk):
        assert Participation.objects.get(account=first).state == SeatState.ACCEPTED


def test_dates_are_added_changed_answered_and_cancelled(client_as: ClientAs) -> None:
    lead, colleague = make_lead(), make_account(name="Nadia")
    study = make_study(lead)
    place = make_study_place(study)
    seat_in(circle_of(study, GroupKind.WORKING, place), colleague, Part.PARTICIPANT)
    leads, comes = client_as(lead), client_as(colleague)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    given = {"kind": "visit", "title": "Première visite", "day": day, "begins": "09:30", "ends": "16:00"}
    assert leads.post(reverse("studies:new_event", args=[study.pk]), {**given, "ends": "08:00"}).status_code == 422
    assert leads.post(reverse("studies:new_event", args=[study.pk]), given).status_code == 302
    assert comes.get(reverse("studies:new_event", args=[study.pk])).status_code == 403
    with acting_as(lead.pk):
        event = CalendarEvent.objects.get()
    assert "studies.date" in kinds_told(colleague)
    comes.post(reverse("studies:answer_event", args=[event.pk]), {"coming": "no"})
    comes.post(reverse("studies:answer_event", args=[event.pk]), {"coming": "yes"})
    assert "je viens : 1" in leads.get(reverse("studies:event", args=[event.pk])).content.decode().replace("\xa0", " ")
    assert leads.get(reverse("studies:change_event", args=[event.pk])).status_code == 200
    leads.post(reverse("studies:change_event", args=[event.pk]), {**given, "title": "Visite et repas"})
    leads.post(reverse("studies:cancel_event", args=[event.pk]))
    with acting_as(lead.pk):
        event.refresh_from_db()
    assert (event.title, event.sequence, bool(event.cancelled_at)) == ("Visite et repas", 2, True)
    assert "studies.cancelled" in kinds_told(colleague)

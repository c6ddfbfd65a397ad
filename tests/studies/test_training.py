"""Agreement, sessions, who was there, certificates, self-evaluations."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Half, Part, Timing
from nuserus.studies.models import Attendance, Certificate, SelfEvaluation, TrainingSession
from nuserus.studies.queries.training import self_means
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
SESSION = {"title": "Regarder ensemble", "held_on": "2026-03-10", "morning": "210", "afternoon": "180"}


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).replace("\xa0", " ")


def test_hours_go_from_the_signed_sheet_to_the_certificate(client_as: ClientAs) -> None:
    study = make_study()
    lead, nadia, other = lead_of(study), make_account(name="Nadia"), make_account(name="Ali")
    place = make_study_place(study)
    circle = circle_of(study, GroupKind.WORKING, place)
    seat = seat_in(circle, nadia, Part.PARTICIPANT)
    seat_in(circle_of(study, GroupKind.COMMITTEE), other, Part.COMMITTEE)
    leads, comes, stranger = client_as(lead), client_as(nadia), client_as(other)
    agreed = {
        "title": "Écrire sur sa pratique",
        "organisation": "Atelier des pairs",
        "hours": "49",
        "aims": "Observer\nÉcrire",
    }
    assert leads.post(reverse("studies:agreement", args=[study.pk]), agreed).status_code == 302
    new = reverse("studies:new_session", args=[study.pk])
    assert leads.post(new, {**SESSION, "morning": "0", "afternoon": "0"}).status_code == 422
    assert leads.post(new, {**SESSION, "group": str(circle.pk)}).status_code == 302
    with acting_as(lead.pk):
        session = TrainingSession.objects.get()
    # who is of another circle does not know of the session
    assert stranger.get(reverse("studies:session", args=[session.pk])).status_code == 404
    sheet = leads.get(reverse("studies:attendance_sheet", args=[session.pk]))
    assert sheet.headers["Content-Type"] == "application/pdf"
    assert "Nadia" in text_of(sheet.content)
    assert "Après-midi" in text_of(sheet.content)
    root: Any = PdfReader(BytesIO(sheet.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert comes.get(reverse("studies:attendance_sheet", args=[session.pk])).status_code == 403
    page = reverse("studies:session", args=[session.pk])
    assert comes.post(page, {"there": f"{seat.pk}:morning"}).status_code == 403
    assert leads.post(page, {"there": [f"{seat.pk}:morning", f"{seat.pk}:afternoon"]}).status_code == 302
    assert "6 h 30" in comes.get(reverse("studies:training", args=[study.pk])).content.decode().replace("\xa0", " ")
    assert leads.get(page).content.decode().count(" checked") == 2
    certify = reverse("studies:certify", args=[seat.pk])
    assert comes.get(certify).status_code == 403
    assert leads.post(certify, {"name": ""}).status_code == 422
    assert leads.post(certify, {"name": "Nadia Exemple"}).status_code == 302
    with acting_as(nadia.pk):
        certificate = Certificate.objects.get()
    paper = comes.get(reverse("studies:certificate", args=[certificate.pk]))
    assert all(
        said in text_of(paper.content) for said in ("Nadia Exemple", "6 h 30", "Atelier des pairs", "suivies à 13 %")
    )
    metadata = PdfReader(BytesIO(paper.content)).xmp_metadata
    assert metadata is not None
    assert b"pdfuaid" in metadata.stream.get_data()
    assert stranger.get(reverse("studies:certificate", args=[certificate.pk])).status_code == 404
    with acting_as(lead.pk), pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(minutes=9000)
    leads.post(page, {"there": [f"{seat.pk}:morning"]})
    with acting_as(lead.pk):
        assert list(Attendance.objects.values_list("half", flat=True)) == [Half.MORNING]


def test_a_self_evaluation_is_read_by_its_author_alone_and_counted_from_five(client_as: ClientAs) -> None:
    study = make_study()
    committee = circle_of(study, GroupKind.COMMITTEE)
    people = [make_account(name=f"Membre {number}") for number in range(5)]
    filled = reverse("studies:self_evaluation", args=[study.pk, "avant"])
    for number, person in enumerate(people):
        seat_in(committee, person, Part.COMMITTEE)
        answers = {"look": str(1 + number % 4), "words": "CANARI-EN-MES-MOTS"}
        assert client_as(person).post(filled, answers).status_code == 302
        with acting_as(lead_of(study).pk):
            assert SelfEvaluation.objects.count() == 0
            means = {line.text: line.before for line in self_means(study)}
        assert bool(means) == (number == 4)
    assert sorted(value for value in means.values() if value) == [pytest.approx((1 + 2 + 3 + 4 + 1) / 5)]
    page = client_as(lead_of(study)).get(reverse("studies:training", args=[study.pk])).content.decode()
    assert "CANARI-EN-MES-MOTS" not in page
    assert "2,2" in page
    assert "CANARI-EN-MES-MOTS" in client_as(people[0]).get(filled).content.decode()
    with acting_as(people[0].pk):
        assert SelfEvaluation.objects.get().timing == Timing.BEFORE
        assert self_means(study) == []  # who conducts the study alone reads the means

"""What participants are shown and given: notices on the screen and on paper, their card; what the team is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from nuserus.consent.actions.expire import remind_of_ends
from nuserus.consent.enums import How, Mode, NoticeFormat, Purpose, State
from nuserus.consent.models import Consent, ConsentSignature
from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.models import Notice
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.actions.opening import say_on_notices
from nuserus.studies.actions.participants import make_participant_card
from nuserus.studies.enums import GroupKind, LegalBasis, Part
from nuserus.studies.models import Study, StudyPlace
from nuserus.studies.queries.participants import readable_participant
from tests.factories.directory import make_membership
from tests.factories.participants import agrees, answer, make_participant, make_researcher
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study, make_study_place, seat_in
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.fixture
def place() -> StudyPlace:
    study = make_study(laid_out=False)
    with acting_as(lead_of(study).pk) as asking:
        say_on_notices(
            actor=asking,
            study=Study.objects.get(pk=study.pk),
            legal_basis=LegalBasis.PUBLIC_INTEREST,
            controller="Université d’Essai",
            contact="Service recherche, 01 00 00 00 00",
        )
    return make_study_place(study)


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_notice_on_paper_says_the_study_the_law_apart_and_where_to_sign(
    client_as: ClientAs, place: StudyPlace
) -> None:
    client = client_as(lead_of(place.study))
    paper = client.get(
        reverse("studies:notices_pdf", args=[place.pk]), {"but": ["take_part", "quote"], "representant": "1"}
    )
    assert paper["Content-Type"] == "application/pdf"
    words = _words(paper.content)
    for said in (
        place.study.title, str(place), "Participer à cette étude", "mot pour mot", "mission d’intérêt public",
        "Université d’Essai", "Service recherche", "Ensuite", "signature", "représentant", "pas maintenant", "c’est non",
    ):  # fmt: skip
        assert said in words, said
    assert "Enregistrer votre voix" not in words
    pictures = client.get(reverse("studies:notices_pdf", args=[place.pk]), {"texte": "pictograms"})
    assert "Je peux dire non." in _words(pictures.content)
    english = client.get(reverse("studies:notices_pdf", args=[place.pk]), {"langue": "en", "texte": "falc"})
    assert "Taking part in this study" in _words(english.content)


@pytest.mark.parametrize("form", NoticeFormat.values)
def test_each_notice_is_read_in_large_type(client_as: ClientAs, place: StudyPlace, form: str) -> None:
    client = client_as(lead_of(place.study))
    index = client.get(reverse("studies:notices", args=[place.pk])).content.decode()
    assert index.count("/notices/") >= len(Purpose)
    page = client.get(reverse("studies:notice", args=[place.pk, "take-part"]), {"texte": form}).content.decode()
    assert "mission d’intérêt public" in page
    assert "texte n° 1" in page
    assert ("nu-pictures" in page) == (form == NoticeFormat.PICTOGRAMS)
    assert client.get(reverse("studies:notice", args=[place.pk, "autre"])).status_code == 404


def test_who_takes_part_reads_what_is_asked_and_nobody_else(client_as: ClientAs, place: StudyPlace) -> None:
    member, stranger, admin = make_account(), make_account(), make_account(Role.SITE_ADMIN)
    make_membership(member, place.institution)
    seat_in(circle_of(place.study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    for account, status in ((member, 200), (stranger, 404), (admin, 404)):
        for name in ("notices", "notices_pdf"):
            assert client_as(account).get(reverse(f"studies:{name}", args=[place.pk])).status_code == status


def test_the_card_shows_what_was_agreed_in_its_format_and_takes_one_thing_back(
    client: Client, client_as: ClientAs, place: StudyPlace
) -> None:
    row = make_participant(place)
    lead, other = lead_of(place.study), make_researcher(place.study)
    empty = client_as(lead).post(reverse("studies:participant_card", args=[row.pk]), follow=True)
    assert "notez d’abord une réponse" in empty.content.decode()
    answer(row, Purpose.TAKE_PART, Purpose.QUOTE, form=NoticeFormat.PICTOGRAMS, how=How.ORAL, witness="une voisine")
    paper = client_as(lead).post(reverse("studies:participant_card", args=[row.pk]))
    assert "Ma carte" in _words(paper.content)
    with acting_as(lead.pk) as asking:
        _card, code = make_participant_card(actor=asking, participant=readable_participant(asking, row.pk))
    shown = client.post(reverse("consent:card"), {"code": code}).content.decode()
    assert "pictogrammes" in shown
    assert "nu-pictures" in shown
    assert place.study.title in shown
    assert "Citer des paroles" in shown or "Citer vos paroles" in shown
    with as_system("read test data", recorded=False):
        quoted = Consent.objects.get(object_id=row.pk, purpose=Purpose.QUOTE)
    client.post(reverse("consent:card_withdraw", args=[quoted.pk]), {"code": code})
    assert agrees(row)
    assert not agrees(row, Purpose.QUOTE)
    told = client_as(other).get(reverse("notices:list")).content.decode()
    assert "a repris un accord" in told
    assert row.pseudonym not in told


def test_the_team_is_told_once_of_what_ends_within_a_month(place: StudyPlace) -> None:
    study = place.study
    team = circle_of(study, GroupKind.TEAM)
    lead, researcher = lead_of(study), make_researcher(study)
    colleague = make_account(Role.PRACTITIONER_RESEARCHER)
    make_membership(colleague, place.institution)
    seat_in(team, colleague, Part.PRACTITIONER)
    row, other = make_participant(place), make_participant(place, pseudonym="Lierre")
    today = timezone.localdate()
    answer(row, Purpose.TAKE_PART, Purpose.QUOTE, ends_on=today + timedelta(days=20))
    answer(other, ends_on=today + timedelta(days=60))
    assert remind_of_ends() == 2
    assert remind_of_ends() == 0
    with as_system("read test data", recorded=False):
        told = Notice.objects.filter(kind="studies.ending")
        assert set(told.values_list("scope_author", flat=True)) == {lead.pk, researcher.pk}
        assert {json_count(one) for one in told} == {"2"}
    answer(row, ends_on=today + timedelta(days=25))
    assert remind_of_ends() == 1, "another end is told again"


def json_count(notice: Notice) -> str:
    """How many agreements a notice is about."""
    return str(notice.details["count"])


def test_erased_the_cross_and_the_pseudonym_go_and_the_answers_stay(client_as: ClientAs, place: StudyPlace) -> None:
    row = make_participant(place)
    lead = lead_of(place.study)
    answer(row, how=How.ON_SCREEN)
    withdraw(lead, row, Mode.ERASE)
    with as_system("read test data", recorded=False):
        mark = ConsentSignature.objects.get()
        assert (mark.strokes, mark.erased_at is not None) == ("", True)
        assert Consent.objects.get(object_id=row.pk).state == State.WITHDRAWN
    page = client_as(lead).get(reverse("studies:participant", args=[row.pk])).content.decode()
    assert "Mésange" not in page
    assert "Participant·e retiré·e" in page
    assert "Le trait est effacé" in page
    refused = client_as(lead).post(
        reverse("studies:change_participant", args=[row.pk]),
        {"pseudonym": "Retour", "role": "other", "protection": "none", "language": "fr"},
    )
    assert "tout fait effacer" in refused.content.decode()

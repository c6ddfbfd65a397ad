"""The pages of a withdrawal: the three choices, the receipt on the screen and on paper, with an account or a card."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from nuserus.consent.actions.cards import make_card
from nuserus.consent.enums import How, Mode, Outcome, State, Step
from nuserus.consent.models import Consent, ConsentEvent, Flagged, Withdrawal
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import Participant, Participation, Study
from tests.factories.consent import say_aloud, state_of
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.studies import circle_of, make_lead, make_study, make_study_place, seat_in
from tests.factories.withdrawals import make_person, withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _agreed(lead: Account) -> tuple[Participant, Consent]:
    person = make_person(make_study_place(make_study(lead, laid_out=False)), by=lead)
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    return person, say_aloud(lead, Step.GIVEN, **told)


def _only() -> Withdrawal:
    with as_system("read test data", recorded=False):
        return Withdrawal.objects.get()


def _text(pdf: bytes) -> str:
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join("\n".join(page.extract_text() for page in read.pages).split())


def test_the_team_writes_down_a_withdrawal_and_prints_the_receipt(client_as: ClientAs) -> None:
    lead = make_lead()
    person, consent = _agreed(lead)
    client = client_as(lead)
    ask = reverse("consent:withdraw_all", args=[person.place_id, person.pk])
    choices = client.get(ask).content.decode()
    assert all(str(mode.label) in choices for mode in (m for m in Mode))
    sure = client.get(ask, {"mode": "erase"}).content.decode()
    assert "On ne peut pas revenir en arrière." in sure
    assert state_of(consent) == State.GIVEN
    refused = client.post(ask, {"mode": "erase", "how": "oral", "witness": ""})
    assert refused.status_code == 422 and state_of(consent) == State.GIVEN
    page = client.post(ask, {"mode": "erase", "how": "oral", "witness": "une éducatrice"}, follow=True)
    body = page.content.decode()
    assert "Tout est fait." in body and "une éducatrice" not in body
    assert state_of(consent) == State.WITHDRAWN
    done = _only()
    answer = client.get(reverse("consent:receipt", args=[done.pk]))
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    said = _text(answer.content)
    assert "Tout est fait" in said and "publier une pratique" in said
    assert "Nour" not in said and lead.display_name not in said
    assert "Déjà demandé" in client.get(ask).content.decode()


def test_the_person_does_it_alone_with_their_card(client_as: ClientAs) -> None:
    lead = make_lead()
    person, consent = _agreed(lead)
    with acting_as(lead.pk) as asking:
        _card, code = make_card(actor=asking, consent=consent)
    visitor = client_as(None)
    card = visitor.post(reverse("consent:card"), {"code": code}).content.decode()
    assert "Je veux me retirer" in card
    all_of_it = reverse("consent:card_withdraw_all")
    assert "Il y a trois choix" in visitor.post(all_of_it, {"code": code}).content.decode()
    assert "Voici ce qui va se passer" in visitor.post(all_of_it, {"code": code, "mode": "erase"}).content.decode()
    assert state_of(consent) == State.GIVEN
    done = visitor.post(all_of_it, {"code": code, "mode": "erase", "sure": "yes"})
    assert "Tout est fait." in done.content.decode() and "no-store" in done["Cache-Control"]
    assert state_of(consent) == State.WITHDRAWN
    row = _only()
    assert (row.how, row.recorded_by, row.subject) == (How.CARD, None, person.pk)
    again = visitor.post(reverse("consent:card"), {"code": code}).content.decode()
    assert "Mes reçus" in again
    paper = visitor.post(reverse("consent:card_receipt", args=[row.pk]), {"code": code, "paper": "yes"})
    assert "Tout est fait" in _text(paper.content)
    assert "Mon reçu" in visitor.post(reverse("consent:card_receipt", args=[row.pk]), {"code": code}).content.decode()


def test_the_receipt_names_the_study_and_the_place_and_speaks_to_who_reads_it(client_as: ClientAs) -> None:
    lead = make_lead()
    study = make_study(lead, title="Le numérique à petits pas", laid_out=False)
    with as_system("test data"):
        Study.objects.filter(pk=study.pk).update(is_fictitious=True)
    place = make_study_place(study, make_institution("Maison des Tilleuls"))
    person = make_person(place, by=lead)
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    consent = say_aloud(lead, Step.GIVEN, **told)
    with acting_as(lead.pk) as asking:
        _card, code = make_card(actor=asking, consent=consent)
    visitor, client = client_as(None), client_as(lead)
    ask = reverse("consent:withdraw_all", args=[place.pk, person.pk])
    card = {"code": code, "mode": "erase"}
    for page in (client.get(ask), client.get(ask, {"mode": "erase"})):
        assert "Exemple fictif" in page.content.decode()
    for page in (visitor.post(reverse("consent:card"), card), visitor.post(reverse("consent:card_withdraw_all"), card)):
        assert "Exemple fictif" in page.content.decode()
    mine = visitor.post(reverse("consent:card_withdraw_all"), {**card, "sure": "yes"}).content.decode()
    row = _only()
    theirs = client.get(reverse("consent:withdrawal", args=[row.pk])).content.decode()
    paper = _text(client.get(reverse("consent:receipt", args=[row.pk])).content)
    for said in (mine, theirs, paper):
        assert "Le numérique à petits pas" in said and "Maison des Tilleuls" in said and "xemple fictif" in said
        assert "Nour" not in said or said is theirs
    for said in (mine, paper):
        assert "Mon reçu" in said and "Ce que vous avez déjà dit" in said and "Vous preniez part" in said
        assert "de la personne." not in said
    assert "Reçu de retrait" in theirs and "La personne prenait part" in theirs
    assert "vous avez" not in theirs.split("<main")[1].split("</main")[0]


def test_who_came_to_work_in_the_place_erases_nobody_nor_makes_a_card(client_as: ClientAs) -> None:
    lead = make_lead()
    person, consent = _agreed(lead)
    make_membership(lead, person.place.institution)
    client = client_as(lead)
    page = client.get(reverse("consent:detail", args=[consent.pk]))
    assert page.status_code == 200 and reverse("consent:make_card", args=[consent.pk]) not in page.content.decode()
    assert client.post(reverse("consent:make_card", args=[consent.pk])).status_code == 404
    address = reverse("consent:withdraw_all", args=[person.place_id, person.pk])
    assert client.get(address).status_code == 404
    given = {"mode": "erase", "how": "oral", "witness": "une aide-soignante"}
    assert client.post(address, given).status_code == 404
    assert state_of(consent) == State.GIVEN


def test_who_left_the_study_takes_back_nothing_for_somebody_and_the_card_still_does(client_as: ClientAs) -> None:
    lead = make_lead()
    person, consent = _agreed(lead)
    with acting_as(lead.pk) as asking:
        _card, code = make_card(actor=asking, consent=consent)
    with as_system("test data"):
        Participation.objects.filter(study=person.study_id).update(state="left")
    client = client_as(lead)
    page = client.get(reverse("consent:detail", args=[consent.pk]))
    assert page.status_code == 200
    assert reverse("consent:withdraw", args=[consent.pk]) not in page.content.decode()
    refused = client.post(reverse("consent:withdraw", args=[consent.pk]), {"witness": "une éducatrice"})
    assert refused.status_code == 403 and state_of(consent) == State.GIVEN
    # nor by a plain write
    with acting_as(lead.pk), pytest.raises(DatabaseError), transaction.atomic():
        ConsentEvent(
            consent=consent.pk, kind=Step.WITHDRAWN, subject=consent.subject, purpose=consent.purpose,
            object_kind=consent.object_kind, object_id=consent.object_id, voice=consent.voice, how=How.ORAL,
            witness="une éducatrice", notice_version_id=consent.notice_version_id, recorded_by=lead.pk,
            scope_level=consent.scope_level, scope_author=lead.pk, scope_mission=consent.scope_mission,
        ).save(force_insert=True)  # fmt: skip
    make_membership(lead, person.place.institution)
    visitor = client_as(None)
    assert "Je veux me retirer" in visitor.post(reverse("consent:card"), {"code": code}).content.decode()
    gone = visitor.post(reverse("consent:card_withdraw_all"), {"code": code, "mode": "erase", "sure": "yes"})
    assert "Mon reçu" in gone.content.decode() and state_of(consent) == State.WITHDRAWN


def test_a_card_opens_the_receipts_of_its_person_alone(client_as: ClientAs) -> None:
    lead = make_lead()
    _person, consent = _agreed(lead)
    other, _other_consent = _agreed(make_lead("Autre"))
    with as_system("read test data", recorded=False):
        theirs = withdraw(Account.objects.get(pk=other.scope_author), other)
    with acting_as(lead.pk) as asking:
        _card, code = make_card(actor=asking, consent=consent)
    visitor = client_as(None)
    assert visitor.post(reverse("consent:card_receipt", args=[theirs.pk]), {"code": code}).status_code == 404
    for wrong in ("", "AAAA-AAAA-AAAA"):
        assert visitor.post(reverse("consent:card_receipt", args=[theirs.pk]), {"code": wrong}).status_code == 422
        answer = visitor.post(reverse("consent:card_withdraw_all"), {"code": wrong, "mode": "erase", "sure": "yes"})
        assert answer.status_code == 422
    assert visitor.get(reverse("consent:card_withdraw_all")).status_code == 405


def test_a_card_of_words_on_a_sheet_takes_nothing_back_at_once(client_as: ClientAs) -> None:
    from nuserus.foundation.models.base import new_id
    from tests.factories.consent import make_work

    helper = make_account()
    work = make_work(helper)
    consent = say_aloud(helper, Step.GIVEN, about=work, mission=work, subject=new_id())
    with acting_as(helper.pk) as asking:
        _card, code = make_card(actor=asking, consent=consent)
    visitor = client_as(None)
    assert "Je veux me retirer" not in visitor.post(reverse("consent:card"), {"code": code}).content.decode()
    tried = visitor.post(reverse("consent:card_withdraw_all"), {"code": code, "mode": "erase", "sure": "yes"})
    assert tried.status_code == 404
    assert state_of(consent) == State.GIVEN


def test_colleagues_of_the_place_see_nothing(client_as: ClientAs) -> None:
    lead, colleague = make_lead(), make_account()
    person, _consent = _agreed(lead)
    with as_system("read test data", recorded=False):
        place = Participant.objects.select_related("place__study").get(pk=person.pk).place
    seat_in(circle_of(place.study, GroupKind.WORKING, place), colleague, Part.PARTICIPANT)
    done = withdraw(lead, person)
    client = client_as(colleague)
    for name, arguments in (
        ("withdraw_all", [person.place_id, person.pk]),
        ("withdrawal", [done.pk]),
        ("receipt", [done.pk]),
        ("withdrawals", [person.place_id]),
    ):
        assert client.get(reverse(f"consent:{name}", args=arguments)).status_code == 404, name


def test_what_is_flagged_is_looked_at_and_the_receipt_says_so(client_as: ClientAs) -> None:
    lead = make_lead()
    person, _consent = _agreed(lead)
    done = withdraw(lead, person)
    with as_system("test data"):
        flagged = Flagged(
            withdrawal=done, what="observation à plusieurs", object_kind="tests.Thing", address="/etudes/"
        )
        flagged.save(force_insert=True)
    client = client_as(lead)
    listed = reverse("consent:withdrawals", args=[person.place_id])
    page = client.get(listed).content.decode()
    assert "Observation à plusieurs" in page and 'href="/etudes/"' in page
    receipt = reverse("consent:withdrawal", args=[done.pk])
    assert "Une personne de l’équipe doit encore relire" in client.get(receipt).content.decode()
    review = reverse("consent:review_flagged", args=[flagged.pk])
    assert "Rien n’a changé" in client.post(review, {"outcome": "autre"}, follow=True).content.decode()
    assert "C’est noté" in client.post(review, {"outcome": Outcome.MASKED}, follow=True).content.decode()
    assert "Tout est fait." in client.get(receipt).content.decode()
    with as_system("read test data", recorded=False):
        row = Flagged.objects.get(pk=flagged.pk)
    assert (row.reviewed_by, row.outcome) == (lead.pk, Outcome.MASKED)
    assert client_as(make_account()).post(review, {"outcome": Outcome.MASKED}).status_code == 404

"""Participants: written down without a name, asked, shown at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.enums import How, Purpose, Voice
from nuserus.consent.models import ConsentEvent, ConsentSignature
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part, Protection
from nuserus.studies.models import Participant, StudyPlace
from nuserus.studies.queries.participants import shown_participants
from nuserus.studies.queries.pseudonyms import identity_in, proposed_pseudonym
from tests.factories.directory import make_institution, make_membership
from tests.factories.participants import CROSS, agrees, answer, make_participant, make_researcher
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.mark.parametrize(
    "typed",
    [
        "Marie Durand",
        "jean-pierre martin",
        "Mme Durand",
        "06 12 34 56 78",
        "a@b.fr",
        "M.D.",
        "DUPONT Jean",
        "ch. 12 345 678",
    ],
)
def test_what_looks_like_somebody_is_refused_with_a_sentence(typed: str) -> None:
    assert "Rien n’est gardé" in identity_in(typed)


@pytest.mark.parametrize("typed", ["Mésange", "Mésange bleue", "P-07", "Érable 2", "Lierre"])
def test_an_invented_word_is_taken(typed: str) -> None:
    assert identity_in(typed) == ""


def test_every_word_that_is_proposed_would_be_taken_and_none_twice() -> None:
    study = make_study(laid_out=False)
    place = make_study_place(study)
    make_participant(place, pseudonym="Acacia")
    with acting_as(lead_of(study).pk):
        proposed = {proposed_pseudonym(study) for _turn in range(60)}
    assert "Acacia" not in proposed
    words = (files("nuserus.studies") / "data" / "pseudonyms.txt").read_text(encoding="utf-8").split()
    assert proposed <= set(words) and [word for word in words if identity_in(word)] == []


def test_somebody_is_added_asked_on_paper_and_shown_with_a_word_and_a_shape(client_as: ClientAs) -> None:
    study = make_study(laid_out=False)
    place = make_study_place(study)
    client = client_as(make_researcher(study))
    page = reverse("studies:new_participant", args=[place.pk])
    form = client.get(page).content.decode()
    assert re.search(r'name="pseudonym" value="\w+', form)
    words = {"pseudonym": "Marie Durand", "role": "accompanied", "protection": "none", "language": "fr"}
    refused = client.post(page, words)
    assert refused.status_code == 422
    assert "ressemble à un nom" in refused.content.decode()
    added = client.post(page, {**words, "pseudonym": "Mésange"})
    with as_system("read test data", recorded=False):
        row = Participant.objects.get()
    assert added["Location"] == reverse("studies:ask", args=[row.pk])
    listed = reverse("studies:participants", args=[place.pk])
    assert "à demander" in client.get(listed).content.decode()
    chosen = {"voix": "person", "texte": "falc", "langue": "fr", "comment": "paper", "but": ["take_part", "quote"]}
    sitting = client.get(reverse("studies:ask", args=[row.pk]), chosen)["Location"]
    read = client.get(sitting).content.decode()
    assert "Voulez-vous participer" in read
    assert "pas maintenant" in read
    answers = {"answer_take_part": "yes", "answer_quote": "later", "said_on": "2026-02-03"}
    assert client.post(sitting, answers).status_code == 302
    assert agrees(row)
    assert not agrees(row, Purpose.QUOTE)
    shown = client.get(listed).content.decode()
    assert "oui" in shown
    assert "nu-tag--ok" in shown
    history = client.get(reverse("studies:participant", args=[row.pk])).content.decode()
    assert "sur papier, signé" in history
    assert "3 février 2026" in history
    assert "version simple" in history


def test_a_cross_on_the_screen_is_kept_with_each_answer_and_typing_does_as_well(client_as: ClientAs) -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place)
    client = client_as(lead_of(place.study))
    sitting = reverse("studies:sitting", args=[row.pk])
    chosen = "?voix=person&texte=pictograms&langue=fr&comment=on_screen&but=take_part&but=record_audio"
    page = client.get(sitting + chosen).content.decode()
    assert "data-nu-signature-canvas" in page
    assert "nu-pictures" in page
    yes = {"answer_take_part": "yes", "answer_record_audio": "no"}
    unconfirmed = client.post(sitting + chosen, {**yes, "typed": "", "strokes": ""})
    assert unconfirmed.status_code == 422
    assert "Dessinez une croix" in unconfirmed.content.decode()
    assert client.post(sitting + chosen, {**yes, "typed": "oui oui"}).status_code == 422
    assert client.post(sitting + chosen, {**yes, "strokes": "M1 1<script>"}).status_code == 422
    with as_system("read test data", recorded=False):
        assert not ConsentEvent.objects.exists()
    assert client.post(sitting + chosen, {**yes, "strokes": CROSS}).status_code == 302
    with as_system("read test data", recorded=False):
        assert set(ConsentSignature.objects.values_list("strokes", "event__purpose", "scope_mission")) == {
            (CROSS, "take_part", place.pk),
            (CROSS, "record_audio", place.pk),
        }
    assert CROSS in client.get(reverse("studies:participant", args=[row.pk])).content.decode()
    again = client.post(
        sitting + chosen, {"answer_take_part": "later", "answer_record_audio": "yes", "typed": "« Je confirme »"}
    )
    assert again.status_code == 302
    assert agrees(row, Purpose.RECORD_AUDIO)


def test_a_representative_is_needed_and_never_enough() -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place, protection=Protection.GUARDIANSHIP)
    answer(row)
    assert not agrees(row), "the representative has not answered"
    answer(row, voice=Voice.REPRESENTATIVE)
    assert agrees(row)
    alone = make_participant(place, pseudonym="Lierre", protection=Protection.MINOR)
    answer(alone, voice=Voice.REPRESENTATIVE)
    assert not agrees(alone), "the person has not answered"
    answer(alone, yes=False)
    assert not agrees(alone), "the dissent of the person wins"
    with acting_as(lead_of(place.study).pk) as asking:
        words = {one.participant.pseudonym: one.lines[0] for one in shown_participants(asking, place)}
    assert words["Mésange"].holds
    assert (str(words["Lierre"].word), words["Lierre"].kind) == ("non", "stop")
    curated = make_participant(place, pseudonym="Galet", protection=Protection.CURATORSHIP)
    answer(curated)
    assert agrees(curated), "under curatorship the person answers alone"
    free = make_participant(place, pseudonym="Dune")
    with pytest.raises(ValidationError, match="répond seule"):
        answer(free, voice=Voice.REPRESENTATIVE)


def test_a_measure_written_later_asks_for_the_representative() -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place)
    answer(row)
    assert agrees(row)
    with acting_as(lead_of(place.study).pk):
        Participant.objects.filter(pk=row.pk).update(protection=Protection.GUARDIANSHIP)
    assert not agrees(row)


def test_answers_end_are_renewed_and_taken_back(client_as: ClientAs) -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place)
    lead = lead_of(place.study)
    soon = timezone.localdate() + timedelta(days=12)
    answer(row, ends_on=soon)
    listed = client_as(lead).get(reverse("studies:participants", args=[place.pk]), {"voir": "bientot"})
    assert "bientôt fini" in listed.content.decode()
    (renewed,) = answer(row)
    assert renewed.expires_at is not None
    assert renewed.expires_at.date() > soon
    nobody = client_as(lead).get(reverse("studies:participants", args=[place.pk]), {"voir": "bientot"})
    assert "Personne dans ce cas" in nobody.content.decode()
    answer(row, yes=False, how=How.ORAL, witness="une éducatrice")
    assert not agrees(row)
    kinds = list(
        ConsentEvent.objects.using("system")
        .filter(object_id=row.pk)
        .order_by("position")
        .values_list("kind", flat=True)
    )
    assert kinds == ["given", "renewed", "withdrawn"]


def test_nothing_answered_is_nothing_written() -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place)
    with pytest.raises(ValidationError, match="Notez le jour"):
        answer(row, said_on=None)
    with pytest.raises(ValidationError, match="à venir"):
        answer(row, said_on=timezone.localdate() + timedelta(days=2))
    with pytest.raises(ValidationError, match="fonction"):
        answer(row, how=How.ORAL, witness=" ")
    with as_system("read test data", recorded=False):
        assert not ConsentEvent.objects.exists()


def _strangers(place: StudyPlace) -> dict[str, Account]:
    study = place.study
    team = circle_of(study, GroupKind.TEAM)
    people = {
        "référent": make_account(),
        "praticien-chercheur du lieu": make_account(Role.PRACTITIONER_RESEARCHER),
        "membre du groupe": make_account(),
        "comité": make_account(),
        "animateur": make_account(),
        "administrateur": make_account(Role.SITE_ADMIN),
        "inconnu": make_account(),
    }
    make_membership(people["référent"], place.institution, is_referent=True)
    make_membership(people["praticien-chercheur du lieu"], place.institution)
    seat_in(team, people["praticien-chercheur du lieu"], Part.PRACTITIONER)
    seat_in(team, people["animateur"], Part.FACILITATOR)
    seat_in(circle_of(study, GroupKind.COMMITTEE), people["comité"], Part.COMMITTEE)
    seat_in(circle_of(study, GroupKind.WORKING, place), people["membre du groupe"], Part.PARTICIPANT)
    return people


def test_nobody_of_the_place_and_no_administrator_reads_the_list(client_as: ClientAs) -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place)
    answer(row, how=How.ON_SCREEN)
    for who, account in _strangers(place).items():
        client = client_as(account)
        for name, target in (
            ("participants", place.pk),
            ("new_participant", place.pk),
            ("participant", row.pk),
            ("change_participant", row.pk),
            ("ask", row.pk),
            ("sitting", row.pk),
        ):
            assert client.get(reverse(f"studies:{name}", args=[target])).status_code == 404, (who, name)
        for name in ("leave_participant", "participant_card", "sitting"):
            assert client.post(reverse(f"studies:{name}", args=[row.pk])).status_code == 404, (who, name)
        with acting_as(account.pk):
            assert not Participant.objects.exists(), who
            assert not ConsentSignature.objects.exists(), who
            with pytest.raises(DatabaseError), transaction.atomic():
                Participant(
                    study=place.study, place=place, pseudonym="Intrus", role="other", scope_author=account.pk,
                    scope_mission=place.pk,
                ).save(force_insert=True)  # fmt: skip


def test_a_participant_stays_in_their_place_and_with_who_answers_for_them() -> None:
    study = make_study(laid_out=False)
    here, there = make_study_place(study), make_study_place(study, make_institution())
    row = make_participant(here)
    other = make_researcher(study)
    with acting_as(other.pk):
        with pytest.raises(DatabaseError), transaction.atomic():
            Participant.objects.filter(pk=row.pk).update(place=there)
        Participant.objects.filter(pk=row.pk).update(scope_author=other.pk)
    with as_system("read test data", recorded=False):
        row.refresh_from_db()
    assert (row.place_id, row.scope_author) == (here.pk, lead_of(study).pk)


def test_the_list_asks_the_database_as_often_for_two_as_for_twelve(client_as: ClientAs) -> None:
    place = make_study_place(make_study(laid_out=False))
    client = client_as(lead_of(place.study))
    page = reverse("studies:participants", args=[place.pk])
    counts = []
    for number in range(12):
        row = make_participant(place, pseudonym=f"Galet {number + 1}")
        answer(row, Purpose.TAKE_PART)
        if number in (1, 11):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 16, counts


def test_progress_tells_small_numbers_of_yes_and_of_no_apart_from_none(client_as: ClientAs) -> None:
    study = make_study(laid_out=False)
    place = make_study_place(study)
    member = make_account()
    seat_in(circle_of(study, GroupKind.COMMITTEE), member, Part.COMMITTEE)
    page = reverse("studies:progress", args=[study.pk])
    rows = [make_participant(place, pseudonym=f"Galet {number + 1}") for number in range(6)]
    for row in rows[:3]:
        answer(row, Purpose.TAKE_PART)
    assert "moins de 5" in client_as(member).get(page).content.decode()
    for row in rows[3:5]:
        answer(row, Purpose.TAKE_PART)
    answer(rows[5], Purpose.TAKE_PART, yes=False)
    shown = client_as(member).get(page).content.decode()
    assert "toutes, ou presque" in shown, "that one said no is not told"


def test_a_pseudonym_of_a_place_that_one_may_not_read_is_refused_in_words(client_as: ClientAs) -> None:
    study = make_study(laid_out=False)
    own, other = make_study_place(study), make_study_place(study)
    practitioner = make_account(Role.STUDY_RESEARCHER)
    make_membership(practitioner, own.institution)
    seat_in(circle_of(study, GroupKind.TEAM), practitioner, Part.PRACTITIONER)
    make_participant(own, pseudonym="Mésange")
    lierre = make_participant(other, pseudonym="Lierre")
    client = client_as(practitioner)
    given = {"pseudonym": "mésange", "role": "accompanied", "protection": "none", "language": "fr"}
    for address in (
        reverse("studies:new_participant", args=[other.pk]),
        reverse("studies:change_participant", args=[lierre.pk]),
    ):
        answered = client.post(address, given)
        assert answered.status_code == 422
        assert "Ce mot désigne déjà quelqu’un" in answered.content.decode()

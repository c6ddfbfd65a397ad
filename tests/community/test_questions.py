"""Asking peers and answering, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from nuserus.community.actions.words import QUESTIONS_A_DAY
from nuserus.community.enums import Content
from nuserus.community.models import Answer, Helped, Question
from nuserus.community.queries.questions import answers_of, unanswered_questions, unanswered_questions_for
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from nuserus.practices.models import Card, Sheet
from tests.factories.community import ANSWERED, ASKED, a_member, make_answer, make_hidden, make_question
from tests.factories.devices import get_device, make_deployment
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _page(question: Question) -> str:
    return reverse("questions:question", args=[question.pk])


def test_a_search_without_result_becomes_a_question_in_two_taps(client_as: ClientAs) -> None:
    asker = a_member()
    client = client_as(asker)
    nothing = client.get(reverse("sheets:results"), {"q": "trottinette brumisateur", "public": "enfants-autistes"})
    first_tap = f"{reverse('questions:ask')}?q=trottinette+brumisateur&amp;public=enfants-autistes"
    assert first_tap in nothing.content.decode()
    form = client.get(first_tap.replace("&amp;", "&"))
    assert 'value="trottinette brumisateur"' in form.content.decode()
    asked = {name: form.context["form"][name].value() for name in form.context["form"].fields}
    sent = client.post(reverse("questions:ask"), {name: value for name, value in asked.items() if value})
    assert sent.status_code == 302
    with acting_as(asker.pk):
        question = Question.objects.get()
    assert (question.title, question.publics) == ("trottinette brumisateur", ["enfants-autistes"])
    assert question.scope_level == Level.NETWORK
    found = client.get(reverse("sheets:results"), {"q": "brumisateur"}).content.decode()
    assert _page(question) in found


def test_visitors_find_public_questions_only_and_no_name(client_as: ClientAs) -> None:
    public = make_question(a_member("Zoé T."), "Une lampe qui parle ?", level=Level.PUBLIC)
    network = make_question(title="Une lampe qui écoute ?")
    visitor = client_as(None)
    listed = visitor.get(reverse("questions:list")).content.decode()
    assert _page(public) in listed
    assert _page(network) not in listed
    found = visitor.get(reverse("sheets:results"), {"q": "lampe"}).content.decode()
    assert _page(public) in found
    assert _page(network) not in found
    assert visitor.get(_page(network)).status_code == 404
    assert "Zoé" not in visitor.get(_page(public)).content.decode()
    assert "Zoé" in client_as(a_member()).get(_page(public)).content.decode()


def test_what_the_question_names_is_noted_with_it() -> None:
    question = make_question(title="Une tablette perdue dans le parc, que faire ?")
    assert question.devices == ["tablette"]
    assert question.families


def test_who_is_not_verified_reads_how_to_become_so(client_as: ClientAs) -> None:
    client = client_as(make_account())
    assert client.get(reverse("questions:ask")).status_code == 403
    assert client.post(reverse("questions:ask"), {"title": "Et moi ?", "level": "public"}).status_code == 403


def test_a_script_is_stopped_in_words_and_its_text_is_kept(client_as: ClientAs) -> None:
    asker = a_member()
    for number in range(QUESTIONS_A_DAY):
        make_question(asker, f"Question {number} ?")
    page = client_as(asker).post(reverse("questions:ask"), {"title": "Une de trop", "level": "network"})
    assert page.status_code == 422
    assert 'value="Une de trop"' in page.content.decode()
    assert "renvoyez-le demain" in page.content.decode()


@pytest.mark.parametrize("title", ["", "a" * 201, "\x00 \u202e"])
def test_impossible_questions_are_refused(client_as: ClientAs, title: str) -> None:
    page = client_as(a_member()).post(reverse("questions:ask"), {"title": title, "level": "network"})
    assert page.status_code == 422


def test_list_is_narrowed_and_costs_the_same_however_long(
    client_as: ClientAs, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    answered, waiting = (
        make_question(families=("tablette",)),
        make_question(title="Et le robot ?", families=("robotique-de-mediation",)),
    )
    make_answer(answered)
    client = client_as(a_member())
    client.get(reverse("questions:list"))
    unanswered = client.get(reverse("questions:list"), {"sans-reponse": "1"}).content.decode()
    assert _page(waiting) in unanswered
    assert _page(answered) not in unanswered
    about = client.get(reverse("questions:list"), {"famille": "robotique-de-mediation"}).content.decode()
    assert _page(answered) not in about
    for number in range(6):
        make_question(title=f"Encore {number} ?")
    with django_assert_max_num_queries(12):
        client.get(reverse("questions:list"))


def test_answer_points_to_sheets_found_on_the_spot_and_who_asked_is_told(client_as: ClientAs) -> None:
    asker = a_member("Odile")
    question = make_question(asker)
    sheet = make_sheet(title="Des veilleuses pour la nuit")
    client = client_as(a_member("Paul"))
    looked = client.post(_page(question), {"text": ANSWERED, "words": "veilleuses", "chercher": "1"})
    assert looked.status_code == 200
    assert "La veilleuse la rend" in looked.content.decode()
    assert f'value="{sheet.pk}"' in looked.content.decode()
    assert client.post(_page(question), {"text": ANSWERED, "sheets": [str(sheet.pk)]}).status_code == 302
    read = client_as(asker).get(_page(question)).content.decode()
    assert "Des veilleuses pour la nuit" in read
    with acting_as(asker.pk):
        assert [notice.kind for notice in Notice.objects.all()] == ["community.answer"]


def test_those_who_may_not_answer_read_only(client_as: ClientAs) -> None:
    question = make_question(level=Level.PUBLIC)
    assert client_as(make_account()).post(_page(question), {"text": "Moi"}).status_code == 403
    assert "Se connecter pour répondre" in client_as(None).get(_page(question)).content.decode()


def test_what_helped_comes_first_and_the_rest_keeps_its_order(client_as: ClientAs) -> None:
    asker = a_member()
    question = make_question(asker)
    answers = [make_answer(question, text=f"Réponse {number}") for number in range(4)]
    client = client_as(asker)
    for answer in (answers[3], answers[1]):
        client.post(reverse("questions:helped", args=[answer.pk]), {"aide": "1"})
    with acting_as(asker.pk) as asking:
        order = [line.answer.text for line in answers_of(asking, question)]
    assert order == ["Réponse 1", "Réponse 3", "Réponse 0", "Réponse 2"]
    with acting_as(answers[3].author_id):
        assert Notice.objects.get().kind == "community.helped"
    client.post(reverse("questions:helped", args=[answers[1].pk]), {"aide": "0"})
    with acting_as(asker.pk) as asking:
        assert next(line.answer.text for line in answers_of(asking, question)) == "Réponse 3"


def test_only_who_asked_says_that_it_helps(client_as: ClientAs) -> None:
    question = make_question()
    answer = make_answer(question)
    assert client_as(a_member()).post(reverse("questions:helped", args=[answer.pk])).status_code == 403
    forger = a_member()
    with acting_as(forger.pk), pytest.raises(DatabaseError, match="only who asked"):
        Helped.objects.create(answer=answer, author=forger, scope_level=Level.NETWORK, scope_author=forger.pk)


def test_answer_becomes_a_sheet_of_who_gave_it_with_links_both_ways(client_as: ClientAs) -> None:
    question = make_question(
        title="Que faire de la tablette la nuit ?", publics=("enfants-autistes",), level=Level.PUBLIC
    )
    peer = a_member("Paul")
    answer = make_answer(question, peer)
    assert client_as(a_member()).post(reverse("questions:become", args=[answer.pk])).status_code == 403
    client = client_as(peer)
    for _twice in range(2):
        assert client.post(reverse("questions:become", args=[answer.pk])).status_code == 302
    with acting_as(peer.pk):
        sheet = Sheet.objects.get()
        texts = list(Card.objects.filter(sheet=sheet).order_by("position").values_list("text", flat=True))
    assert texts == ["Nous la branchons au poste de soins.", "La veilleuse la rend au lever."]
    assert (sheet.author_id, sheet.devices, sheet.publics) == (peer.pk, ["tablette"], ["enfants-autistes"])
    assert reverse("telling:sheet", args=[sheet.pk]) in client.get(_page(question)).content.decode()
    with as_system("publish it"):
        Sheet.objects.filter(pk=sheet.pk).update(
            status="published", scope_level="public", version=1, title="La nuit", published_at="2026-01-01T00:00Z",
            licence_accepted_at="2026-01-01T00:00Z",
        )  # fmt: skip
    visitor = client_as(None)
    assert "La nuit" in visitor.get(_page(question)).content.decode()
    around = visitor.get(reverse("discussion:sheet", args=[sheet.pk]), headers={"HX-Request": "true"})
    assert _page(question) in around.content.decode()


def test_unanswered_questions_reach_those_who_own_the_device() -> None:
    place = make_institution()
    owner = a_member("Iris", place)
    make_deployment(place, get_device("tablette"))
    about = make_question(title="Une tablette pour deux ?")
    make_question(title="Quel robot choisir ?", families=("robotique-de-mediation",))
    make_answer(make_question(title="Ma tablette chauffe, et la vôtre ?"))
    with acting_as(owner.pk) as asking:
        assert [one.pk for one in unanswered_questions_for(asking)] == [about.pk]
        assert unanswered_questions(asking, 3)[0].pk == about.pk
        assert len(unanswered_questions(asking, 3)) == 2
    with acting_as(a_member().pk) as asking:
        assert unanswered_questions_for(asking) == []


def test_one_takes_back_an_answer_that_helped_and_a_question_nobody_answered(client_as: ClientAs) -> None:
    asker = a_member()
    question, alone = make_question(asker), make_question(asker, "Personne ?")
    answer = make_answer(question)
    client = client_as(asker)
    client.post(reverse("questions:helped", args=[answer.pk]))
    client.post(reverse("questions:remove", args=[question.pk]))
    client.post(reverse("questions:remove", args=[alone.pk]))
    assert client_as(asker).post(reverse("questions:remove_answer", args=[answer.pk])).status_code == 403
    author = client_as(Account.objects.get(pk=answer.author_id))
    assert author.post(reverse("questions:remove_answer", args=[answer.pk])).status_code == 302
    with as_system("look"):
        assert list(Question.objects.values_list("title", flat=True)) == [ASKED]
        assert not Answer.objects.exists()
        assert not Helped.objects.exists()


def test_a_question_stays_with_what_its_author_does_not_see(client_as: ClientAs) -> None:
    asker = a_member()
    masked, question = make_question(asker, "Masquée ?"), make_question(asker)
    make_answer(masked)
    make_hidden(Content.QUESTION, masked.pk)
    make_hidden(Content.ANSWER, make_answer(question).pk)
    for one in (masked, question):
        assert client_as(asker).post(reverse("questions:remove", args=[one.pk])).status_code == 302
    with acting_as(asker.pk):
        assert Question.objects.count() == 2


def test_answers_of_a_hidden_question_are_closed_with_it() -> None:
    question = make_question(level=Level.PUBLIC)
    answer = make_answer(question)
    with acting_as(None):
        assert Answer.objects.filter(pk=answer.pk).exists()
    make_hidden(Content.QUESTION, question.pk)
    with acting_as(None):
        assert not Answer.objects.filter(pk=answer.pk).exists()
    with acting_as(answer.author_id):
        assert Answer.objects.filter(pk=answer.pk).exists()


def test_what_may_point_at_somebody_is_said_before_sending(client_as: ClientAs) -> None:
    client = client_as(a_member())
    told = {"title": "Mme Durand refuse la tablette, que faire ?", "level": "network"}
    warned = client.post(reverse("questions:ask"), told)
    assert warned.status_code == 422
    assert "Mme Durand" in warned.content.decode().split("nu-error-summary")[1][:2000]
    assert 'type="checkbox" name="reread"' in warned.content.decode()
    assert client.post(reverse("questions:ask"), {**told, "reread": "on"}).status_code == 302
    question = make_question()
    page = client.post(_page(question), {"text": "Appelez-moi au 06 12 34 56 78."})
    assert page.status_code == 422
    assert "06 12 34 56 78" in page.content.decode()

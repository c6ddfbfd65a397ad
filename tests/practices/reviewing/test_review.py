"""Peer review: who gets a sheet, what they may do, and that no decision goes without its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.publish import publish_changes, publish_own_sheet
from nuserus.practices.actions.review import (
    comment_card,
    pass_on_review,
    publish_sheet,
    return_sheet,
    take_review,
)
from nuserus.practices.actions.send import send_sheet, take_back_sheet, withdraw_sheet
from nuserus.practices.enums import Decision, SheetEventKind, SheetStatus
from nuserus.practices.models import AbsentSheet, Card, Contributor, Review, Sheet, SheetEvent
from nuserus.practices.queries.reviews import (
    comments_to_answer,
    is_trusted,
    owned_review,
    reviews_owned_by,
    time_left,
    unowned_reviews,
)
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.practices import (
    COMPLETED,
    answer,
    get_sheet,
    make_complete,
    make_cover,
    make_draft,
    make_published,
    make_sent,
    make_told,
)
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")


def make_reviewer(name: str = "Inès") -> Account:
    return make_account(Role.REVIEWER, name=name)


def owner_of(review: Review) -> Account | None:
    with as_system("test: who owns a review"):
        return Review.objects.select_related("reviewer").get(pk=review.pk).reviewer


def kinds_of(sheet: Sheet) -> list[str]:
    with acting_as(sheet.author_id):
        return list(SheetEvent.objects.filter(sheet=sheet).order_by("at", "id").values_list("kind", flat=True))


def test_sending_names_a_reviewer_for_72_hours() -> None:
    reviewer = make_reviewer()
    sheet, review = make_sent()
    assert sheet.status == SheetStatus.IN_REVIEW
    assert sheet.licence_accepted_at is not None
    assert review.reviewer_id == reviewer.pk
    assert timedelta(hours=71) < review.due_at - timezone.now() <= timedelta(hours=72)
    assert kinds_of(sheet) == ["started", "sent", "assigned"]
    with acting_as(reviewer.pk) as asking:
        assert sheet.pk in asking.missions
        assert [owned.pk for owned in reviews_owned_by(asking)] == [review.pk]


def test_the_least_busy_reviewer_is_picked() -> None:
    first, second = make_reviewer(), make_reviewer()
    picked = [make_sent()[1].reviewer_id for _ in range(4)]
    assert sorted(picked, key=str) == sorted([first.pk, second.pk] * 2, key=str)


def test_a_reviewer_from_elsewhere_is_preferred_even_when_busier() -> None:
    institution = make_institution()
    near = make_reviewer()
    make_membership(near, institution)
    far = make_reviewer()
    assert {make_sent(make_member(institution))[1].reviewer_id for _ in range(2)} == {far.pk}


def test_an_author_never_reviews_their_own_sheet() -> None:
    author = make_member(make_institution(), Role.REVIEWER)
    sheet, review = make_sent(author)
    assert review.reviewer_id is None
    with acting_as(author.pk) as asking:
        assert unowned_reviews() == []
        assert take_review(actor=asking, review_id=review.pk) is None
    assert sheet.status == SheetStatus.IN_REVIEW


def test_a_contributor_never_reviews() -> None:
    writer, other = make_reviewer(), make_reviewer()
    sheet = make_told()
    with acting_as(sheet.author_id) as asking:
        Contributor.objects.create(sheet=sheet, account=writer, name="W", contribution="temoin")
        review = send_sheet(actor=asking, sheet=sheet, licence_accepted=True)
    assert review.reviewer_id == other.pk


def test_without_a_reviewer_the_next_one_takes_it_and_knows_nothing_before() -> None:
    sheet, review = make_sent()
    assert review.reviewer_id is None
    reviewer = make_reviewer()
    with acting_as(reviewer.pk) as asking:
        assert [line.id for line in unowned_reviews()] == [review.pk]
        assert not Sheet.objects.filter(pk=sheet.pk).exists()
        assert take_review(actor=asking, review_id=review.pk) == sheet.pk
        assert Sheet.objects.filter(pk=sheet.pk).exists()
    with acting_as(make_reviewer().pk) as asking:
        assert unowned_reviews() == []
        assert take_review(actor=asking, review_id=review.pk) is None


def test_who_is_not_a_reviewer_sees_no_queue_and_takes_nothing() -> None:
    _, review = make_sent()
    member = make_member(make_institution())
    with acting_as(member.pk) as asking:
        assert unowned_reviews() == []
        with pytest.raises(PermissionDenied):
            take_review(actor=asking, review_id=review.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nuserus_take_review(%s, %s)", [review.pk, review.pk])
            assert cursor.fetchone() == (None,)
            cursor.execute("SELECT nuserus_pick_reviewer(%s, NULL)", [review.sheet_id])
            assert cursor.fetchone() == (None,)


def test_publishing_opens_the_sheet_to_all_and_frees_the_reviewer() -> None:
    reviewer = make_reviewer("Inès")
    sheet = make_published()
    with acting_as(None):
        public = Sheet.objects.get(pk=sheet.pk)
        names = set(Contributor.objects.filter(sheet=sheet).values_list("name", "contribution"))
        assert Card.objects.filter(sheet=sheet).count() == 2
        assert Review.objects.count() == SheetEvent.objects.count() == 0
    assert (public.status, public.version, public.scope_level) == (SheetStatus.PUBLISHED, 1, Level.PUBLIC)
    assert public.published_at is not None
    assert public.review_date is not None
    assert (public.review_date - timezone.localdate()).days == 365
    assert names == {("Nadia", "ecriture"), ("Inès", "relecture")}
    with acting_as(reviewer.pk) as asking:
        assert sheet.pk not in asking.missions
        assert Sheet.objects.filter(pk=sheet.pk).exists()
        assert not Review.objects.exists()


def test_nothing_is_published_before_it_is_complete() -> None:
    make_reviewer()
    sheet, review = make_sent(complete=False)
    with acting_as(review.reviewer_id) as asking, pytest.raises(ValidationError) as refusal:
        publish_sheet(actor=asking, review=review)
    assert "la version simple, en cinq lignes" in refusal.value.messages
    assert get_sheet(sheet).status == SheetStatus.IN_REVIEW
    with acting_as(sheet.author_id):
        assert not Contributor.objects.filter(sheet=sheet, contribution="relecture").exists()


def test_a_photo_needs_its_words() -> None:
    make_reviewer()
    sheet = make_complete()
    make_cover(sheet, alternative="")
    with acting_as(sheet.author_id) as asking:
        review = send_sheet(actor=asking, sheet=sheet, licence_accepted=True)
    with acting_as(review.reviewer_id) as asking, pytest.raises(ValidationError, match="photo"):
        publish_sheet(actor=asking, review=review)


def test_returning_needs_a_reason() -> None:
    make_reviewer()
    sheet, review = make_sent()
    with acting_as(review.reviewer_id) as asking:
        for reasons, message in (([], ""), ([], "  "), (["inconnue"], "Mot.")):
            with pytest.raises(ValidationError):
                return_sheet(actor=asking, review=review, reasons=reasons, message=message)
    assert get_sheet(sheet).status == SheetStatus.IN_REVIEW


def test_the_database_itself_refuses_a_return_without_reason() -> None:
    make_reviewer()
    _, review = make_sent()
    with acting_as(review.reviewer_id), pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(decision=Decision.REWORK, decided_at=timezone.now())


def test_returned_with_remarks_reworked_and_sent_to_the_same_peer() -> None:
    make_reviewer()
    make_reviewer()
    sheet, review = make_sent()
    with acting_as(review.reviewer_id) as asking:
        card = Card.objects.filter(sheet=sheet).first()
        comment_card(actor=asking, review=review, card=card, text="Qui tient l’appareil ?")
        comment_card(actor=asking, review=review, question="public", text="De quel âge ?")
        return_sheet(actor=asking, review=review, reasons=["gestes-a-preciser"], message="Bravo.")
    sheet = get_sheet(sheet)
    assert sheet.status == SheetStatus.TO_REWORK
    with acting_as(review.reviewer_id) as asking:
        assert not Sheet.objects.filter(pk=sheet.pk).exists()
    with acting_as(sheet.author_id) as asking:
        assert [comment.text for comment in comments_to_answer(sheet)] == ["Qui tient l’appareil ?", "De quel âge ?"]
        event = SheetEvent.objects.get(sheet=sheet, kind=SheetEventKind.RETURNED)
        assert event.reason == "On aimerait voir les gestes\nBravo."
    answer(sheet, sheet.author, "did", {"text_1": "Une éducatrice tient l’appareil."})
    with acting_as(sheet.author_id) as asking:
        again = send_sheet(actor=asking, sheet=sheet, licence_accepted=True)
    assert again.reviewer_id == review.reviewer_id


def test_a_reviewer_completes_what_is_empty_and_changes_no_word() -> None:
    reviewer = make_reviewer()
    sheet, review = make_sent(complete=False)
    for question, fields in COMPLETED.items():
        answer(sheet, reviewer, question, fields)
    answer(sheet, reviewer, "simple", {"simple_version": "Mieux dit."})
    with pytest.raises(PermissionDenied):
        answer(sheet, reviewer, "intention", {"intention": "Mes mots."})
    assert get_sheet(sheet).simple_version == "Mieux dit."
    assert kinds_of(sheet).count("completed") == 3
    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=review)
    assert get_sheet(sheet).status == SheetStatus.PUBLISHED


@pytest.mark.parametrize(
    ("question", "fields"),
    [("simple", {"simple_version": "Autre chose."}), ("ethics", {"qui-voit": "Tout le monde."})],
)
def test_a_reviewer_leaves_what_the_author_wrote(question: str, fields: dict[str, str]) -> None:
    reviewer = make_reviewer()
    sheet, _ = make_sent()
    with pytest.raises(ValidationError):
        answer(sheet, reviewer, question, fields)


def test_passing_on_keeps_the_hour_and_closes_the_sheet_to_who_passed() -> None:
    first, second = make_reviewer(), make_reviewer()
    sheet, review = make_sent()
    holder, other = (first, second) if review.reviewer_id == first.pk else (second, first)
    with acting_as(holder.pk) as asking:
        pass_on_review(actor=asking, review=review, reason="Je pars en congé.")
    assert owner_of(review) == other
    with acting_as(holder.pk) as asking:
        assert not Sheet.objects.filter(pk=sheet.pk).exists()
        with pytest.raises(Unreadable):
            owned_review(asking, review.pk)
    with acting_as(other.pk) as asking:
        assert owned_review(asking, review.pk).due_at == review.due_at


def test_passing_on_when_nobody_else_reviews_leaves_it_to_the_next() -> None:
    holder = make_reviewer()
    _, review = make_sent()
    with acting_as(holder.pk) as asking:
        pass_on_review(actor=asking, review=review)
    assert owner_of(review) is None


def test_somebody_elses_review_is_not_decided() -> None:
    make_reviewer()
    sheet, review = make_sent()
    stranger = make_reviewer()
    for decide in (publish_sheet, pass_on_review):
        with acting_as(stranger.pk) as asking, pytest.raises(Unreadable):
            decide(actor=asking, review=review)
    with acting_as(sheet.author_id) as asking, pytest.raises(PermissionDenied):
        publish_sheet(actor=asking, review=review)


def test_a_decision_is_taken_once() -> None:
    make_reviewer()
    _, review = make_sent()
    with acting_as(review.reviewer_id) as asking:
        publish_sheet(actor=asking, review=review)
        with pytest.raises(ValidationError):
            return_sheet(actor=asking, review=review, reasons=[], message="Non.")


def test_taking_back_frees_the_reviewer() -> None:
    reviewer = make_reviewer()
    sheet, _ = make_sent()
    with acting_as(sheet.author_id) as asking:
        take_back_sheet(actor=asking, sheet=sheet)
    assert get_sheet(sheet).status == SheetStatus.DRAFT
    with acting_as(reviewer.pk):
        assert not Sheet.objects.filter(pk=sheet.pk).exists()
    answer(sheet, sheet.author, "intention", {"intention": "Encore."})


def test_trust_comes_with_two_published_sheets() -> None:
    make_reviewer()
    author = make_member(make_institution())
    make_published(author)
    sheet, _ = make_sent(author)
    with acting_as(author.pk) as asking:
        assert not is_trusted(asking)
        with pytest.raises(PermissionDenied):
            publish_own_sheet(actor=asking, sheet=sheet)
    make_published(author)
    with acting_as(author.pk) as asking:
        assert is_trusted(asking)
        publish_own_sheet(actor=asking, sheet=sheet)
    assert get_sheet(sheet).status == SheetStatus.PUBLISHED
    with acting_as(author.pk):
        review = Review.objects.get(sheet=sheet)
        assert review.after_publication
        assert review.decided_at is None
    with acting_as(review.reviewer_id) as asking:
        publish_sheet(actor=asking, review=review)
    assert kinds_of(sheet)[-1] == "confirmed"


def test_a_trusted_author_does_not_publish_what_lacks() -> None:
    make_reviewer()
    author = make_member(make_institution())
    make_published(author)
    make_published(author)
    sheet, _ = make_sent(author, complete=False)
    with acting_as(author.pk) as asking, pytest.raises(ValidationError):
        publish_own_sheet(actor=asking, sheet=sheet)


def test_returned_after_publication_the_sheet_leaves_the_public_and_its_place_stays() -> None:
    make_reviewer()
    sheet = make_published()
    answer(sheet, sheet.author, "intention", {"intention": "Léo est content."})
    with acting_as(sheet.author_id) as asking:
        publish_changes(actor=asking, sheet=sheet)
        review = Review.objects.get(sheet=sheet, decided_at=None)
    with acting_as(review.reviewer_id) as asking:
        return_sheet(actor=asking, review=review, reasons=["personne-reconnaissable"])
    with acting_as(None):
        assert not Sheet.objects.filter(pk=sheet.pk).exists()
        assert not Card.objects.filter(sheet=sheet).exists()
        assert AbsentSheet.objects.get(pk=sheet.pk).kind == "reworked"
    answer(sheet, sheet.author, "intention", {"intention": "Un enfant est content."})
    with acting_as(sheet.author_id) as asking:
        again = send_sheet(actor=asking, sheet=get_sheet(sheet), licence_accepted=True)
    with acting_as(again.reviewer_id) as asking:
        publish_sheet(actor=asking, review=again)
    with acting_as(None):
        assert Sheet.objects.get(pk=sheet.pk).version == 3
        assert not AbsentSheet.objects.exists()


def test_what_is_typed_after_publication_waits_for_its_author() -> None:
    make_reviewer()
    sheet = make_published()
    answer(sheet, sheet.author, "intention", {"intention": "Nouveau."})
    assert get_sheet(sheet).intention == ""
    with acting_as(sheet.author_id) as asking:
        assert publish_changes(actor=asking, sheet=sheet, what="l’intention") == 2
        with pytest.raises(ValidationError):
            publish_changes(actor=asking, sheet=sheet)
        event = SheetEvent.objects.get(sheet=sheet, kind=SheetEventKind.CHANGED)
    assert (event.reason, event.version) == ("l’intention", 2)
    assert (get_sheet(sheet).intention, get_sheet(sheet).version) == ("Nouveau.", 2)


def test_a_change_that_would_leave_a_hole_is_not_published() -> None:
    make_reviewer()
    sheet = make_published()
    answer(sheet, sheet.author, "did", {"text_1": "", "text_2": ""})
    with acting_as(sheet.author_id) as asking, pytest.raises(ValidationError):
        publish_changes(actor=asking, sheet=sheet)
    with acting_as(None):
        assert Card.objects.filter(sheet=sheet).count() == 2


def test_withdrawing_hides_every_word_and_keeps_the_place() -> None:
    make_reviewer()
    sheet = make_published()
    with acting_as(sheet.author_id) as asking:
        withdraw_sheet(actor=asking, sheet=sheet, reason="Je change de métier.")
    with acting_as(None):
        assert not Sheet.objects.exists()
        assert not Card.objects.exists()
        assert not Contributor.objects.exists()
        assert AbsentSheet.objects.get(pk=sheet.pk).kind == "withdrawn"
    with acting_as(sheet.author_id) as asking:
        assert Sheet.objects.get(pk=sheet.pk).status == SheetStatus.WITHDRAWN
        with pytest.raises(ValidationError):
            withdraw_sheet(actor=asking, sheet=sheet)


def test_only_the_author_withdraws() -> None:
    reviewer = make_reviewer()
    sheet = make_published()
    with acting_as(reviewer.pk) as asking, pytest.raises(PermissionDenied):
        withdraw_sheet(actor=asking, sheet=sheet)


def test_a_draft_is_thrown_away_without_a_trace_for_others() -> None:
    sheet = make_draft()
    with acting_as(sheet.author_id) as asking:
        withdraw_sheet(actor=asking, sheet=sheet)
    with acting_as(None):
        assert not AbsentSheet.objects.exists()


def test_sending_asks_for_the_licence_and_what_suffices() -> None:
    sheet = make_draft()
    with acting_as(sheet.author_id) as asking:
        with pytest.raises(ValidationError, match="licence"):
            send_sheet(actor=asking, sheet=make_told(sheet.author), licence_accepted=False)
        with pytest.raises(ValidationError) as refusal:
            send_sheet(actor=asking, sheet=sheet, licence_accepted=True)
    assert len(refusal.value.messages) == 3


def test_the_history_is_only_added_to() -> None:
    sheet = make_draft()
    from django.db import ProgrammingError

    with acting_as(sheet.author_id):
        for change in ("UPDATE practices_sheetevent SET reason = 'x'", "DELETE FROM practices_answersave"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(40.5, "encore 40 h"), (0.5, "encore moins d’une heure"), (-0.5, "un peu en retard"), (-3.2, "en retard de 3 h")],
)
def test_the_promise_in_words(hours: float, words: str) -> None:
    now = timezone.now()
    assert time_left(now + timedelta(hours=hours), now) == words

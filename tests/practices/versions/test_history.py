"""The history of a sheet, as people read it and as its authors use it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.adapt import adapt_sheet
from nuserus.practices.actions.publish import publish_changes
from nuserus.practices.actions.restoring import restore_version
from nuserus.practices.actions.review import publish_sheet, return_sheet
from nuserus.practices.actions.send import withdraw_sheet
from nuserus.practices.actions.versions import close_version
from nuserus.practices.enums.versions import ClosingReason
from nuserus.practices.models import AnswerSave, Card, Review, Sheet, SheetVersion, VersionContent
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_published
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")

WORDS = "Je préfère la photo du bus, dit-il."


def change(sheet: Sheet, what: str, **answers: dict[str, object]) -> int:
    """Type answers in a published sheet, and publish them."""
    for question, fields in answers.items():
        answer(sheet, sheet.author, question, fields)
    with acting_as(sheet.author_id) as asking:
        return publish_changes(actor=asking, sheet=sheet, what=what)


@pytest.fixture
def reviewer() -> Account:
    return make_account(Role.REVIEWER, name="Étienne")


@pytest.fixture
def sheet(reviewer: Account) -> Sheet:
    """A sheet at its third version."""
    sheet = make_published()
    change(sheet, "la deuxième étape", did={"text_1": "Nous photographions le car.", "text_2": "Chacun range les photos.",
                                            "text_3": "On en parle."})  # fmt: skip
    change(
        sheet, "ses paroles", more={"role_of_person": WORDS, "evidence": "recit"}, intention={"intention": "Calmer."}
    )
    return get_sheet(sheet)


def page(client: Client, name: str, sheet: Sheet, *more: object, query: str = "") -> str:
    reply = client.get(reverse(name, args=[sheet.pk, *more]) + query)
    assert reply.status_code == 200, reply.status_code
    return " ".join(reply.content.decode().split())


def version(sheet: Sheet, number: int) -> SheetVersion:
    with acting_as(sheet.author_id):
        return SheetVersion.objects.select_related("sheet").get(sheet=sheet, number=number)


def close(sheet: Sheet, number: int, by: Account, reason: ClosingReason = ClosingReason.WORDS) -> None:
    with acting_as(by.pk) as asking:
        close_version(actor=asking, version=version(sheet, number), reason=reason)


def test_visitors_read_who_when_and_what_changed_in_words(client: Client, sheet: Sheet) -> None:
    said = page(client, "sheets:history", sheet)
    assert "3 versions ont été publiées" in said
    assert "la deuxième étape" in said and "Étape 3 (ajouté)" in said and "de ses proches (ajouté)" in said
    assert said.count("Nadia") >= 3 and "relue par Étienne" in said
    assert said.index("Version 3") < said.index("Version 1")


def test_page_of_the_sheet_names_its_version_and_its_history(client: Client, sheet: Sheet) -> None:
    said = page(client, "sheets:detail", sheet)
    assert "Version 3, du" in said and reverse("sheets:history", args=[sheet.pk]) in said
    data = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', said)[1])
    assert data["version"] == "3" and data["dateModified"] == version(sheet, 3).made_at.date().isoformat()
    change(sheet, "encore", intention={"intention": "Calmer les départs."})
    assert "Version 4, du" in page(client, "sheets:detail", sheet)


def test_differences_are_said_in_marks_and_in_words(client: Client, sheet: Sheet) -> None:
    said = page(client, "sheets:compare", sheet, query="?de=3&a=1")
    assert "De la version 1" in said and "à la version 3" in said
    assert '<ins><span class="nu-hidden">ajouté : </span>Calmer.' in said
    assert "Étape 2" in said and "<del>" in said and "retiré : " in said
    assert "Étape 1" not in said
    nothing = page(client, "sheets:compare", sheet, query="?de=2&a=2")
    assert "Les mots sont les mêmes" in nothing


@pytest.mark.parametrize("query", ["?de=1&a=9", "?de=x&a=1", "?de=1"])
def test_versions_that_are_not_there_are_not_compared(client: Client, sheet: Sheet, query: str) -> None:
    assert client.get(reverse("sheets:compare", args=[sheet.pk]) + query).status_code == 422


def test_a_version_is_read_as_it_was(client: Client, sheet: Sheet) -> None:
    said = page(client, "sheets:version", sheet, 2)
    assert "On en parle." in said and WORDS not in said and "Une version d’avant" in said
    assert client.get(reverse("sheets:version", args=[sheet.pk, 9])).status_code == 404


def test_restoring_is_a_new_version_with_the_old_words(
    client_as: Callable[[Account], Client], client: Client, sheet: Sheet
) -> None:
    author = client_as(sheet.author)
    assert "Rétablir cette version" in page(author, "sheets:version", sheet, 1)
    assert "Rétablir cette version" not in page(client, "sheets:version", sheet, 1)
    author.post(reverse("sheets:restore", args=[sheet.pk, 1]))
    with acting_as(None):
        now = Sheet.objects.get(pk=sheet.pk)
        contents = dict(VersionContent.objects.filter(version__sheet=sheet).values_list("version__number", "content"))
        cards = list(Card.objects.filter(sheet=sheet).order_by("position").values_list("text", flat=True))
    assert (now.version, now.role_of_person, now.intention) == (4, "", "")
    assert cards == ["Nous photographions le car.", "L’enfant range les photos."]
    same = {name for name in contents[1] if name != "cards"}
    assert {name: contents[4][name] for name in same} == {name: contents[1][name] for name in same}
    said = page(client, "sheets:history", sheet)
    assert "Rétablit la version 1" in said and "4 versions" in said
    with acting_as(sheet.author_id):
        assert Review.objects.filter(sheet=sheet, decided_at=None, after_publication=True).count() == 1
        assert AnswerSave.objects.filter(sheet=sheet, question="intention").count() == 2


def test_restoring_waits_for_what_is_typed_and_refuses_what_changes_nothing(sheet: Sheet) -> None:
    with acting_as(sheet.author_id) as asking, pytest.raises(ValidationError, match="dit déjà la même chose"):
        restore_version(actor=asking, sheet=sheet, version=version(sheet, 3))
    answer(sheet, sheet.author, "intention", {"intention": "En cours."})
    with acting_as(sheet.author_id) as asking, pytest.raises(ValidationError, match="attendent"):
        restore_version(actor=asking, sheet=sheet, version=version(sheet, 1))


def test_only_those_who_write_restore(client_as: Callable[[Account], Client], sheet: Sheet, reviewer: Account) -> None:
    for other in (make_member(make_institution()), reviewer):
        reply = client_as(other).post(reverse("sheets:restore", args=[sheet.pk, 1]))
        assert reply.status_code == 403
    with acting_as(reviewer.pk) as asking, pytest.raises(PermissionDenied):
        restore_version(actor=asking, sheet=sheet, version=version(sheet, 1))


def test_a_closed_version_keeps_its_line_and_nothing_of_its_words(
    client_as: Callable[[Account], Client], client: Client, sheet: Sheet
) -> None:
    change(sheet, "sans ses paroles", more={"role_of_person": "", "evidence": "recit"})
    author = client_as(sheet.author)
    assert WORDS in page(client, "sheets:version", sheet, 3)
    address = reverse("sheets:close_version", args=[sheet.pk, 3])
    assert author.post(address, {}).status_code == 422
    assert author.post(address, {"why": "moderated"}).status_code == 422
    assert author.post(address, {"why": "words"}).status_code == 302
    for reader in (client, author):
        gone = reader.get(reverse("sheets:version", args=[sheet.pk, 3]))
        assert gone.status_code == 410 and WORDS not in gone.content.decode()
        said = page(reader, "sheets:history", sheet)
        assert "une personne a retiré ses paroles" in said and WORDS not in said
        assert "on ne peut plus dire ce qui a changé" in said
    assert client.get(reverse("sheets:compare", args=[sheet.pk]) + "?de=3&a=4").status_code == 422
    with acting_as(sheet.author_id):
        assert not VersionContent.objects.filter(version__sheet=sheet, version__number=3).exists()


def test_who_closes_and_what(sheet: Sheet, reviewer: Account) -> None:
    moderator, stranger = make_account(Role.MODERATOR), make_member(make_institution())
    with pytest.raises(PermissionDenied):
        close(sheet, 1, stranger)
    with pytest.raises(PermissionDenied, match="modération"):
        close(sheet, 1, sheet.author, ClosingReason.MODERATED)
    with pytest.raises(ValidationError, match="tout le monde lit"):
        close(sheet, 3, sheet.author)
    close(sheet, 1, moderator, ClosingReason.MODERATED)
    closed = version(sheet, 1)
    assert (closed.closed_reason, closed.closed_by_id) == ("moderated", moderator.pk)


def test_withdrawn_sheet_takes_its_history_with_it(client: Client, sheet: Sheet) -> None:
    with acting_as(sheet.author_id) as asking:
        withdraw_sheet(actor=asking, sheet=sheet)
    for name, more in (("sheets:history", ()), ("sheets:version", (1,)), ("sheets:compare", ())):
        assert client.get(reverse(name, args=[sheet.pk, *more])).status_code == 404
    with acting_as(None):
        assert not SheetVersion.objects.filter(sheet=sheet).exists()
        assert not VersionContent.objects.exists()


def test_what_a_peer_gives_back_does_not_come_back_with_the_sheet(sheet: Sheet, reviewer: Account) -> None:
    with acting_as(reviewer.pk) as asking:
        review = Review.objects.get(sheet=sheet, decided_at=None)
        return_sheet(actor=asking, review=review, reasons=[], message="On reconnaît quelqu’un.")
    reasons = {number: version(sheet, number).closed_reason for number in (1, 2, 3)}
    assert reasons == {1: "", 2: "reviewed", 3: "reviewed"}


def test_what_a_peer_completes_is_published_with_their_word(sheet: Sheet, reviewer: Account) -> None:
    answer(sheet, reviewer, "facets", {
        "axes": ["relation-interpersonnelle"], "planes": ["accompagnement-personnes"], "ways": ["avec"],
        "modalities": ["copresence"], "themes": ["vie-quotidienne"], "trades": ["educateur-specialise"],
    })  # fmt: skip
    assert get_sheet(sheet).trades == []
    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=Review.objects.get(sheet=sheet, decided_at=None))
    now = get_sheet(sheet)
    assert (now.version, now.trades) == (4, ["educateur-specialise"])
    assert version(sheet, 4).made_by_id == reviewer.pk


def test_adaptation_remembers_the_version_it_was_made_from(
    client_as: Callable[[Account], Client], sheet: Sheet
) -> None:
    place = make_institution()
    other = make_member(place)
    with acting_as(other.pk) as asking:
        adaptation = adapt_sheet(actor=asking, origin=sheet, institution=place.pk)
    assert get_sheet(adaptation).adapted_from_version == 3
    assert "version 3" in page(client_as(other), "sheets:detail", adaptation)

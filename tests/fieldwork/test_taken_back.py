"""What stays on the field when somebody takes back their agreement."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.models import Flagged, WithdrawalTrace
from nuserus.fieldwork.actions.giving_back import SaidOf, write_restitution
from nuserus.fieldwork.actions.journal import write_entry
from nuserus.fieldwork.actions.observing import Written, begin_observation, finish_observation
from nuserus.fieldwork.enums import Stance
from nuserus.fieldwork.models import JournalEntry, Observation, RestitutionMeeting, Saying, Visit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.directory import make_membership
from tests.factories.fieldwork import make_field, make_participant, make_visit
from tests.factories.studies import lead_of, let_only_facilitate
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
CANARY = "CANARI-PAROLE de quelqu’un"


def observe(visit: Visit, by: Account, *people: Participant, words: str = CANARY, fact: str = "") -> Observation:
    with acting_as(by.pk) as asking:
        row = begin_observation(actor=asking, visit=visit)
        written = Written(
            day=timezone.localdate(),
            where=f"dans l’atelier {fact}",
            fact=f"On a vu ceci. {fact}",
            interpretation=f"Peut-être. {fact}",
            present=[str(one.pk) for one in people],
            sayings={1: (words, str(people[0].pk)), 2: (f"Un autre dit {fact}", "")},
        )
        finish_observation(actor=asking, observation=row, written=written)
    return row


def note(by: Account, *people: Participant, text: str) -> None:
    with acting_as(by.pk) as asking:
        words = {"day": timezone.localdate(), "text": text, "tags": CANARY, "people": [str(one.pk) for one in people]}
        write_entry(actor=asking, words=words)


def give_back(by: Account, place: StudyPlace) -> None:
    with acting_as(by.pk) as asking:
        themes = [SaidOf("Le soir", Stance.NUANCED, f"Elle dit : {CANARY}.")]
        words = {"held_on": timezone.localdate(), "notes": f"On a lu « {CANARY} »."}
        write_restitution(actor=asking, place=place, words=words, themes=themes)


def everything() -> str:
    with as_system("read test data", recorded=False):
        told = [
            list(model.objects.values_list(*names))
            for model, names in (
                (Observation, ("where", "fact", "interpretation")),
                (Saying, ("text",)),
                (JournalEntry, ("text", "tags")),
                (RestitutionMeeting, ("notes", "themes__said", "themes__title")),
            )
        ]
    return str(told)


def test_nothing_of_who_had_everything_erased_is_left(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit = make_visit(place, researcher)
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    alone = observe(visit, researcher, nour, fact=CANARY)
    together = observe(visit, researcher, nour, lou)
    observe(visit, researcher, lou, words="Je reste encore un peu.", fact=f"Sans elle, on cite {CANARY}.")
    note(researcher, nour, text=f"Je pense à {CANARY}.")
    note(researcher, nour, lou, text=f"Des deux : {CANARY}.")
    give_back(researcher, place)
    assert everything().count("CANARI") > 10
    done = withdraw(researcher, nour, Mode.ERASE)
    left = everything()
    assert "CANARI" not in left
    assert "Je reste encore un peu." in left and "On a vu ceci." in left
    with as_system("read test data", recorded=False):
        traces = set(WithdrawalTrace.objects.filter(withdrawal=done.pk).values_list("count", "fate"))
        flagged = set(Flagged.objects.filter(withdrawal=done.pk).values_list("object_kind", flat=True))
        row = Observation.objects.get(pk=alone.pk)
        shared = Observation.objects.get(pk=together.pk)
        assert len(row.fact) == len(f"On a vu ceci. {CANARY}") and row.withheld_at and row.redacted_at
        assert shared.flagged_at is not None and shared.withheld_at is None
    assert {(1, Fate.REMOVED), (2, Fate.REMOVED), (1, Fate.FLAGGED)} <= traces
    assert {"fieldwork.Observation", "fieldwork.RestitutionMeeting", "fieldwork.journal"} <= flagged
    client = client_as(researcher)
    home = client.get(reverse("fieldwork:home")).content.decode()
    assert "À relire" in home
    assert "mise de côté" in client.get(reverse("fieldwork:observation", args=[alone.pk])).content.decode()
    reread = client.post(reverse("fieldwork:reread_observation", args=[together.pk]))
    assert reread.status_code == 302
    assert "À relire" not in client.get(reverse("fieldwork:observation", args=[together.pk])).content.decode()


def test_what_is_not_to_be_used_is_put_aside_and_stays(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit = make_visit(place, researcher)
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    alone, together = observe(visit, researcher, nour), observe(visit, researcher, nour, lou)
    note(researcher, nour, text="Je pense à Nour.")
    withdraw(researcher, nour, Mode.STOP_USING)
    with as_system("read test data", recorded=False):
        assert Observation.objects.get(pk=alone.pk).withheld_at is not None
        assert Observation.objects.get(pk=together.pk).flagged_at is not None
        aside = Saying.objects.filter(participant=nour, withheld_at__isnull=False)
        assert aside.count() == 2 and CANARY in aside[0].text
    client = client_as(researcher)
    page = client.get(reverse("fieldwork:observation", args=[together.pk])).content.decode()
    assert "paroles mises de côté" in page
    assert "Je pense à" not in client.get(reverse("fieldwork:export_journal")).content.decode()


def test_to_stop_collecting_leaves_what_was_seen() -> None:
    place, researcher = make_field()
    row = observe(make_visit(place, researcher), researcher, nour := make_participant(place, researcher, "Nour"))
    withdraw(researcher, nour, Mode.STOP_COLLECTING)
    with as_system("read test data", recorded=False):
        kept = Observation.objects.get(pk=row.pk)
    assert (kept.withheld_at, kept.redacted_at, kept.flagged_at) == (None, None, None)
    assert CANARY in everything()


def test_a_page_that_is_being_typed_does_not_bring_back_what_was_erased(client_as: ClientAs) -> None:
    place, researcher = make_field()
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    client, visit = client_as(researcher), make_visit(place, researcher)

    def typed(*people: Participant) -> tuple[str, dict[str, object]]:
        with acting_as(researcher.pk) as asking:
            row = begin_observation(actor=asking, visit=visit)
        address = reverse("fieldwork:save_observation", args=[row.pk])
        said = {"saying_1_text": CANARY, "saying_1_who": str(people[0].pk)}
        given = {"fact": CANARY, "present": [str(one.pk) for one in people], **said}
        body: dict[str, object] = {"fields": given, "revision": 0}
        body["revision"] = client.post(address, body, content_type="application/json").json()["revision"]
        return address, body

    alone, together = typed(nour), typed(nour, lou)
    withdraw(researcher, nour, Mode.ERASE)
    for address, body in (alone, together):
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 409
    assert "CANARI" not in everything()


def test_who_came_to_work_there_no_longer_reads_what_is_put_aside(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit, lead = make_visit(place, researcher), lead_of(place.study)
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    alone, together = observe(visit, researcher, nour), observe(visit, researcher, nour, lou)
    withdraw(lead, nour, Mode.STOP_USING)
    let_only_facilitate(researcher, place.study)
    client = client_as(researcher)
    assert client.get(reverse("fieldwork:observation", args=[alone.pk])).status_code == 404
    page = client.get(reverse("fieldwork:observation", args=[together.pk])).content.decode()
    assert "On a vu ceci." in page and CANARY not in page
    assert CANARY in client_as(lead).get(reverse("fieldwork:observation", args=[alone.pk])).content.decode()
    make_membership(researcher, place.institution)
    assert client.get(reverse("fieldwork:observation", args=[together.pk])).status_code == 404

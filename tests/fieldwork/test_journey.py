"""From the visit to the restitution, through the pages that people use."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.enums import Step
from nuserus.fieldwork.enums import ObservationState, VisitState
from nuserus.fieldwork.models import Observation, Presence, RestitutionMeeting, Saying, Visit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from tests.factories.fieldwork import answer, make_field, make_participant, make_visit
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_event, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def at(name: str, *args: object) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def read(row: Observation) -> Observation:
    with as_system("read test data", recorded=False):
        return Observation.objects.prefetch_related("sayings", "presences").get(pk=row.pk)


def begin(client: Client, visit: Visit) -> Observation:
    begun = client.post(at("observe", visit.pk))
    assert begun.status_code == 302
    with as_system("read test data", recorded=False):
        return Observation.objects.get(pk=UUID(begun["Location"].split("/")[-3]))


def test_a_visit_is_planned_changed_made_and_another_cancelled(client_as: ClientAs) -> None:
    place, researcher = make_field()
    event = make_event(place.study, title="Deux jours à l’atelier", at_place=place)
    client = client_as(researcher)
    assert str(place) in client.get(at("home")).content.decode()
    assert f"?date={event.pk}" in client.get(at("place", place.pk)).content.decode()
    announced = client.get(at("new_visit", place.pk), {"date": str(event.pk)}).content.decode()
    assert f'value="{timezone.localtime(event.starts_at):%Y-%m-%d}"' in announced
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    given = {
        "day": yesterday, "begins": "09:00", "ends": "12:00", "where": "l’atelier bois", "aim": "Voir la tablette.",
        "visitors": [str(researcher.pk)], "event": str(event.pk),
    }  # fmt: skip
    assert client.post(at("new_visit", place.pk), given | {"ends": "08:00"}).status_code == 422
    assert client.post(at("new_visit", place.pk), given | {"visitors": []}).status_code == 422
    made = client.post(at("new_visit", place.pk), given)
    with acting_as(researcher.pk):
        visit = Visit.objects.get()
    assert made["Location"] == at("visit", visit.pk)
    page = client.get(at("visit", visit.pk)).content.decode()
    assert f"?date={event.pk}" not in client.get(at("place", place.pk)).content.decode()
    assert "atelier bois" in page and "Deux jours à l’atelier" in page and "Camille" in page
    assert "ont-elles eu lieu" in client.get(at("home")).content.decode()
    assert client.post(at("change_visit", visit.pk), given | {"where": "la cuisine"}).status_code == 302
    client.post(at("finish_visit", visit.pk))
    other = client.post(at("new_visit", place.pk), given)["Location"].split("/")[-2]
    assert client.post(at("cancel_visit", other), {"reason": ""}).status_code == 422
    assert client.post(at("cancel_visit", other), {"reason": "le lieu est fermé"}).status_code == 302
    assert "le lieu est fermé" in client.get(at("visit", other)).content.decode()
    assert client.post(at("observe", other))["Location"] == at("visit", other)
    with acting_as(researcher.pk):
        states = dict(Visit.objects.values_list("where", "state"))
    assert states == {"la cuisine": VisitState.DONE, "l’atelier bois": VisitState.CANCELLED}


def test_three_things_are_kept_apart_and_who_spoke_is_known(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit, ronce = make_visit(place, researcher), make_participant(place, researcher)
    houx = make_participant(place, researcher, "Houx", agrees=False)
    client = client_as(researcher)
    row = begin(client, visit)
    page = client.get(at("write_observation", row.pk)).content.decode()
    assert "Ronce" in page and "Houx" in page and "pas encore recueilli" in page
    assert f'value="{houx.pk}"' not in page
    given = {
        "day": timezone.localdate().isoformat(), "where": "l’atelier", "present": [str(ronce.pk)],
        "fact": "Une résidente pose la tablette sur la table.", "interpretation": "Je me demande si elle s’ennuie.",
        "saying_1_text": "C’est fini pour aujourd’hui.", "saying_1_who": str(ronce.pk),
        "saying_2_text": "Encore un peu.", "saying_2_who": "", "do": "done",
    }  # fmt: skip
    assert client.post(at("write_observation", row.pk), given | {"present": [str(houx.pk)]}).status_code == 422
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert client.post(at("write_observation", row.pk), given | {"day": tomorrow}).status_code == 422
    nothing = dict.fromkeys(given, "") | {"day": given["day"], "do": "done"}
    assert client.post(at("write_observation", row.pk), nothing).status_code == 422
    assert client.post(at("write_observation", row.pk), given)["Location"] == at("observation", row.pk)
    kept = read(row)
    assert (kept.state, kept.fact, kept.interpretation) == ("done", given["fact"], given["interpretation"])
    assert [(one.text, one.participant_id) for one in kept.sayings.all()] == [
        (given["saying_1_text"], ronce.pk),
        (given["saying_2_text"], None),
    ]
    assert [one.participant_id for one in kept.presences.all()] == [ronce.pk]
    told = client_as(lead_of(place.study)).get(at("observation", row.pk)).content.decode()
    assert told.index("Les faits") < told.index("L’interprétation") < told.index("Les mots exacts")
    assert "Ronce" in told and "non précisé" in told and "Corriger" not in told


def test_what_points_at_somebody_is_said_before_it_is_kept(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit = make_visit(place, researcher)
    row = begin(client_as(researcher), visit)
    given = {
        "day": timezone.localdate().isoformat(),
        "fact": "Mme Martin allume la tablette, chambre 12.",
        "do": "done",
    }
    client = client_as(researcher)
    refused = client.post(at("write_observation", row.pk), given)
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "Mme Martin" in told and "J’ai relu" in told and "chambre 12." in told
    assert read(row).state == ObservationState.DRAFT
    assert client.post(at("write_observation", row.pk), given | {"reread": "on"}).status_code == 302
    spared = begin(client, visit)
    make_participant(place, researcher, "Capucine")
    given["fact"] = "Capucine allume la tablette."
    assert client.post(at("write_observation", spared.pk), given).status_code == 302


def test_a_draft_is_kept_as_it_is_typed_and_never_overwritten(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce = make_participant(place, researcher)
    client = client_as(researcher)
    row = begin(client, make_visit(place, researcher))
    address = at("save_observation", row.pk)

    def save(revision: int, **fields: object) -> tuple[int, dict[str, object]]:
        body = json.dumps({"fields": fields, "revision": revision})
        answered = client.post(address, body, content_type="application/json")
        return answered.status_code, answered.json()

    said = {"saying_1_text": "Oui.", "saying_1_who": str(ronce.pk), "present": [str(ronce.pk)]}
    code, kept = save(0, day="2026-01-05", fact="Mme Martin rit.", **said)
    assert (code, kept["revision"]) == (200, 1)
    code, other = save(0, fact="Autre chose.")
    assert (code, other["revision"]) == (409, 1)
    assert other["fields"] == {
        "day": "2026-01-05", "where": "", "fact": "Mme Martin rit.", "interpretation": "", **said,
    }  # fmt: skip
    assert save(1, fact="Il rit.", present=[], saying_1_text="", saying_1_who="")[0] == 200
    assert not read(row).sayings.exists() and not read(row).presences.exists()
    assert save(1, fact=3)[0] == 422
    assert client.post(address, "rien", content_type="application/json").status_code == 422
    lead = client_as(lead_of(place.study))
    assert lead.post(address, "{}", content_type="application/json").status_code in (404, 422)
    assert lead.get(at("observation", row.pk)).status_code == 404
    assert Client().post(address, "{}", content_type="application/json").status_code == 401
    # without the program of the browser, the same by buttons
    typed = {"day": "2026-01-05", "fact": "Il rit encore.", "saying_1_text": "Ah.", "do": "more", "revision": "2"}
    assert client.post(at("write_observation", row.pk), typed)["Location"].endswith("#mots")
    assert "saying_3_text" in client.get(at("write_observation", row.pk)).content.decode()
    assert client.post(at("write_observation", row.pk), typed | {"do": "later", "revision": "3"}).status_code == 302
    assert read(row).fact == "Il rit encore."
    assert "Il rit encore." in client.get(at("home")).content.decode()
    assert client.post(at("remove_observation", row.pk)).status_code == 302
    assert client.get(at("observation", row.pk)).status_code == 404


def test_after_a_withdrawal_nothing_is_dated_later(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit, ronce = make_visit(place, researcher), make_participant(place, researcher)
    client = client_as(researcher)
    row = begin(client, visit)
    earlier = (timezone.localdate() - timedelta(days=1)).isoformat()
    given = {
        "day": earlier, "fact": "Il rit.", "present": [str(ronce.pk)], "saying_1_text": "Oui.",
        "saying_1_who": str(ronce.pk), "do": "done",
    }  # fmt: skip
    assert client.post(at("write_observation", row.pk), given).status_code == 302
    answer(ronce, researcher, Step.WITHDRAWN)
    with as_system("test data"):
        from nuserus.consent.models import Consent

        Consent.objects.filter(object_id=ronce.pk).update(since=timezone.now() - timedelta(days=1))
    later = client.post(
        at("write_observation", row.pk), given | {"day": timezone.localdate().isoformat(), "revision": "1"}
    )
    assert later.status_code == 422
    assert "a retiré son accord" in later.content.decode()
    assert (
        client.post(at("write_observation", row.pk), given | {"fact": "Il sourit.", "revision": "1"}).status_code == 302
    )
    other = begin(client, visit)
    refused = client.post(at("write_observation", other.pk), given)
    assert refused.status_code == 422
    with acting_as(researcher.pk):
        assert Presence.objects.count() == Saying.objects.count() == 1


def test_a_restitution_goes_back_to_the_group_of_the_place(client_as: ClientAs) -> None:
    place, researcher = make_field()
    member, committee = make_account(name="Nadia"), make_account()
    seat_in(circle_of(place.study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    seat_in(circle_of(place.study, GroupKind.COMMITTEE), committee, Part.COMMITTEE)
    client = client_as(researcher)
    given = {
        "held_on": timezone.localdate().isoformat(), "trades": "éducatrice\n maître de maison\n", "notes": "À revoir.",
        "theme_1_title": "La tablette du soir", "theme_1_stance": "nuanced", "theme_1_said": "Pas le dimanche.",
    }  # fmt: skip
    assert client.post(at("new_restitution", place.pk), given | {"theme_1_title": ""}).status_code == 422
    made = client.post(at("new_restitution", place.pk), given)
    assert made.status_code == 302
    with acting_as(member.pk):
        meeting = RestitutionMeeting.objects.get()
        assert meeting.trades == ["éducatrice", "maître de maison"]
    page = client_as(member).get(at("restitution", meeting.pk)).content.decode()
    assert "La tablette du soir" in page and "nuancé" in page and "Pas le dimanche." in page
    assert "Restitutions" in client_as(member).get(reverse("studies:detail", args=[place.study_id])).content.decode()
    assert client_as(member).get(at("change_restitution", meeting.pk)).status_code == 403
    assert client_as(member).get(at("new_restitution", place.pk)).status_code == 404
    assert client_as(committee).get(at("restitution", meeting.pk)).status_code == 404
    changed = client.post(at("change_restitution", meeting.pk), given | {"theme_2_title": "Le robot"})
    assert changed.status_code == 302
    assert "Le robot" in client_as(member).get(at("restitution", meeting.pk)).content.decode()
    progress = client_as(committee).get(reverse("studies:progress", args=[place.study_id])).content.decode()
    assert "estitutions tenues" in progress


def test_small_counts_of_observations_are_not_told_apart(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit = make_visit(place, researcher)
    with acting_as(researcher.pk):
        for number in range(3):
            Observation(
                visit=visit, study_id=visit.study_id, place_id=visit.place_id, day=timezone.localdate(),
                fact=f"Fait {number}", state="done", done_at=timezone.now(), scope_author=researcher.pk,
            ).save(force_insert=True)  # fmt: skip
    progress = client_as(researcher).get(reverse("studies:progress", args=[place.study_id])).content.decode()
    assert "bservations terminées" in progress and "moins de 5" in progress

"""Rules of use through their pages: started, worked on together, adopted, shown, taken elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.charters.enums import Drawing, ProposalState, charter_templates
from nuserus.charters.models import Charter, CharterVersion, Consultation, HouseRule, Proposal
from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.ui.pictograms import DRAWINGS
from tests.factories.charters import make_charter, make_referent, make_version
from tests.factories.directory import make_institution
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.fixture
def place() -> Institution:
    return make_institution("FAM Canari", category="437", department="13")


@pytest.fixture
def referent(place: Institution) -> Account:
    return make_referent(place)


def text_of(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())


def at(name: str, *args: object) -> str:
    return reverse(f"charters:{name}", args=args)


def rows(model: type, **which: object) -> list[object]:
    with as_system("test"):
        return list(model.objects.filter(**which))  # type: ignore[attr-defined]


def test_from_a_template_to_the_wall(client_as: ClientAs, place: Institution, referent: Account) -> None:
    client = client_as(referent)
    page = client.get(at("start", place.pk))
    assert page.status_code == 200
    response = client.post(at("start", place.pk), {"template": "filmer-photographier", "title": ""})
    [charter] = rows(Charter)
    assert response["Location"] == at("work", charter.pk)
    assert len(rows(HouseRule)) == len(charter_templates()["filmer-photographier"].rules)
    work = text_of(client.get(at("work", charter.pk)))
    assert "pas encore adoptées" in work
    assert "Quelles images de vous aimez-vous" in work
    adopt = text_of(client.get(at("adopt", charter.pk)))
    assert "Aucune concertation avec les personnes qui vivent ici n’est racontée" in adopt
    client.post(at("adopt", charter.pk), {"in_force_from": "2026-11-01"})
    told = text_of(client.get(at("charter", charter.pk)))
    assert "Ces règles n’ont pas été décidées avec les personnes qui vivent ici" in told
    assert "On demande avant, à chaque fois." in told


def test_who_was_heard_is_told_with_what_it_changed(client_as: ClientAs, referent: Account, place: Institution) -> None:
    charter = make_charter(place, referent, heard=False)
    client = client_as(referent)
    heard = {
        "held_on": "2026-10-03", "gathering": "council", "who": "six résidents, une éducatrice", "accompanied": "6",
        "others": "1", "said": "Dix heures, c’est mieux.", "changed": "L’heure.",
    }  # fmt: skip
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    refused = client.post(at("consult", charter.pk), {**heard, "held_on": tomorrow})
    assert refused.status_code == 422
    assert "pas encore passée" in text_of(refused)
    assert client.post(at("consult", charter.pk), heard).status_code == 302
    client.post(at("adopt", charter.pk), {"in_force_from": "2026-11-01"})
    told = text_of(client.get(at("charter", charter.pk)))
    assert "avec 6 personnes qui vivent ou sont accompagnées ici" in told
    assert "Dix heures, c’est mieux." in told
    [consultation] = rows(Consultation)
    client.post(at("unconsult", charter.pk, consultation.pk))
    assert "Dix heures, c’est mieux." in text_of(client.get(at("charter", charter.pk)))


def test_members_propose_and_the_referent_answers(client_as: ClientAs, place: Institution, referent: Account) -> None:
    charter = make_charter(place, referent)
    member = make_member(place, name="Agnès")
    hers, his = client_as(member), client_as(referent)
    words = {
        "sentence": "On éteint le grand écran à table.",
        "why": "On se parle.",
        "otherwise": "",
        "pictogram": "stop",
    }
    page = hers.get(at("add_rule", charter.pk))
    assert "Proposer une règle" in text_of(page)
    assert hers.post(at("add_rule", charter.pk), {**words, "reason": "Le bruit."}).status_code == 302
    assert len(rows(HouseRule)) == 5
    assert hers.get(at("adopt", charter.pk)).status_code == 403
    [proposal] = rows(Proposal)
    assert "Agnès" in text_of(his.get(at("work", charter.pk)))
    silent = his.post(at("decide", charter.pk, proposal.pk), {"do": "decline", "answer": ""}, follow=True)
    assert "Dites en une phrase pourquoi" in text_of(silent)
    assert hers.post(at("decide", charter.pk, proposal.pk), {"do": "take"}).status_code == 403
    his.post(at("decide", charter.pk, proposal.pk), {"do": "take", "answer": "Oui."})
    assert [rule.sentence for rule in rows(HouseRule)][-1:] != []
    assert any(rule.sentence == words["sentence"] for rule in rows(HouseRule))
    assert "reprise" in text_of(hers.get(at("work", charter.pk)))
    again = his.post(at("decide", charter.pk, proposal.pk), {"do": "take"}, follow=True)
    assert "déjà répondu" in text_of(again)
    rule = rows(HouseRule)[0]
    hers.post(at("change_rule", charter.pk, rule.pk), {**words, "sentence": "On choisit l’heure.", "reason": ""})
    hers.post(at("remove_rule", charter.pk, rule.pk))
    change, removal = sorted(rows(Proposal, state=ProposalState.WAITING), key=lambda one: one.kind)
    his.post(at("decide", charter.pk, change.pk), {"do": "take"})
    assert any(rule.sentence == "On choisit l’heure." for rule in rows(HouseRule))
    his.post(at("decide", charter.pk, removal.pk), {"do": "take"})
    assert len(rows(HouseRule)) == 5
    assert [one.position for one in rows(HouseRule)] == [1, 2, 3, 4, 5]


def test_proposal_is_taken_back_by_its_author_only(client_as: ClientAs, place: Institution, referent: Account) -> None:
    charter = make_charter(place, referent)
    rule = rows(HouseRule)[0]
    first, second = make_member(place), make_member(place)
    client_as(first).post(at("remove_rule", charter.pk, rule.pk))
    [proposal] = rows(Proposal)
    assert client_as(second).post(at("take_back", charter.pk, proposal.pk)).status_code == 403
    client_as(first).post(at("take_back", charter.pk, proposal.pk))
    assert rows(Proposal) == []


def test_rules_are_edited_one_by_one(client_as: ClientAs, place: Institution, referent: Account) -> None:
    charter = make_charter(place, referent)
    client = client_as(referent)
    first, second = rows(HouseRule)[:2]
    client.post(at("move_rule", charter.pk, second.pk), {"do": "up"})
    assert [rule.pk for rule in rows(HouseRule)][:2] == [second.pk, first.pk]
    client.post(at("move_rule", charter.pk, second.pk), {"do": "up"})
    assert [rule.pk for rule in rows(HouseRule)][:2] == [second.pk, first.pk]
    refused = client.post(at("change_rule", charter.pk, first.pk), {"sentence": "\u202e ", "pictogram": "ok"})
    assert refused.status_code == 422
    client.post(at("change_rule", charter.pk, first.pk), {"sentence": "On\u202e dort\x00.", "pictogram": "ok"})
    assert any(rule.sentence == "On dort." for rule in rows(HouseRule))
    client.post(at("remove_rule", charter.pk, first.pk))
    assert [rule.position for rule in rows(HouseRule)] == [1, 2, 3, 4]
    client.post(at("describe", charter.pk), {"title": "La nuit", "about": "Après dîner."})
    assert "La nuit" in text_of(client.get(at("work", charter.pk)))
    for rank in range(12):
        client.post(at("add_rule", charter.pk), {"sentence": f"Règle {rank}.", "pictogram": "ok"})
    assert len(rows(HouseRule)) == 14


def test_version_never_changes_and_the_next_says_what_did(
    client_as: ClientAs, place: Institution, referent: Account
) -> None:
    charter = make_charter(place, referent)
    make_version(charter)
    client = client_as(referent)
    same = client.post(at("adopt", charter.pk), {"in_force_from": "2026-11-01"})
    assert same.status_code == 422
    assert "Rien n’a changé" in text_of(same)
    rule = rows(HouseRule)[0]
    client.post(
        at("change_rule", charter.pk, rule.pk), {"sentence": "Dix heures, et c’est tout.", "pictogram": "horloge"}
    )
    soon = timezone.localdate() + timedelta(days=9)
    client.post(at("adopt", charter.pk), {"in_force_from": soon.isoformat()})
    now = text_of(client.get(at("charter", charter.pk)))
    assert "version 1" in now
    assert "Une nouvelle version commence le" in now
    assert "Dix heures, et c’est tout." not in now
    compared = text_of(client.get(at("version", charter.pk, 2)))
    assert "Ce qui change depuis la version 1" in compared
    assert "Dix heures, et c’est tout." in compared
    assert "changé" in compared
    assert client.get(at("version", charter.pk, 1)).status_code == 200
    assert client.get(at("version", charter.pk, 3)).status_code == 404


def test_simple_version_is_called_falc_only_after_people_concerned_read_it(
    client_as: ClientAs, place: Institution, referent: Account
) -> None:
    charter = make_charter(place, referent)
    client = client_as(referent)
    make_version(charter)
    assert "FALC" not in text_of(client.get(at("charter", charter.pk)))
    read = {
        "readers": "trois résidentes",
        "how_many": "3",
        "way": "workshop",
        "done_on": "2026-10-20",
        "what_changed": "",
    }
    assert client.post(at("read_over", charter.pk), {**read, "how_many": "0"}).status_code == 422
    assert client.post(at("read_over", charter.pk), read).status_code == 302
    client.post(at("adopt", charter.pk), {"in_force_from": "2026-11-02"})
    told = text_of(client.get(at("charter", charter.pk)))
    assert "FALC" in told
    assert "Relue par trois résidentes" in told
    client.post(at("simple", charter.pk), {"text": "Une ligne.\nDeux lignes."})
    assert "Elle s’appellera FALC quand" in text_of(client.get(at("work", charter.pk)))
    client.post(at("adopt", charter.pk), {"in_force_from": "2026-11-03"})
    assert "FALC" not in text_of(client.get(at("charter", charter.pk)))


def test_place_chooses_who_reads(client: Client, client_as: ClientAs, place: Institution, referent: Account) -> None:
    charter = make_charter(place, referent)
    mine = client_as(referent)
    early = mine.post(at("readers", charter.pk), {"level": "public"}, follow=True)
    assert "Adoptez d’abord" in text_of(early)
    make_version(charter)
    elsewhere = client_as(make_member(make_institution()))
    address = at("charter", charter.pk)
    assert [who.get(address).status_code for who in (client, elsewhere, mine)] == [404, 404, 200]
    mine.post(at("readers", charter.pk), {"level": "network"})
    assert [who.get(address).status_code for who in (client, elsewhere)] == [404, 200]
    mine.post(at("readers", charter.pk), {"level": "public"})
    said = text_of(client.get(address))
    assert "Canari" not in said
    assert "des Bouches-du-Rhône" in said
    assert "Canari" not in text_of(client.get(at("list")))
    assert client.get(at("work", charter.pk)).status_code == 302
    assert elsewhere.get(at("work", charter.pk)).status_code == 404
    mine.post(at("readers", charter.pk), {"level": "public", "named": "on"})
    assert "FAM Canari" in text_of(client.get(address))
    assert mine.post(at("readers", charter.pk), {"level": "restricted"}).status_code == 422
    mine.post(at("readers", charter.pk), {"level": "institution"})
    assert client.get(address).status_code == 404


def test_another_place_starts_from_it_and_says_so(client_as: ClientAs, place: Institution, referent: Account) -> None:
    version = make_version(make_charter(place, referent), level=Level.PUBLIC)
    home = make_institution("Foyer d’Ailleurs")
    other = make_referent(home, "Rosa")
    client = client_as(other)
    assert at("take", home.pk, version.pk) in client.get(at("charter", version.charter_id)).content.decode()
    client.post(at("take", home.pk, version.pk), {"title": "Nos soirées"})
    [taken] = [one for one in rows(Charter) if one.institution_id == home.pk]
    assert taken.title == "Nos soirées"
    assert taken.taken_from == version.pk
    with acting_as(other.pk):
        assert HouseRule.objects.filter(charter=taken).count() == len(version.rules)
        assert not Consultation.objects.filter(charter=taken).exists()
    assert "sont parties de" in text_of(client.get(at("work", taken.pk)))
    assert "Canari" not in text_of(client.get(at("work", taken.pk)))
    assert client.get(at("take", place.pk, version.pk)).status_code == 403
    hidden = make_version(make_charter(place, referent, template="telephones-personnels"))
    assert client.get(at("take", home.pk, hidden.pk)).status_code == 404


def test_only_referents_start(client_as: ClientAs, place: Institution) -> None:
    member = client_as(make_member(place))
    assert member.get(at("start", place.pk)).status_code == 403
    assert member.post(at("start", place.pk), {"template": "ecrans-le-soir"}).status_code == 403
    assert rows(Charter) == []


def test_work_is_thrown_away_until_it_is_adopted(client_as: ClientAs, place: Institution, referent: Account) -> None:
    client = client_as(referent)
    charter = make_charter(place, referent)
    client_as(make_member(place)).post(at("remove_rule", charter.pk, rows(HouseRule)[0].pk))
    assert client.post(at("drop", charter.pk)).status_code == 302
    assert rows(Charter) == []
    kept = make_charter(place, referent)
    make_version(kept)
    assert "sont gardées" in text_of(client.post(at("drop", kept.pk), follow=True))
    assert len(rows(Charter)) == 1


def test_page_of_the_place_shows_them_to_whom_may_read(
    client: Client, client_as: ClientAs, place: Institution, referent: Account
) -> None:
    address = reverse("directory:institution", args=[place.pk])
    assert "Commencer des règles d’usage" in text_of(client_as(referent).get(address))
    assert "règles d’usage" not in text_of(client.get(address))
    charter = make_charter(place, referent)
    assert "en cours, pas encore adoptées" in text_of(client_as(make_member(place)).get(address))
    make_version(charter, level=Level.PUBLIC)
    assert "Les écrans le soir" not in text_of(client.get(address))
    with acting_as(referent.pk):
        CharterVersion.objects.filter(charter=charter).update(named=True)
    assert "Les écrans le soir et la nuit" in text_of(client.get(address))


def test_adopted_words_cannot_be_changed_even_by_a_program_that_forgets(place: Institution, referent: Account) -> None:
    from django.db import DatabaseError

    version = make_version(make_charter(place, referent))
    for change in ({"title": "Autre"}, {"rules": []}, {"in_force_from": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(referent.pk):
            CharterVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(referent.pk):
        CharterVersion.objects.filter(pk=version.pk)._raw_delete("default")


def test_templates_are_whole() -> None:
    templates = charter_templates()
    assert len(templates) == 4
    for template in templates.values():
        assert 4 <= len(template.rules) <= 8
        assert all(len(rule.sentence) <= 100 and rule.why and rule.otherwise for rule in template.rules)
        assert {rule.pictogram for rule in template.rules} <= set(Drawing.values)
        assert len(template.simple.splitlines()) == 5
    assert {str(value) for value in Drawing.values} <= DRAWINGS

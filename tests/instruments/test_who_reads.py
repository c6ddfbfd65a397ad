"""Who reads what others answered, and until when."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection
from django.test import Client
from django.urls import reverse

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Membership
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.missions import holders, open_mission
from nuserus.foundation.models.base import new_id
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.actions.instruments import Belonging, start_instrument
from nuserus.instruments.actions.submissions import name_reader, unname_reader
from nuserus.instruments.enums import InstrumentKind
from nuserus.instruments.models import Instrument, Submission
from nuserus.instruments.queries.submissions import people_to_name, submissions_visible_to
from nuserus.people.models import Account
from nuserus.studies.actions.inviting import remove_seat
from nuserus.studies.enums import GroupKind, Part
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import answer_xml, make_version, send_fiche, workbook_of
from tests.factories.people import make_account
from tests.factories.sheets import make_member
from tests.factories.studies import circle_of, lead_of, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def leave(account: Account) -> None:
    with as_system("somebody leaves"):
        Membership.objects.filter(account=account).update(status=MembershipStatus.ENDED, is_referent=False)


def named_on(instrument: Instrument) -> set[UUID]:
    with as_system("test"):
        return holders(instrument.pk)


def test_a_reader_who_left_the_place_reads_it_no_more(client_as: ClientAs) -> None:
    place = make_institution()
    referent, reader, member = make_referent(place), make_member(place), make_member(place)
    version = make_version(place, referent)
    with acting_as(referent.pk) as asking:
        name_reader(actor=asking, instrument=version.instrument, reader=reader.pk)
    fiche = send_fiche(member, answer_xml(version.instrument))
    address = reverse("instruments:fiche", args=[version.instrument_id, fiche.submission])
    assert client_as(reader).get(address).status_code == 200
    leave(reader)
    client = client_as(reader)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}fiche.xml").status_code == 404
    with acting_as(reader.pk) as asking:
        assert not submissions_visible_to(asking).exists()
        assert not Submission.objects.exists()
    assert named_on(version.instrument) == {referent.pk, version.instrument_id}


def test_when_the_last_reader_left_only_who_leads_names_another(client_as: ClientAs) -> None:
    place = make_institution()
    first, member = make_referent(place), make_member(place)
    version = make_version(place, first)
    fiche = send_fiche(member, answer_xml(version.instrument))
    readers = reverse("instruments:readers", args=[version.instrument_id])
    second = make_referent(place)
    assert "Plus personne" not in client_as(second).get(readers).content.decode()
    assert client_as(second).post(readers, {"reader": member.pk}).status_code == 422
    leave(first)
    assert named_on(version.instrument) == {version.instrument_id}
    for one in (member, make_account()):
        with pytest.raises(Error), acting_as(one.pk):
            open_mission(version.instrument_id)
        with acting_as(one.pk), connection.cursor() as cursor:
            cursor.execute("SELECT instruments_name_again(%s, %s, %s)", [version.instrument_id, one.pk, new_id()])
            assert cursor.fetchone() == (False,)
    assert "Plus personne n’est nommé" in client_as(second).get(readers).content.decode()
    assert client_as(second).post(readers, {"reader": member.pk}).status_code == 302
    assert named_on(version.instrument) == {member.pk, version.instrument_id}
    with acting_as(second.pk):
        assert not Submission.objects.exists()
    with acting_as(member.pk) as asking:
        assert submissions_visible_to(asking).get().pk == fiche.submission
        with pytest.raises(ValidationError):
            unname_reader(actor=asking, instrument=version.instrument, reader=member.pk)


def test_nobody_is_named_who_may_not_be() -> None:
    place = make_institution()
    referent = make_referent(place)
    version = make_version(place, referent)
    for stranger in (make_account(), make_member(make_institution())):
        with acting_as(referent.pk) as asking, pytest.raises(Unreadable):
            name_reader(actor=asking, instrument=version.instrument, reader=stranger.pk)
    assert named_on(version.instrument) == {referent.pk}


def test_who_no_longer_conducts_the_study_reads_it_no_more() -> None:
    study = make_study()
    researcher = make_account()
    seat = seat_in(circle_of(study, GroupKind.TEAM), researcher, Part.RESEARCHER)
    lead = lead_of(study)
    with acting_as(lead.pk) as asking:
        version = start_instrument(
            actor=asking,
            where=Belonging(study=study),
            kind=InstrumentKind.QUESTIONNAIRE,
            title="Et vous ?",
            workbook=workbook_of(),
        )
    with acting_as(lead.pk) as asking:
        name_reader(actor=asking, instrument=version.instrument, reader=researcher.pk)
    assert named_on(version.instrument) == {lead.pk, researcher.pk}
    with acting_as(lead.pk) as asking:
        remove_seat(actor=asking, seat=seat)
    assert named_on(version.instrument) == {lead.pk, version.instrument_id}


def test_who_sent_a_fiche_does_not_accept_it(client_as: ClientAs) -> None:
    place = make_institution()
    referent, member = make_referent(place), make_member(place)
    version = make_version(place, referent)
    fiche = send_fiche(member, answer_xml(version.instrument, lieu=""))
    own = Submission.objects.filter(pk=fiche.submission)
    for change in ({"status": "accepted", "reason": ""}, {"reason": "conflict"}, {"reason_words": "Rien."}):
        with pytest.raises(Error, match="only those named"), acting_as(member.pk):
            own.update(**change)
    with as_system("a rule of the site holds it"):
        own.update(reason="withdrawn")
    with pytest.raises(Error, match="held by a rule"), acting_as(referent.pk):
        own.update(status="accepted", reason="")
    with pytest.raises(Error, match="held by a rule"), acting_as(referent.pk):
        own.update(reason="invalid")


def test_in_a_study_only_leads_and_researchers_may_be_named() -> None:
    study = make_study()
    place = make_study_place(study)
    names = {part: make_account(name=part.value) for part in (Part.RESEARCHER, Part.PRACTITIONER, Part.PARTICIPANT)}
    team, working = circle_of(study, GroupKind.TEAM), circle_of(study, GroupKind.WORKING, place)
    for part, account in names.items():
        seat_in(working if part == Part.PARTICIPANT else team, account, part)
    with acting_as(lead_of(study).pk) as asking:
        version = start_instrument(
            actor=asking,
            where=Belonging(study=study),
            kind=InstrumentKind.QUESTIONNAIRE,
            title="Et vous ?",
            workbook=workbook_of(),
        )
        assert people_to_name(asking, version.instrument) == [names[Part.RESEARCHER]]

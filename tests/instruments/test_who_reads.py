"""Who reads what others answered, and until when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Membership
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.instruments import Belonging, start_instrument
from nuserus.instruments.actions.submissions import name_reader
from nuserus.instruments.enums import InstrumentKind
from nuserus.instruments.queries.submissions import people_to_name, submissions_visible_to
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import answer_xml, make_version, send_fiche, workbook_of
from tests.factories.people import make_account
from tests.factories.sheets import make_member
from tests.factories.studies import circle_of, lead_of, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_a_reader_who_left_the_place_reads_it_no_more(client_as: ClientAs) -> None:
    place = make_institution()
    referent, reader, member = make_referent(place), make_member(place), make_member(place)
    version = make_version(place, referent)
    with acting_as(referent.pk) as asking:
        name_reader(actor=asking, instrument=version.instrument, reader=reader.pk)
    fiche = send_fiche(member, answer_xml(version.instrument))
    address = reverse("instruments:fiche", args=[version.instrument_id, fiche.submission])
    assert client_as(reader).get(address).status_code == 200
    with as_system("the reader leaves"):
        Membership.objects.filter(account=reader).update(status=MembershipStatus.ENDED)
    client = client_as(reader)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}fiche.xml").status_code == 404
    with acting_as(reader.pk) as asking:
        assert not submissions_visible_to(asking).exists()


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

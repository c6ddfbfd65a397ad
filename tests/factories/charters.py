"""Rules of use for tests, written by those who may."""

from __future__ import annotations

from datetime import date

from nuserus.charters.actions.adopting import adopt_charter, choose_readers
from nuserus.charters.actions.charters import start_charter
from nuserus.charters.actions.listening import Heard, record_consultation
from nuserus.charters.enums import Gathering, charter_templates
from nuserus.charters.models import Charter, CharterVersion
from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

HEARD = Heard(
    held_on=date(2026, 10, 3),
    gathering=Gathering.MEETING,
    who="cinq résidents, deux proches",
    accompanied=5,
    others=2,
    said="On veut du calme après dix heures.",
    changed="L’heure est passée de neuf à dix heures.",
)


def make_referent(institution: Institution, name: str = "Viviane") -> Account:
    """A confirmed member who is a referent of the place."""
    account = make_account(name=name)
    make_membership(account, institution, is_referent=True)
    return account


def make_charter(
    institution: Institution | None = None,
    referent: Account | None = None,
    *,
    template: str = "ecrans-le-soir",
    title: str = "",
    heard: bool = True,
) -> Charter:
    """Rules being worked on, from a template, with one consultation unless said otherwise."""
    institution = institution or make_institution()
    referent = referent or make_referent(institution)
    with acting_as(referent.pk) as asking:
        charter = start_charter(
            actor=asking, institution=institution, title=title, template=charter_templates()[template]
        )
        if heard:
            record_consultation(actor=asking, charter=charter, heard=HEARD)
    return charter


def make_version(
    charter: Charter, *, level: str = Level.INSTITUTION, named: bool = False, day: date = date(2026, 11, 1)
) -> CharterVersion:
    """An adopted version, by who started the charter."""
    with acting_as(charter.started_by_id) as asking:
        version = adopt_charter(actor=asking, charter=charter, in_force_from=day)
        if level != Level.INSTITUTION or named:
            choose_readers(actor=asking, charter=charter, level=level, named=named)
        return CharterVersion.objects.get(pk=version.pk)

"""Rules of use of an invented place, as it adopted them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from nuserus.charters.actions.adopting import adopt_charter, choose_readers
from nuserus.charters.actions.charters import RuleWords, add_rule, describe_charter, remove_rule, start_charter
from nuserus.charters.actions.listening import Heard, ReadOver, record_consultation, record_reading, write_simple
from nuserus.charters.models import Charter, CharterVersion, HouseRule
from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import Entry, charters


def load_charters(institutions: dict[str, Institution], people: dict[str, Account]) -> None:
    """Step by step, as the referent of the place took them."""
    for told in charters():
        place, referent = institutions[told["institution"]], people[told["referent"]]
        here = frozenset({place.pk})
        actor = Asking(user_id=referent.pk, institutions=here, managed=here, verified=True)
        charter = start_charter(actor=actor, institution=place, title=told["title"])
        charter.topic = told["template"]
        describe_charter(actor=actor, charter=charter, title=told["title"], about=told["about"])
        for version in told["versions"]:
            _adopt(actor, charter, version)
        choose_readers(actor=actor, charter=charter, level=told["level"], named=told["named"])


def _adopt(actor: Asking, charter: Charter, told: Entry) -> None:
    for rule in HouseRule.objects.filter(charter=charter).select_related("charter"):
        remove_rule(actor=actor, rule=rule)
    for words in told["rules"]:
        add_rule(actor=actor, charter=charter, words=RuleWords(**words))
    for heard in told["heard"]:
        record_consultation(actor=actor, charter=charter, heard=Heard(**_dated(heard, "held_on")))
    if "simple" in told:
        write_simple(actor=actor, charter=charter, text="\n".join(told["simple"]))
        record_reading(actor=actor, charter=charter, read=ReadOver(**_dated(told["reading"], "done_on")))
    made = adopt_charter(actor=actor, charter=charter, in_force_from=_day(told["days"]))
    CharterVersion.objects.filter(pk=made.pk).update(adopted_at=timezone.now() - timedelta(days=told["days"] + 3))


def _dated(told: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != "days"} | {name: _day(told["days"])}


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)

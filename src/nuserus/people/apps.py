from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nuserus.people"
    label = "people"
    verbose_name = "personnes"

    def ready(self) -> None:
        from nuserus.foundation.asking import register_standing
        from nuserus.notifications.registry import Addressees, register_addressees
        from nuserus.people import rules  # noqa: F401 - rules register themselves
        from nuserus.people.actions.replaying import register_replays
        from nuserus.people.queries.accounts import addressee, everyone_reachable
        from nuserus.people.standing import ROLES, VERIFIED

        register_replays()
        register_standing("roles", ROLES)
        register_standing("verified", VERIFIED)
        register_addressees(Addressees(find=addressee, everyone=everyone_reachable))

"""What the roles of a person give them to stand on, as SQL of `foundation.asking.standing`."""

from __future__ import annotations

from nuserus.people.enums import VERIFIED_ROLES

# A role held in one place only is not the role: it is told as "facilitator:<institution>".
ROLES = (
    "SELECT CASE WHEN scope_institution IS NULL THEN role ELSE role || ':' || scope_institution END "
    "FROM people_rolegrant WHERE account_id = nuserus_user()"
)
_NAMES = ", ".join(f"'{role.value}'" for role in VERIFIED_ROLES)
VERIFIED = "SELECT 1 FROM people_rolegrant WHERE account_id = nuserus_user() AND role IN (" + _NAMES + ")"  # noqa: S608 - names of our own

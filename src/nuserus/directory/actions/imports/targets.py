"""The tables that an import fills: what is staged, what identifies a row, what follows the register.

In the expressions `i` is the row as it is and `s` what was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nuserus.directory.enums import ChangedKind

# Told by other columns, or nobody's business: they follow, and the report does not name them.
BOOKKEEPING = frozenset(
    {"folded", "town_folded", "is_private_home", "register_mark", "register_date", "list_version", "town_id"}
)


@dataclass(frozen=True, slots=True)
class Target:
    """One table. `columns` are staged, `constants` are what a new row also has, `followed` what a known one becomes."""

    kind: ChangedKind
    table: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    followed: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    label: str = "name"
    # whether each new row is told in the report; an operator follows from its institutions
    noted: bool = True

    @property
    def staging(self) -> str:
        return f"import_{self.kind}"

    @property
    def differences(self) -> str:
        return f"import_{self.kind}_diff"

    @property
    def gone(self) -> str:
        return f"import_{self.kind}_gone"

    @property
    def key(self) -> str:
        """The column that identifies a row within its register."""
        return self.keys[-1]

    @property
    def same(self) -> str:
        """SQL: the staged row is about this row."""
        return " AND ".join(f"i.{key} = s.{key}" for key in self.keys)

    @property
    def written(self) -> tuple[str, ...]:
        """Every column of a new row but its id, in order."""
        return (*self.columns, *self.constants)


def _as_read(*columns: str) -> dict[str, str]:
    return {column: f"s.{column}" for column in columns}


_KNOWN_POINT = "s.latitude IS NULL AND NOT s.is_private_home AND i.commune = s.commune AND NOT i.is_private_home"

CATEGORIES = Target(
    kind=ChangedKind.CATEGORY,
    table="directory_category",
    keys=("code",),
    columns=("code", "label", "list_version"),
    followed={},
    constants={"short": "''", '"group"': "''", "domain": "''"},
    label="label",
)
OPERATORS = Target(
    kind=ChangedKind.OPERATOR,
    table="directory_operator",
    keys=("finess",),
    columns=("finess", "name", "status"),
    followed=_as_read("name", "status"),
    constants={"siren": "''"},
    noted=False,
)
INSTITUTIONS = Target(
    kind=ChangedKind.INSTITUTION,
    table="directory_institution",
    keys=("finess",),
    columns=(
        "finess", "name", "folded", "slug", "category_id", "operator_id", "legal_status", "town_name", "town_folded",
        "department_id", "town_id", "register_name", "siret", "activity", "funding", "street", "post_code", "commune",
        "phone", "contact_email", "latitude", "longitude", "precision", "is_private_home", "opened_on", "closed_on",
        "register_date", "register_mark",
    ),
    followed={
        **_as_read(
            "category_id", "town_name", "town_folded", "department_id", "town_id", "register_name", "siret",
            "street", "post_code", "commune", "phone", "is_private_home", "closed_on", "register_date", "register_mark",
        ),
        # the name that the place gave itself stays; what the register calls it is beside
        "name": "CASE WHEN i.named_by_place THEN i.name ELSE s.name END",
        "folded": "CASE WHEN i.named_by_place THEN i.folded ELSE s.folded END",
        "phone": "CASE WHEN 'phone' = ANY (i.own_details) AND NOT s.is_private_home THEN i.phone ELSE s.phone END",
        # what one format of the register says and another does not
        "operator_id": "coalesce(s.operator_id, i.operator_id)",
        "legal_status": "CASE WHEN s.legal_status = '' THEN i.legal_status ELSE s.legal_status END",
        "activity": "CASE WHEN s.activity = '' THEN i.activity ELSE s.activity END",
        "funding": "CASE WHEN s.funding = '' THEN i.funding ELSE s.funding END",
        "opened_on": "coalesce(s.opened_on, i.opened_on)",
        "contact_email": (
            "CASE WHEN s.is_private_home THEN '' "
            "WHEN i.contact_email = '' THEN s.contact_email ELSE i.contact_email END"
        ),
        "latitude": f"CASE WHEN {_KNOWN_POINT} THEN i.latitude ELSE s.latitude END",
        "longitude": f"CASE WHEN {_KNOWN_POINT} THEN i.longitude ELSE s.longitude END",
        "precision": f"CASE WHEN {_KNOWN_POINT} THEN i.precision ELSE s.precision END",
    },
    constants={
        "kind_label": "''",
        "questions": "'{}'::varchar[]",
        "participants": "'{}'::varchar[]",
        "named_by_place": "false",
        "website": "''",
        "opening": "''",
        "own_details": "'{}'::varchar[]",
        "is_fictitious": "false",
        "programme_partner": "NULL::boolean",
    },
)  # fmt: skip
PLACES = Target(
    kind=ChangedKind.PLACE,
    table="directory_place",
    keys=("source", "source_id"),
    columns=(
        "source", "source_id", "name", "folded", "description", "siret", "street", "post_code", "commune", "town_name",
        "town_folded", "department_id", "latitude", "longitude", "precision", "phone", "email", "website",
        "opening_hours", "access_note", "kind", "networks", "needs", "is_digital", "updated_on", "closed_on",
        "register_mark",
    ),
    followed=_as_read(
        "name", "folded", "description", "siret", "street", "post_code", "commune", "town_name", "town_folded",
        "department_id", "latitude", "longitude", "precision", "phone", "email", "website", "opening_hours",
        "access_note", "kind", "networks", "needs", "is_digital", "updated_on", "closed_on", "register_mark",
    ),
    constants={"institution_id": "NULL::uuid"},
)  # fmt: skip
SERVICES = Target(
    kind=ChangedKind.SERVICE,
    table="directory_service",
    keys=("source", "source_id"),
    columns=(
        "source", "source_id", "place_id", "name", "description", "kind", "themes", "publics", "conditions", "fees",
        "reception", "how_to_come", "opening_hours", "phone", "email", "link", "updated_on", "closed_on",
        "register_mark",
    ),
    followed=_as_read(
        "place_id", "name", "description", "kind", "themes", "publics", "conditions", "fees", "reception",
        "how_to_come", "opening_hours", "phone", "email", "link", "updated_on", "closed_on", "register_mark",
    ),
)  # fmt: skip

# In the order in which one may point at another.
TARGETS = (CATEGORIES, OPERATORS, INSTITUTIONS, PLACES, SERVICES)

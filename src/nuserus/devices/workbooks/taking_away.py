"""Inventories to take away: what the person who asks may read, as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from nuserus.devices.models import Deployment
from nuserus.devices.queries.inventory import labels_of_publics, labels_of_trades
from nuserus.devices.workbooks.writing import plain_csv, plain_workbook

# More lines than this are for a smaller choice.
MOST_LINES = 20_000
FORMATS = ("xlsx", "csv")


def exported(lines: Iterable[Deployment], form: str) -> bytes:
    """The lines, with place, device, and what is said of it; each text as a text, never a formula.

    The lines come with their institution, its department and category, and their device and family.
    """
    table = _table(list(lines))
    return plain_workbook(_headers(), table) if form == "xlsx" else plain_csv(_headers(), table)


def _headers() -> list[str]:
    return [
        _("Établissement ou service"), _("Numéro FINESS"), _("Type de lieu"), _("Département"), _("Famille"),
        _("Matériel"), _("Nom chez nous"), _("Nombre"), _("Degré d’appropriation"), _("Qui s’en sert"), _("Avec qui"),
        _("Informations gardées"), _("Coût"), _("Remarques"), _("Vérifié le"), _("Qui peut lire"),
    ]  # fmt: skip


def _table(rows: Sequence[Deployment]) -> list[list[object]]:
    trades = labels_of_trades({slug for row in rows for slug in row.used_by})
    publics = labels_of_publics({slug for row in rows for slug in row.with_publics})
    return [
        [
            line.institution.name,
            line.institution.finess or "",
            line.institution.kind,
            str(line.institution.department),
            line.device.family.label,
            line.device.name,
            line.own_name,
            line.quantity,
            line.get_stage_display(),
            " ; ".join(trades[slug] for slug in line.used_by if slug in trades),
            " ; ".join(publics[slug] for slug in line.with_publics if slug in publics),
            line.data_held,
            line.cost,
            line.remarks,
            line.last_checked.isoformat(),
            line.get_scope_level_display(),
        ]
        for line in rows
    ]

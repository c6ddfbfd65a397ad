"""The columns of an inventory workbook, in their order, and its bounds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.devices.enums import AppropriationStage
from nuserus.foundation.files.sizes import MEGABYTE
from nuserus.foundation.levels import Level

SHEET = "Inventaire"
HELP = "Aide"
LISTS = "Listes"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEAVIEST = 2 * MEGABYTE
# A workbook unpacks to ten times its weight or so; far more is a trap.
LARGEST_UNPACKED = 30 * MEGABYTE
MOST_PACKED = 200
MOST_FILES = 300
MOST_ROWS = 1_000
MOST_COLUMNS = 60

LEVEL_WORDS = {
    Level.PUBLIC: "tout le monde",
    Level.NETWORK: "les professionnels vérifiés",
    Level.INSTITUTION: "notre lieu seulement",
}
STAGE_WORDS = {
    AppropriationStage.CONSIDERED.value: "envisagé",
    AppropriationStage.TRIED.value: "essai",
    AppropriationStage.SETTLED.value: "usage installé",
    AppropriationStage.REINVENTED.value: "usage réinventé",
    AppropriationStage.ABANDONED.value: "abandonné",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name among the answers, its header in the file (French, as the file is), its help."""

    name: str
    header: str
    width: int
    help: str
    label: str | Promise


COLUMNS = (
    Column(
        "reference", "Référence", 14,
        "Ne la changez pas : elle dit de quelle ligne du site il s’agit. Laissez vide pour une ligne nouvelle.",
        _("Référence"),
    ),
    Column("device", "Matériel", 34, "Obligatoire. Choisissez dans la liste.", _("Matériel")),
    Column("own_name", "Nom chez nous", 24, "Si vous l’appelez autrement. 120 caractères au plus.", _("Nom chez nous")),
    Column("quantity", "Nombre", 9, "Un nombre entier de 1 à 10 000, ou rien.", _("Nombre")),
    Column("stage", "Degré d’appropriation", 20, "Choisissez dans la liste, ou rien.", _("Degré d’appropriation")),
    Column(
        "used_by", "Qui s’en sert", 36,
        "Des métiers de la liste ; s’il y en a plusieurs, séparez-les par un point-virgule.", _("Qui s’en sert"),
    ),
    Column(
        "with_publics", "Avec qui", 32,
        "Des publics de la liste ; s’il y en a plusieurs, séparez-les par un point-virgule.", _("Avec qui"),
    ),
    Column(
        "data_held", "Informations gardées", 36, "Sur qui, où, combien de temps. 500 caractères au plus.",
        _("Informations gardées"),
    ),
    Column("cost", "Coût", 24, "En quelques mots. 200 caractères au plus.", _("Coût")),
    Column(
        "remarks", "Remarques", 44,
        "Jamais le nom d’une personne accompagnée. 2 000 caractères au plus.", _("Remarques"),
    ),
    Column("scope_level", "Qui peut lire", 26, "Obligatoire. Choisissez dans la liste.", _("Qui peut lire")),
)  # fmt: skip
LIMITS = {"own_name": 120, "data_held": 500, "cost": 200, "remarks": 2000}
REQUIRED = ("device", "scope_level")


def column_letter(name: str) -> str:
    """The letter of a column of the template: "D"."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[column.name for column in COLUMNS].index(name)]

from nuserus.directory.models.corrections import Correction
from nuserus.directory.models.former import FormerInstitution
from nuserus.directory.models.help import Place, Service
from nuserus.directory.models.imports import DuplicateProposal, Import, ImportChange
from nuserus.directory.models.institutions import Institution, Operator
from nuserus.directory.models.memberships import Membership
from nuserus.directory.models.places import Department, Town
from nuserus.directory.models.reference import Category, Public
from nuserus.directory.models.spots import Spot

__all__ = [
    "Category",
    "Correction",
    "Department",
    "DuplicateProposal",
    "FormerInstitution",
    "Import",
    "ImportChange",
    "Institution",
    "Membership",
    "Operator",
    "Place",
    "Public",
    "Service",
    "Spot",
    "Town",
]

from nuserus.directory.models.help import Place, Service
from nuserus.directory.models.institutions import Institution, Operator
from nuserus.directory.models.memberships import Membership
from nuserus.directory.models.places import Department, Town
from nuserus.directory.models.reference import Category, Public

__all__ = [
    "Category",
    "Department",
    "Institution",
    "Membership",
    "Operator",
    "Place",
    "Public",
    "Service",
    "Town",
]

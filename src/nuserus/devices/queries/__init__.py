"""What upper apps may ask of the catalogue and the inventories."""

from nuserus.devices.queries.catalogue import (
    CatalogueFamily,
    CatalogueLine,
    accepted_devices,
    catalogue_by_family,
    device_readable,
    devices_named,
    devices_to_choose_from,
    merged_into,
    own_proposals,
    places_using,
    proposals_to_answer,
)
from nuserus.devices.queries.inventory import (
    InventoryLine,
    deployments_of_device,
    deployments_visible_to,
    devices_of_institutions,
    inventory_of,
    lines_of,
    to_confirm,
    to_confirm_by_place,
)

__all__ = [
    "CatalogueFamily",
    "CatalogueLine",
    "InventoryLine",
    "accepted_devices",
    "catalogue_by_family",
    "deployments_of_device",
    "deployments_visible_to",
    "device_readable",
    "devices_named",
    "devices_of_institutions",
    "devices_to_choose_from",
    "inventory_of",
    "lines_of",
    "merged_into",
    "own_proposals",
    "places_using",
    "proposals_to_answer",
    "to_confirm",
    "to_confirm_by_place",
]

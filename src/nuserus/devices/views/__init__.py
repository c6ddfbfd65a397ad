from nuserus.devices.views.catalogue import catalogue, device
from nuserus.devices.views.inventory import (
    add_deployment,
    change_deployment,
    inventory,
    remove_deployment,
)
from nuserus.devices.views.proposals import answer_proposal, proposals, propose

__all__ = [
    "add_deployment",
    "answer_proposal",
    "catalogue",
    "change_deployment",
    "device",
    "inventory",
    "proposals",
    "propose",
    "remove_deployment",
]

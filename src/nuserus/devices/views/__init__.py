from nuserus.devices.views.catalogue import catalogue, device
from nuserus.devices.views.inventory import (
    add_deployment,
    change_deployment,
    compare,
    confirm_deployments,
    inventory,
    remove_deployment,
)
from nuserus.devices.views.merging import merge
from nuserus.devices.views.network import network
from nuserus.devices.views.proposals import answer_proposal, proposals, propose
from nuserus.devices.views.workbooks import export, export_all, template, upload, workbook

__all__ = [
    "add_deployment",
    "answer_proposal",
    "catalogue",
    "change_deployment",
    "compare",
    "confirm_deployments",
    "device",
    "export",
    "export_all",
    "inventory",
    "merge",
    "network",
    "proposals",
    "propose",
    "remove_deployment",
    "template",
    "upload",
    "workbook",
]

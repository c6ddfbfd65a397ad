"""Who may do what, and what may be shown of what is not public."""

from nuserus.devices.rules.access import (
    can_add_deployment,
    can_add_upload,
    can_change_deployment,
    can_change_device,
    can_delete_deployment,
    can_delete_device,
    can_delete_upload,
    can_merge_device,
    can_propose_device,
    can_read_deployment,
    can_read_device,
    can_read_merged_device,
    can_read_upload,
)

__all__ = [
    "can_add_deployment",
    "can_add_upload",
    "can_change_deployment",
    "can_change_device",
    "can_delete_deployment",
    "can_delete_device",
    "can_delete_upload",
    "can_merge_device",
    "can_propose_device",
    "can_read_deployment",
    "can_read_device",
    "can_read_merged_device",
    "can_read_upload",
]

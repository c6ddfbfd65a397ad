"""Who may do what with the catalogue and the inventories."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, has_role, manages_institution, readable

# The catalogue is public; a proposal is read by its author and by the moderators who answer it.
can_read_device = Rule("devices.Device", "read", readable | has_role("moderator"))
can_propose_device = Rule("devices.Device", "add", author | has_role("moderator"))
can_change_device = Rule("devices.Device", "change", has_role("moderator"))
can_delete_device = Rule("devices.Device", "delete", has_role("moderator"))

# An inventory belongs to the place, not to the person who typed it: only its referents write it.
can_read_deployment = Rule("devices.Deployment", "read", readable)
can_add_deployment = Rule("devices.Deployment", "add", manages_institution)
can_change_deployment = Rule("devices.Deployment", "change", manages_institution)
can_delete_deployment = Rule("devices.Deployment", "delete", manages_institution)

# A file that waits is read by whoever sent it and by nobody else: it may say more than its lines will.
can_read_upload = Rule("devices.InventoryUpload", "read", author)
can_add_upload = Rule("devices.InventoryUpload", "add", author & manages_institution)
can_delete_upload = Rule("devices.InventoryUpload", "delete", author)

# Where a device of the catalogue went is public, as the catalogue is.
can_read_merged_device = Rule("devices.MergedDevice", "read", readable)
can_merge_device = Rule("devices.Device", "merge", has_role("moderator"))

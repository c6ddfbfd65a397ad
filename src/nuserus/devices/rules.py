"""Who may do what with the catalogue and the inventories."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, has_role, manages_institution, readable

# The catalogue is public; a proposal is read by its author and by the moderators who answer it.
DEVICE_READ = Rule("devices.Device", "read", readable | has_role("moderator"))
DEVICE_ADD = Rule("devices.Device", "add", author | has_role("moderator"))
DEVICE_CHANGE = Rule("devices.Device", "change", has_role("moderator"))
DEVICE_DELETE = Rule("devices.Device", "delete", has_role("moderator"))

# An inventory belongs to the place, not to the person who typed it: only its referents write it.
DEPLOYMENT_READ = Rule("devices.Deployment", "read", readable)
DEPLOYMENT_ADD = Rule("devices.Deployment", "add", manages_institution)
DEPLOYMENT_CHANGE = Rule("devices.Deployment", "change", manages_institution)
DEPLOYMENT_DELETE = Rule("devices.Deployment", "delete", manages_institution)

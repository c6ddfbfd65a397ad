from nuserus.devices.models.catalogue import Device, DeviceFamily
from nuserus.devices.models.inventory import Deployment

__all__ = ["Deployment", "Device", "DeviceFamily"]

from nuserus.devices.models.catalogue import Device, DeviceFamily
from nuserus.devices.models.inventory import Deployment
from nuserus.devices.models.network import InventoryUpload, MergedDevice, NetworkBlock

__all__ = ["Deployment", "Device", "DeviceFamily", "InventoryUpload", "MergedDevice", "NetworkBlock"]

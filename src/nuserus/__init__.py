"""nuserus: practices with digital devices, told by social workers for their peers."""

__version__ = "0.1.0"

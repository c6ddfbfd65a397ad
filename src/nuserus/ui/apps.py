"""Registration of the user interface with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app that holds what every screen shares; it has no table."""

    name = "nuserus.ui"
    label = "ui"
    verbose_name = "Interface"

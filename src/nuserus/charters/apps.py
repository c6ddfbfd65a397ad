from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartersConfig(AppConfig):
    name = "nuserus.charters"
    label = "charters"
    verbose_name = _("règles d’usage")

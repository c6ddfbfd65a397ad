from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FacilitationConfig(AppConfig):
    name = "nuserus.facilitation"
    label = "facilitation"
    verbose_name = _("raconter à quelqu’un")

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VoiceConfig(AppConfig):
    name = "nuserus.voice"
    label = "voice"
    verbose_name = _("réponses enregistrées")

    def ready(self) -> None:
        from nuserus.voice.actions.replaying import register_replays

        register_replays()

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorpusConfig(AppConfig):
    name = "nuserus.corpus"
    label = "corpus"
    verbose_name = _("corpus")

    def ready(self) -> None:
        from nuserus.consent.provenance import register_redactor
        from nuserus.corpus import rules  # noqa: F401 - rules register themselves
        from nuserus.corpus.actions.redacting import MODELS, redact
        from nuserus.directory.registry import register_follower

        register_redactor("corpus", models=MODELS, redact=redact)

        for model in ("corpus.Source", "corpus.SourceVersion", "corpus.Turn", "corpus.Excerpt"):
            register_follower(model)

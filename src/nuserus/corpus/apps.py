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
        from nuserus.corpus.contributions import study_figures, study_section
        from nuserus.directory.registry import register_follower
        from nuserus.studies.registry import register_figures
        from nuserus.studies.sections import STUDY_SECTIONS

        register_redactor("corpus", models=MODELS, redact=redact)
        STUDY_SECTIONS.register("corpus", position=40, render=study_section)
        register_figures("corpus", position=40, figures=study_figures)
        for model in ("corpus.Source", "corpus.SourceVersion", "corpus.Turn", "corpus.Excerpt"):
            register_follower(model)

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorpusConfig(AppConfig):
    name = "nuserus.corpus"
    label = "corpus"
    verbose_name = _("corpus")

    def ready(self) -> None:
        from django.urls import reverse

        from nuserus.consent.provenance import register_page, register_redactor
        from nuserus.corpus import rules  # noqa: F401 - rules register themselves
        from nuserus.corpus.actions.kept_enough import (
            NAMES_ENDED,
            ORIGINAL_ENDED,
            end_names_again,
            end_original_again,
        )
        from nuserus.corpus.actions.redacting import MODELS, redact
        from nuserus.corpus.actions.redacting_names import MODELS as NAMES
        from nuserus.corpus.actions.redacting_names import redact_names
        from nuserus.corpus.contributions import study_figures, study_section
        from nuserus.corpus.standing import KEY_HOLDERS
        from nuserus.directory.registry import register_follower
        from nuserus.foundation.asking import register_standing
        from nuserus.foundation.ledger.replaying import register_replay
        from nuserus.studies.registry import register_figures
        from nuserus.studies.sections import STUDY_SECTIONS

        register_redactor("corpus", models=MODELS, redact=redact)
        register_page("corpus.Source", lambda pk: reverse("corpus:source", args=[pk]))
        STUDY_SECTIONS.register("corpus", position=40, render=study_section)
        register_figures("corpus", position=40, figures=study_figures)
        register_redactor("corpus.names", models=NAMES, redact=redact_names)
        register_standing("roles", KEY_HOLDERS)
        register_replay(NAMES_ENDED, end_names_again)
        register_replay(ORIGINAL_ENDED, end_original_again)

        for model in (*MODELS, *NAMES, "corpus.KeyHolder"):
            register_follower(model)

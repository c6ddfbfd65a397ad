from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudiesConfig(AppConfig):
    name = "nuserus.studies"
    label = "studies"
    verbose_name = _("études")

    def ready(self) -> None:
        from nuserus.consent.provenance import register_redactor, register_subject
        from nuserus.directory.registry import register_follower
        from nuserus.foundation.asking import register_standing
        from nuserus.studies import rules  # noqa: F401 - rules register themselves
        from nuserus.studies.actions.agreed import register_agreements
        from nuserus.studies.actions.notices import register_kinds
        from nuserus.studies.actions.withdrawn import KIND, take_participant_back, who_answers_for_participant
        from nuserus.studies.standing import COLLEAGUES, CONDUCTED, GROUPS, MATERIALS, PARTS

        register_kinds()
        register_agreements()
        register_subject(KIND, who_answers_for_participant)
        register_redactor("studies.participants", models=(KIND,), redact=take_participant_back)
        register_standing("roles", PARTS)
        register_standing("roles", COLLEAGUES)
        for sql in GROUPS:
            register_standing("groups", sql)
        register_standing("missions", CONDUCTED)
        register_standing("missions", MATERIALS)
        register_follower("studies.StudyPlace", "institution_id", "scope_institution", label=_("Études"))
        for model in (
            "studies.RetentionRule",
            "studies.Phase",
            "studies.Step",
            "studies.StudyGroup",
            "studies.Participation",
            "studies.CalendarEvent",
            "studies.EventAnswer",
            "studies.CalendarFeed",
            "studies.CycleNote",
            "studies.Decision",
            "studies.Effect",
            "studies.Reference",
            "studies.TrainingAgreement",
            "studies.TrainingSession",
            "studies.Attendance",
            "studies.Certificate",
            "studies.SelfEvaluation",
            "studies.Participant",
        ):
            register_follower(model)

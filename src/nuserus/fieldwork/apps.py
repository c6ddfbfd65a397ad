from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "nuserus.fieldwork"
    label = "fieldwork"
    verbose_name = _("terrain")

    def ready(self) -> None:
        from nuserus.directory.registry import register_follower
        from nuserus.fieldwork import rules  # noqa: F401 - rules register themselves
        from nuserus.fieldwork.actions.interviews_taken_back import register_interviews
        from nuserus.fieldwork.actions.pseudonyms_taken_back import register_pseudonyms
        from nuserus.fieldwork.actions.recordings_ended import RECORDING_REMOVED, remove_again
        from nuserus.fieldwork.actions.taken_back import register_observations
        from nuserus.fieldwork.contributions import interviews_section, study_section
        from nuserus.fieldwork.queries.counts import field_figures
        from nuserus.fieldwork.queries.there import people_of_fiche
        from nuserus.foundation.ledger.replaying import register_replay
        from nuserus.instruments.registry import register_people
        from nuserus.studies.registry import register_figures
        from nuserus.studies.sections import STUDY_SECTIONS

        register_observations()
        STUDY_SECTIONS.register("fieldwork", position=20, render=study_section)
        STUDY_SECTIONS.register("interviews", position=22, render=interviews_section)
        register_interviews()
        register_pseudonyms()
        register_people("fieldwork", people_of_fiche)
        register_replay(RECORDING_REMOVED, remove_again)
        register_figures("fieldwork", position=20, figures=field_figures)

        for model in (
            "fieldwork.Visit",
            "fieldwork.Visitor",
            "fieldwork.Observation",
            "fieldwork.Saying",
            "fieldwork.Presence",
            "fieldwork.JournalEntry",
            "fieldwork.JournalMention",
            "fieldwork.RestitutionMeeting",
            "fieldwork.RestitutionTheme",
            "fieldwork.Guide",
            "fieldwork.GuideVersion",
            "fieldwork.Interview",
            "fieldwork.InterviewParticipant",
            "fieldwork.DraftTurn",
            "fieldwork.Recording",
            "fieldwork.RecordingPiece",
        ):
            register_follower(model)

"""The field: everything below `/terrain/`."""

from __future__ import annotations

from django.urls import path

from nuserus.fieldwork.views import (
    interview_guides,
    interview_texts,
    interviews,
    journal,
    observations,
    overview,
    recordings,
    restitutions,
    visits,
)

app_name = "fieldwork"
_interview = "entretiens/<uuid:interview_id>/"
_recording = "enregistrements/<uuid:recording_id>/"

urlpatterns = [
    path("", overview.home, name="home"),
    path("lieux/<uuid:place_id>/", overview.place, name="place"),
    path("lieux/<uuid:place_id>/visite/", visits.new, name="new_visit"),
    path("visites/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visites/<uuid:visit_id>/modifier/", visits.change, name="change_visit"),
    path("visites/<uuid:visit_id>/faite/", visits.finish, name="finish_visit"),
    path("visites/<uuid:visit_id>/annuler/", visits.cancel, name="cancel_visit"),
    path("visites/<uuid:visit_id>/observer/", observations.begin, name="observe"),
    path("fiches/<uuid:submission_id>/reprendre/", observations.take, name="take_up"),
    path("observations/<uuid:observation_id>/", observations.observation, name="observation"),
    path("observations/<uuid:observation_id>/ecrire/", observations.write, name="write_observation"),
    path("observations/<uuid:observation_id>/enregistrer/", observations.save, name="save_observation"),
    path("observations/<uuid:observation_id>/retirer/", observations.remove, name="remove_observation"),
    path("observations/<uuid:observation_id>/relue/", observations.reread, name="reread_observation"),
    path("carnet/", journal.journal, name="journal"),
    path("carnet/ecrire/", journal.new, name="new_entry"),
    path("carnet/carnet.txt", journal.export, name="export_journal"),
    path("carnet/<uuid:entry_id>/", journal.entry, name="entry"),
    path("carnet/<uuid:entry_id>/modifier/", journal.change, name="change_entry"),
    path("carnet/<uuid:entry_id>/retirer/", journal.remove, name="remove_entry"),
    path("lieux/<uuid:place_id>/restitution/", restitutions.new, name="new_restitution"),
    path("etudes/<uuid:study_id>/restitutions/", restitutions.restitutions, name="restitutions"),
    path("restitutions/<uuid:meeting_id>/", restitutions.restitution, name="restitution"),
    path("restitutions/<uuid:meeting_id>/modifier/", restitutions.change, name="change_restitution"),
    path("etudes/<uuid:study_id>/entretiens/", interviews.interviews, name="interviews"),
    path("etudes/<uuid:study_id>/entretiens/prevoir/<uuid:place_id>/", interviews.plan, name="plan_interview"),
    path("etudes/<uuid:study_id>/guides/", interview_guides.guides, name="guides"),
    path("etudes/<uuid:study_id>/guides/ecrire/", interview_guides.start, name="start_guide"),
    path("guides/<uuid:guide_id>/", interview_guides.guide, name="guide"),
    path("guides/<uuid:guide_id>/version/", interview_guides.rewrite, name="rewrite_guide"),
    path(_interview, interviews.interview, name="interview"),
    path(f"{_interview}changer/", interviews.change, name="change_interview"),
    path(f"{_interview}notes/", interviews.notes, name="interview_notes"),
    path(f"{_interview}fait/", interviews.held, name="hold_interview"),
    path(f"{_interview}retirer/", interviews.drop, name="drop_interview"),
    path(f"{_interview}enregistrer/", recordings.begin, name="begin_recording"),
    path(f"{_interview}enregistrer/fichier/", recordings.deposit, name="deposit_recording"),
    path(f"{_interview}texte/", interview_texts.text, name="interview_text"),
    path(f"{_interview}texte/enregistrer/", interview_texts.save, name="save_interview_text"),
    path(f"{_interview}texte/avancement/", interview_texts.progress, name="interview_progress"),
    path(f"{_interview}texte/importer/", interview_texts.bring, name="import_interview_text"),
    path(f"{_interview}texte/voix/", interview_texts.bind, name="bind_interview_voices"),
    path(f"{_interview}texte/effacer/", interview_texts.clear, name="clear_interview_text"),
    path(f"{_interview}texte/corpus/", interview_texts.pour, name="pour_interview_text"),
    path(_recording, recordings.pieces, name="pieces"),
    path(f"{_recording}fin/", recordings.finish, name="finish_recording"),
    path(f"{_recording}abandonner/", recordings.abandon, name="abandon_recording"),
    path(f"{_recording}son/", recordings.sound, name="recording_sound"),
    path(f"{_recording}fichier/", recordings.download, name="recording_file"),
    path(f"{_recording}effacer/", recordings.remove, name="remove_recording"),
    path(f"{_recording}transcrire/", recordings.hear, name="hear_recording"),
]

"""Interviews, their recordings and the text while it is typed, with their floor."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import nuserus.fieldwork.models.recordings
import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.studies.statements import CONDUCT_WRITE

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# Whatever the program says: study and readers follow from the place, and who is listened to is of that place.
SCOPES = f"""
CREATE FUNCTION fieldwork_scope_interview() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.place_id <> NEW.place_id THEN
    RAISE EXCEPTION 'interview % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT study_id INTO NEW.study_id FROM studies_studyplace WHERE id = NEW.place_id;
  IF NEW.guide_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM fieldwork_guideversion version JOIN fieldwork_guide guide ON guide.id = version.guide_id
    WHERE version.id = NEW.guide_id AND guide.study_id = NEW.study_id) THEN
    RAISE EXCEPTION 'guide % is of another study', NEW.guide_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.source_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM corpus_source WHERE id = NEW.source_id AND place_id = NEW.place_id) THEN
    RAISE EXCEPTION 'source % is of another place', NEW.source_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.scope_level := 'restricted'; NEW.scope_institution := NULL; NEW.scope_group := NULL;
  NEW.scope_mission := NEW.place_id;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_scope_interview BEFORE INSERT OR UPDATE ON fieldwork_interview
FOR EACH ROW EXECUTE FUNCTION fieldwork_scope_interview();

CREATE FUNCTION fieldwork_listened() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  here uuid; recorded boolean;
BEGIN
  SELECT place_id INTO here FROM fieldwork_interview
  WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.interview_id ELSE NEW.interview_id END;
  SELECT EXISTS (SELECT FROM fieldwork_recording WHERE state <> 'ended'
    AND interview_id = CASE TG_OP WHEN 'DELETE' THEN OLD.interview_id ELSE NEW.interview_id END) INTO recorded;
  IF TG_OP = 'DELETE' THEN
    IF nuserus_asked() AND recorded THEN
      RAISE EXCEPTION 'somebody who was recorded stays among the people of the interview' USING ERRCODE = 'NC003';
    END IF;
    RETURN OLD;
  END IF;
  IF NOT EXISTS (SELECT FROM studies_participant WHERE id = NEW.participant_id AND place_id = here) THEN
    RAISE EXCEPTION 'participant of another place' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' AND nuserus_asked() AND recorded
    AND NOT nuserus_consent_holds(NEW.participant_id, 'record_audio', here) THEN
    RAISE EXCEPTION 'this participant does not agree to be recorded' USING ERRCODE = 'NC003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_listened BEFORE INSERT OR UPDATE OR DELETE ON fieldwork_interviewparticipant
FOR EACH ROW EXECUTE FUNCTION fieldwork_listened();
"""  # noqa: S608 (names of our own)
NO_SCOPES = """
DROP TRIGGER fieldwork_listened ON fieldwork_interviewparticipant;
DROP FUNCTION fieldwork_listened();
DROP TRIGGER fieldwork_scope_interview ON fieldwork_interview;
DROP FUNCTION fieldwork_scope_interview();
"""

# No voice is kept, and none is finished, unless everybody of the interview agrees today to it.
AGREED = f"""
CREATE FUNCTION fieldwork_may_record(which uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT count(*) > 0 AND bool_and(
    nuserus_consent_holds(one.participant_id, 'take_part', interview.place_id)
    AND nuserus_consent_holds(one.participant_id, 'record_audio', interview.place_id))
  FROM fieldwork_interviewparticipant one JOIN fieldwork_interview interview ON interview.id = one.interview_id
  WHERE one.interview_id = which
$$;
CREATE FUNCTION fieldwork_agreed_recording() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF nuserus_asked() AND (TG_OP = 'INSERT'
    OR (OLD.interview_id <> NEW.interview_id)
    OR (NEW.state <> 'ended' AND (OLD.state <> NEW.state OR OLD.received <> NEW.received)))
    AND NOT fieldwork_may_record(NEW.interview_id) THEN
    RAISE EXCEPTION 'somebody of this interview does not agree to be recorded' USING ERRCODE = 'NC003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_agreed_recording BEFORE INSERT OR UPDATE ON fieldwork_recording
FOR EACH ROW EXECUTE FUNCTION fieldwork_agreed_recording();
"""  # noqa: S608 (names of our own)
NOT_AGREED = """
DROP TRIGGER fieldwork_agreed_recording ON fieldwork_recording;
DROP FUNCTION fieldwork_agreed_recording();
DROP FUNCTION fieldwork_may_record(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0001_sources"),
        ("fieldwork", "0001_field"),
        ("studies", "0006_participants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guide",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guides", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "guide d’entretien",
                "verbose_name_plural": "guides d’entretien",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="GuideVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("themes", models.JSONField(verbose_name="thèmes et questions")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qui change")),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "guide",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="fieldwork.guide"
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’un guide d’entretien",
                "verbose_name_plural": "versions des guides d’entretien",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("individual", "une personne"), ("group", "un groupe")],
                        default="individual",
                        max_length=10,
                        verbose_name="avec",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "en coprésence"), ("remote", "à distance")],
                        default="in_person",
                        max_length=10,
                        verbose_name="comment",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="jour")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="où")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "prévu"), ("held", "fait"), ("transcribed", "transcrit")],
                        default="planned",
                        max_length=11,
                        verbose_name="état",
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=20000, verbose_name="notes")),
                ("revision", models.PositiveIntegerField(default=0)),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("withheld_at", models.DateTimeField(blank=True, null=True, verbose_name="mis de côté le")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="masqué en partie le")),
                (
                    "guide",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="fieldwork.guideversion",
                        verbose_name="guide",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interviews", to="studies.studyplace"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interviews",
                        to="corpus.source",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interviews", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "entretien",
                "verbose_name_plural": "entretiens",
                "ordering": ["-held_on", "-planned_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DraftTurn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                ("position", models.PositiveIntegerField()),
                ("speaker", models.CharField(blank=True, max_length=80, verbose_name="qui parle")),
                ("text", models.TextField(max_length=20000, verbose_name="paroles")),
                ("begins_ms", models.PositiveIntegerField(blank=True, null=True, verbose_name="de")),
                ("ends_ms", models.PositiveIntegerField(blank=True, null=True, verbose_name="à")),
                ("withheld_at", models.DateTimeField(blank=True, null=True, verbose_name="mis de côté le")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="masqué le")),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_turns",
                        to="studies.participant",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="fieldwork.interview"
                    ),
                ),
            ],
            options={
                "verbose_name": "tour de parole à relire",
                "verbose_name_plural": "tours de parole à relire",
                "ordering": ["interview", "position"],
            },
        ),
        migrations.CreateModel(
            name="InterviewParticipant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="fieldwork.interview",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interviews", to="studies.participant"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne d’un entretien",
                "verbose_name_plural": "personnes des entretiens",
                "ordering": ["participant__pseudonym", "id"],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("arriving", "en cours d’envoi"), ("stored", "reçu en entier"), ("ended", "effacé")],
                        default="arriving",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("file", "fichier"), ("microphone", "micro du navigateur")],
                        default="file",
                        max_length=10,
                        verbose_name="d’où",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=nuserus.fieldwork.models.recordings.recording_name, verbose_name="fichier"
                    ),
                ),
                ("media_type", models.CharField(blank=True, max_length=20, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="poids")),
                ("received", models.PositiveBigIntegerField(default=0, verbose_name="reçu")),
                ("first_sha256", models.CharField(max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("seconds", models.FloatField(default=0, verbose_name="durée")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "last_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="dernier morceau reçu le"),
                ),
                ("stored_at", models.DateTimeField(blank=True, null=True, verbose_name="reçu en entier le")),
                (
                    "hearing",
                    models.CharField(
                        choices=[
                            ("none", "pas demandée"),
                            ("waiting", "en attente"),
                            ("running", "en cours"),
                            ("done", "terminée"),
                            ("failed", "arrêtée"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="transcription",
                    ),
                ),
                ("hearing_asked_by", models.UUIDField(blank=True, null=True)),
                ("heard_seconds", models.FloatField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("withheld_at", models.DateTimeField(blank=True, null=True, verbose_name="mis de côté le")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("removed", "effacé à la main"),
                            ("withdrawn", "une personne a retiré son accord"),
                            ("kept", "la durée de conservation est finie"),
                            ("abandoned", "l’envoi n’a pas été fini"),
                        ],
                        max_length=9,
                    ),
                ),
                ("file_deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="son effacé le")),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recordings", to="fieldwork.interview"
                    ),
                ),
            ],
            options={
                "verbose_name": "enregistrement d’un entretien",
                "verbose_name_plural": "enregistrements des entretiens",
                "ordering": ["begun_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RecordingPiece",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                ("begin", models.PositiveBigIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="fieldwork.recording"
                    ),
                ),
            ],
            options={
                "verbose_name": "morceau d’un enregistrement",
                "verbose_name_plural": "morceaux des enregistrements",
                "ordering": ["recording", "begin"],
            },
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", None),
                    ("scope_group", models.F("study")),
                    ("scope_institution", None),
                    ("scope_level", "group"),
                    ("scope_mission", models.F("study")),
                ),
                name="guide_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideversion",
            constraint=models.UniqueConstraint(fields=("guide", "number"), name="guide_version_once"),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(fields=["place", "-held_on"], name="interview_by_place"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", models.F("place")),
                ),
                name="interview_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftturn",
            constraint=models.UniqueConstraint(fields=("interview", "position"), name="draft_turn_position_once"),
        ),
        migrations.AddConstraint(
            model_name="interviewparticipant",
            constraint=models.UniqueConstraint(fields=("interview", "participant"), name="once_in_an_interview"),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(fields=["state", "last_at"], name="field_recording_by_state"),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "arriving")),
                fields=("interview", "first_sha256", "size"),
                name="one_upload_of_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("size"))), name="no_more_than_announced"
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stored"), _negated=True),
                    models.Q(("received", models.F("size")), models.Q(("sha256", ""), _negated=True)),
                    _connector="OR",
                ),
                name="stored_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state", "ended"), models.Q(("ending", ""), _negated=True)),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_at", None), ("ending", "")),
                    _connector="OR",
                ),
                name="field_recording_ended_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("file_deleted_at", None), models.Q(("ended_at__isnull", False), ("file", "")), _connector="OR"
                ),
                name="field_sound_leaves_at_the_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordingpiece",
            constraint=models.UniqueConstraint(fields=("recording", "begin"), name="piece_once"),
        ),
        ApplyFloor("fieldwork_guide", write=CONDUCT_WRITE),
        InheritScope("fieldwork_guideversion", "fieldwork_guide", "guide_id"),
        ApplyFloor("fieldwork_guideversion", write=CONDUCT_WRITE),
        RestrictWrites("fieldwork_guideversion", ("SELECT", "INSERT")),
        ApplyFloor("fieldwork_interview", write=CONDUCT_WRITE),
        InheritScope("fieldwork_interviewparticipant", "fieldwork_interview", "interview_id"),
        ApplyFloor("fieldwork_interviewparticipant", write=CONDUCT_WRITE),
        InheritScope("fieldwork_draftturn", "fieldwork_interview", "interview_id"),
        ApplyFloor("fieldwork_draftturn", write=CONDUCT_WRITE),
        InheritScope("fieldwork_recording", "fieldwork_interview", "interview_id"),
        ApplyFloor("fieldwork_recording", write=CONDUCT_WRITE),
        RestrictWrites("fieldwork_recording", ("SELECT", "INSERT", "UPDATE")),
        InheritScope("fieldwork_recordingpiece", "fieldwork_recording", "recording_id"),
        ApplyFloor("fieldwork_recordingpiece", write=CONDUCT_WRITE),
        migrations.RunSQL(SCOPES, NO_SCOPES),
        migrations.RunSQL(AGREED, NOT_AGREED),
    ]

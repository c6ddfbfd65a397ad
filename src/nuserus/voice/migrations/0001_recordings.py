"""Recordings, with their floor, and what a facilitator may ask about those of others."""

from django.db import migrations, models

import nuserus.foundation.models.base
import nuserus.voice.models.recordings
from nuserus.foundation.floor.operations import ApplyFloor

# What was entrusted and nobody took: when it was, and how long it lasts. Nothing of whose it is.
QUEUE = """
CREATE FUNCTION nuserus_recordings_to_write() RETURNS TABLE (id uuid, seconds double precision, entrusted_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT voice.id, voice.seconds, voice.entrusted_at FROM voice_recording voice
  WHERE nuserus_has_role('facilitator') AND voice.state = 'to_write' AND voice.entrusted_at IS NOT NULL
    AND voice.taken_by IS NULL AND voice.scope_author <> nuserus_user()
  ORDER BY voice.entrusted_at, voice.id;
END $$;

CREATE FUNCTION nuserus_take_recording(wanted uuid, new_row uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE voice_recording voice SET taken_by = nuserus_user(), taken_at = now()
  WHERE voice.id = wanted AND voice.id IN (SELECT waiting.id FROM nuserus_recordings_to_write() waiting)
    AND voice.taken_by IS NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, wanted, nuserus_user(), nuserus_user(), now())
  ON CONFLICT (mission_id, holder_id) DO NOTHING;
  PERFORM nuserus_remember_mission(wanted);
  RETURN true;
END $$;
"""
DROP = """
DROP FUNCTION nuserus_take_recording(uuid, uuid);
DROP FUNCTION nuserus_recordings_to_write();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_floor")]

    operations = [
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
                ("kind", models.SlugField(max_length=30)),
                ("about", models.UUIDField(verbose_name="à propos de")),
                ("question", models.SlugField(max_length=30, verbose_name="question")),
                ("sent_sha256", models.CharField(max_length=64)),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=nuserus.voice.models.recordings.sound_name, verbose_name="enregistrement"
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("seconds", models.FloatField(verbose_name="durée")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "la machine l’écrit"),
                            ("to_write", "à écrire par une personne"),
                            ("written", "à relire"),
                            ("placed", "mis dans la réponse"),
                            ("gone", "effacé"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="reçu le")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("transcript", models.TextField(blank=True, max_length=20000, verbose_name="texte")),
                ("written_at", models.DateTimeField(blank=True, null=True)),
                (
                    "written_by",
                    models.UUIDField(
                        blank=True, help_text="vide : par la machine", null=True, verbose_name="écrit par"
                    ),
                ),
                ("entrusted_at", models.DateTimeField(blank=True, null=True, verbose_name="confié le")),
                ("taken_by", models.UUIDField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("warned_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("placed", "son texte est dans la réponse"),
                            ("thrown", "la personne l’a effacé"),
                            ("place", "le brouillon a été jeté"),
                            ("too_old", "gardé trop longtemps"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sound_deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="son effacé le")),
            ],
            options={
                "verbose_name": "réponse enregistrée",
                "verbose_name_plural": "réponses enregistrées",
                "ordering": ["recorded_at", "id"],
                "indexes": [
                    models.Index(fields=["kind", "about", "question"], name="recording_of_question"),
                    models.Index(fields=["state", "recorded_at"], name="recording_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope_author", "kind", "about", "question", "sent_sha256"), name="recording_sent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author__isnull", False),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission", models.F("id")),
                        ),
                        name="recording_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(
                                models.Q(("ending", ""), _negated=True), ("ended_at__isnull", False), ("transcript", "")
                            ),
                            _connector="OR",
                        ),
                        name="recording_ended_keeps_no_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sound_deleted_at__isnull", True),
                            models.Q(("ended_at__isnull", False), ("file", "")),
                            _connector="OR",
                        ),
                        name="recording_sound_leaves_at_the_end",
                    ),
                ],
            },
        ),
        ApplyFloor("voice_recording"),
        migrations.RunSQL(QUEUE, DROP),
    ]

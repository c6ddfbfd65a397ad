"""Numbers of the network, workbooks that wait, devices that were merged."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites

_MODERATOR = "(SELECT nuserus_asked()) AND (SELECT nuserus_has_role('moderator'))"
APP = settings.DB_ROLES["app"]
_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# A moderator merges a device into another one: the lines of every inventory follow, also those that the
# moderator may not read, in one statement that says nothing of them. What a place called it stays.
MERGE = f"""
CREATE FUNCTION devices_merge(gone uuid, into_device uuid, redirect uuid) RETURNS void
LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  old devices_device;
  kept devices_device;
  in_catalogue boolean;
BEGIN
  IF nuserus_user() IS NULL OR NOT nuserus_has_role('moderator') THEN
    RAISE EXCEPTION 'only a moderator merges devices' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM 1 FROM devices_device WHERE id IN (gone, into_device) ORDER BY id FOR UPDATE;
  SELECT * INTO old FROM devices_device WHERE id = gone AND status IN ('accepted', 'proposed');
  SELECT * INTO kept FROM devices_device WHERE id = into_device AND status = 'accepted';
  IF old.id IS NULL OR kept.id IS NULL OR old.id = kept.id THEN
    RAISE EXCEPTION 'devices % and % cannot be merged', gone, into_device USING ERRCODE = 'check_violation';
  END IF;
  IF old.status = 'proposed' AND old.proposed_by_id = nuserus_user() THEN
    RAISE EXCEPTION 'nobody answers their own proposal' USING ERRCODE = 'insufficient_privilege';
  END IF;
  in_catalogue := old.status = 'accepted';
  UPDATE devices_deployment SET device_id = kept.id, own_name = CASE own_name WHEN '' THEN old.name ELSE own_name END
  WHERE device_id = old.id;
  UPDATE devices_mergeddevice SET kept_id = kept.id WHERE kept_id = old.id;
  INSERT INTO devices_mergeddevice (id, scope_level, slug, name, kept_id, merged_at)
  VALUES (redirect, 'public', old.slug, CASE WHEN in_catalogue THEN old.name ELSE '' END, kept.id, now());
  IF in_catalogue THEN
    UPDATE devices_device SET aliases = ARRAY(
      SELECT DISTINCT left(word, 80) FROM unnest(kept.aliases || old.aliases || old.name::varchar) word
      WHERE word <> kept.name ORDER BY 1
    ) WHERE id = kept.id;
  END IF;
  DELETE FROM devices_device WHERE id = old.id;
END $$;
REVOKE ALL ON FUNCTION devices_merge(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION devices_merge(uuid, uuid, uuid) TO "{APP}";
"""

# Nobody answers their own proposal, not even a moderator.
GUARD = f"""
CREATE FUNCTION devices_guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF session_user = '{APP}' AND OLD.proposed_by_id = nuserus_user() THEN
    RAISE EXCEPTION 'nobody answers their own proposal' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER devices_guard_proposal BEFORE UPDATE OF status ON devices_device
FOR EACH ROW WHEN (OLD.status = 'proposed' AND NEW.status = 'accepted') EXECUTE FUNCTION devices_guard_proposal();
"""
UNDO_GUARD = "DROP TRIGGER devices_guard_proposal ON devices_device; DROP FUNCTION devices_guard_proposal();"


class Migration(migrations.Migration):
    dependencies = [
        ("devices", "0002_reference_data"),
        ("directory", "0004_country_scale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NetworkBlock",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "of_places",
                    models.BooleanField(default=False, verbose_name="compte des lieux, et non des matériels"),
                ),
                ("family", models.CharField(blank=True, max_length=60, verbose_name="famille")),
                ("device", models.CharField(blank=True, max_length=80, verbose_name="dispositif")),
                ("category", models.CharField(blank=True, max_length=4, verbose_name="catégorie")),
                ("region", models.CharField(blank=True, max_length=60, verbose_name="région")),
                ("stage", models.CharField(blank=True, max_length=10, verbose_name="degré d’appropriation")),
                ("department", models.CharField(blank=True, max_length=3, verbose_name="département")),
                ("size", models.CharField(blank=True, max_length=10, verbose_name="taille de l’organisme")),
                ("operator", models.CharField(blank=True, max_length=36, verbose_name="organisme")),
                ("count", models.PositiveIntegerField(verbose_name="nombre")),
                ("released_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="compté le")),
            ],
            options={
                "verbose_name": "nombre montré du réseau",
                "verbose_name_plural": "nombres montrés du réseau",
            },
        ),
        migrations.CreateModel(
            name="InventoryUpload",
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
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyé le")),
                ("file_name", models.CharField(max_length=120, verbose_name="nom du fichier")),
                ("content", models.BinaryField(verbose_name="contenu")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.institution",
                        verbose_name="établissement ou service",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="envoyé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "classeur d’inventaire envoyé",
                "verbose_name_plural": "classeurs d’inventaire envoyés",
                "ordering": ["-uploaded_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", models.F("uploaded_by")),
                            ("scope_group", None),
                            ("scope_institution", models.F("institution")),
                            ("scope_level", "restricted"),
                            ("scope_mission", None),
                        ),
                        name="inventory_upload_scope",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MergedDevice",
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
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="ancienne adresse")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="ancien nom")),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="fusionné le")),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="devices.device",
                        verbose_name="dispositif gardé",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispositif fusionné",
                "verbose_name_plural": "dispositifs fusionnés",
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", None),
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "public"),
                            ("scope_mission", None),
                        ),
                        name="merged_device_is_public",
                    )
                ],
            },
        ),
        RestrictWrites("devices_networkblock", ("SELECT",)),
        ApplyFloor("devices_inventoryupload"),
        ApplyFloor("devices_mergeddevice", write=_MODERATOR),
        RestrictWrites("devices_mergeddevice", ("SELECT",)),
        migrations.RunSQL(MERGE, "DROP FUNCTION devices_merge(uuid, uuid, uuid);"),
        migrations.RunSQL(GUARD, UNDO_GUARD),
    ]

"""Functions that say who is asking, missions, the audit journal and the throttle's table."""

from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites
from nuserus.foundation.floor.statements import (
    ASKING_FUNCTIONS,
    AUDIT_FUNCTIONS,
    DROP_FUNCTIONS,
    MISSION_FUNCTIONS,
    THROTTLE_TABLE,
)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(ASKING_FUNCTIONS, DROP_FUNCTIONS),
        migrations.CreateModel(
            name="MissionHolder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("mission_id", models.UUIDField()),
                ("holder_id", models.UUIDField()),
                ("granted_by", models.UUIDField(null=True)),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "personne nommée",
                "verbose_name_plural": "personnes nommées",
                "indexes": [models.Index(fields=["holder_id"], name="mission_by_holder")],
                "constraints": [
                    models.UniqueConstraint(fields=("mission_id", "holder_id"), name="mission_holder_once")
                ],
            },
        ),
        ApplyFloor(
            "foundation_missionholder",
            read="(SELECT nuserus_asked()) AND (holder_id = (SELECT nuserus_user())"
            " OR mission_id = ANY ((SELECT nuserus_ids('missions'))::uuid[]))",
            write="false",
        ),
        RestrictWrites("foundation_missionholder", ("SELECT",)),
        migrations.RunSQL(MISSION_FUNCTIONS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "transaction_id",
                    models.BigIntegerField(
                        help_text="numéro de la transaction, pour sceller dans l’ordre des validations"
                    ),
                ),
                ("actor_id", models.UUIDField(null=True)),
                ("action", models.CharField(max_length=120)),
                ("object_id", models.UUIDField(null=True)),
                ("salt", models.BinaryField(max_length=16)),
                ("commitment", models.BinaryField(max_length=32)),
            ],
            options={
                "verbose_name": "événement du journal",
                "verbose_name_plural": "événements du journal",
                "indexes": [models.Index(fields=["transaction_id"], name="audit_by_transaction")],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("mac", models.BinaryField(max_length=32)),
            ],
            options={"verbose_name": "sceau du journal", "verbose_name_plural": "sceaux du journal"},
        ),
        RestrictWrites("foundation_auditevent"),
        RestrictWrites("foundation_auditseal"),
        RestrictWrites("foundation_auditevent", ("SELECT", "INSERT"), role="system"),
        RestrictWrites("foundation_auditseal", ("SELECT", "INSERT"), role="system"),
        migrations.RunSQL(AUDIT_FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(THROTTLE_TABLE, "DROP TABLE foundation_throttle"),
    ]

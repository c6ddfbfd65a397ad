"""The ledger of withdrawals: the application adds lines and reads none."""

import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import RestrictWrites


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_floor"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="quoi")),
                ("object_id", models.UUIDField(verbose_name="objet")),
                ("details", models.JSONField(default=dict, verbose_name="autres identifiants")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="écrit au registre le")),
            ],
            options={
                "verbose_name": "ligne du registre des retraits",
                "verbose_name_plural": "lignes du registre des retraits",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("written_at", None)), fields=["at"], name="ledger_waiting")
                ],
            },
        ),
        RestrictWrites("foundation_ledgerentry", ("INSERT",)),
    ]

"""One meeting, one telling."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("facilitation", "0004_role_gone"),
    ]

    operations = [
        migrations.AddField(
            model_name="telling",
            name="booking",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="telling",
                to="facilitation.booking",
            ),
        ),
    ]

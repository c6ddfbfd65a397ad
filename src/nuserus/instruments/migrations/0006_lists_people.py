"""Versions that ask who was there, from the list of those who agree to take part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("instruments", "0005_emptied")]

    operations = [
        migrations.AddField(
            model_name="instrumentversion",
            name="lists_people",
            field=models.BooleanField(default=False, verbose_name="demande qui était là"),
        ),
    ]

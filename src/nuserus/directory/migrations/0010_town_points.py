"""The largest towns of a part of the map, found without reading them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_former_institutions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="town",
            index=models.Index(fields=["latitude", "longitude"], name="town_by_point"),
        ),
        migrations.AddIndex(
            model_name="town",
            index=models.Index(fields=["-population"], name="town_largest_first"),
        ),
    ]

"""The label of a stopped practice keeps its colon on its line; the table is the same."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0006_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sheetevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "commencée"),
                    ("sent", "envoyée en relecture"),
                    ("assigned", "confiée à une relectrice ou un relecteur"),
                    ("passed_on", "passée à quelqu’un d’autre"),
                    ("returned", "à reprendre"),
                    ("published", "publiée"),
                    ("changed", "modifiée après publication"),
                    ("taken_back", "reprise par son auteur ou son autrice"),
                    ("completed", "complétée à la relecture"),
                    ("confirmed", "relue après publication"),
                    ("withdrawn", "retirée par son auteur ou son autrice"),
                    ("renewed", "dite toujours valable"),
                    ("to_fix", "dite à corriger"),
                    ("stopped", "dite terminée\xa0: ne se fait plus"),
                    ("closed", "une version fermée à la lecture"),
                    ("read_plain", "version simple relue par des personnes concernées"),
                ],
                max_length=10,
            ),
        ),
    ]

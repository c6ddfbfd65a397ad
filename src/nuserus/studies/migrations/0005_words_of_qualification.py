"""The words of qualifications, with the spaces that French wants."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("studies", "0004_materials_in_any_study"),
    ]

    operations = [
        migrations.AlterField(
            model_name="study",
            name="qualification",
            field=models.CharField(
                choices=[
                    ("unsettled", "à préciser"),
                    ("non_riph", "recherche hors loi Jardé (non RIPH)"),
                    ("riph_1", "RIPH de catégorie 1\xa0: interventionnelle"),
                    ("riph_2", "RIPH de catégorie 2\xa0: risques et contraintes minimes"),
                    ("riph_3", "RIPH de catégorie 3\xa0: non interventionnelle"),
                    ("practice", "évaluation de pratiques professionnelles"),
                ],
                default="unsettled",
                max_length=10,
                verbose_name="qualification juridique",
            ),
        ),
    ]

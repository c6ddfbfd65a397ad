"""Whoever comes to work in a place no longer reads what they collected there."""

from django.db import migrations

from nuserus.foundation.floor.operations import CloseRows
from nuserus.studies.statements import CLOSED_TO_COLLEAGUES

TABLES = ("source", "sourceversion", "turn", "excerpt", "masking", "detail", "sealedoriginal", "keyentry")


class Migration(migrations.Migration):
    dependencies = [("corpus", "0003_pseudonyms"), ("studies", "0009_colleagues")]

    operations = [CloseRows(f"corpus_{table}", CLOSED_TO_COLLEAGUES) for table in TABLES]

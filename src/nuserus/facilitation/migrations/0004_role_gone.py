"""With the role of facilitator goes what it opened."""

from django.db import migrations

from nuserus.facilitation.statements import NO_ROLE_GONE, ROLE_GONE


class Migration(migrations.Migration):
    dependencies = [
        ("facilitation", "0003_agreed_by_whom"),
        ("people", "0001_people"),
        ("voice", "0002_taken_back"),
    ]

    operations = [migrations.RunSQL(ROLE_GONE, NO_ROLE_GONE)]

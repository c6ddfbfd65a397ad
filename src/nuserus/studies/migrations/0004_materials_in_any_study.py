"""Who sat for a place in one study does not read what another study collects there."""

from django.db import migrations

from nuserus.studies.statements import STANDING

_BEFORE = STANDING.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
_HERE = "circle.place_id = place.id)"
_ANYWHERE = (
    "circle.place_id IN (SELECT sat.id FROM studies_studyplace sat WHERE sat.institution_id = place.institution_id))"
)


class Migration(migrations.Migration):
    dependencies = [("studies", "0003_place_follows")]

    operations = [migrations.RunSQL(_BEFORE.replace(_HERE, _ANYWHERE), _BEFORE)]

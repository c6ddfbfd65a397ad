"""Whoever comes to work in a place no longer reads what they saw and heard there."""

from django.db import migrations

from nuserus.foundation.floor.operations import CloseRows
from nuserus.studies.statements import CLOSED_TO_COLLEAGUES

TABLES = ("saying", "presence", "interview", "interviewparticipant", "draftturn", "recording", "recordingpiece")
# one in the making, or from a fiche, has another mission than its place
BY_PLACE = CLOSED_TO_COLLEAGUES.replace("scope_mission", "place_id")


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0004_revisions"), ("studies", "0009_colleagues")]

    operations = [
        CloseRows("fieldwork_observation", BY_PLACE),
        *(CloseRows(f"fieldwork_{table}", CLOSED_TO_COLLEAGUES) for table in TABLES),
    ]

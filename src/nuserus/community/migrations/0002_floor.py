"""The floor of the exchanges, and the functions by which moderators hide and show."""

from django.conf import settings
from django.db import migrations

from nuserus.community.statements import (
    COUNTS,
    DROP_COUNTS,
    DROP_GUARDS,
    DROP_LEVELS,
    DROP_MODERATE,
    GUARD_PUBLICATION,
    HELPED_GOES_WITH_ITS_ANSWER,
    HELPED_STAYS,
    MODERATE,
    READ_BY_MODERATORS,
    WRITE_CAMPAIGN,
    WRITE_OWN,
    WRITE_STEP,
    guards,
    levels,
)
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0001_community"),
        ("foundation", "0001_floor"),
        ("people", "0001_people"),
        ("practices", "0005_hidden"),
        ("search", "0001_search"),
    ]

    operations = [
        ApplyFloor("community_question"),
        ApplyFloor("community_answer"),
        ApplyFloor("community_helped"),
        ApplyFloor("community_comment"),
        ApplyFloor("community_commentedit"),
        RestrictWrites("community_commentedit", ("SELECT", "INSERT", "DELETE")),
        ApplyFloor("community_report", read=READ_BY_MODERATORS),
        RestrictWrites("community_report", ("SELECT", "INSERT")),
        ApplyFloor("community_moderationstep", read=READ_BY_MODERATORS, write=WRITE_STEP),
        RestrictWrites("community_moderationstep", ("SELECT", "INSERT")),
        ApplyFloor("community_collection", write=WRITE_OWN),
        ApplyFloor("community_collectionentry", write=WRITE_OWN),
        InheritScope("community_collectionentry", "community_collection", "collection_id"),
        ApplyFloor("community_campaign", write=WRITE_CAMPAIGN),
        RestrictWrites("community_campaign", ("SELECT", "INSERT", "UPDATE")),
        migrations.RunSQL(HELPED_GOES_WITH_ITS_ANSWER, HELPED_STAYS),
        migrations.RunSQL(levels(), DROP_LEVELS),
        migrations.RunSQL(guards(app=settings.DB_ROLES["app"]), DROP_GUARDS),
        migrations.RunSQL(GUARD_PUBLICATION, migrations.RunSQL.noop),
        migrations.RunSQL(MODERATE, DROP_MODERATE),
        migrations.RunSQL(COUNTS, DROP_COUNTS),
    ]

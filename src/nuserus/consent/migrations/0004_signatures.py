"""Consents of participants: how they were confirmed, on which day, and whether somebody else must agree too."""

import django.db.models.deletion
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# Whether a representative must agree beside the person is known by the app above that knows the person: it
# says it in its own body of this function.
REPRESENTED = f"""
CREATE FUNCTION nuserus_consent_needs_representative(object uuid) RETURNS boolean
LANGUAGE sql STABLE {_DEFINER} AS $$ SELECT false $$;
"""
NOT_REPRESENTED = "DROP FUNCTION nuserus_consent_needs_representative(uuid);"

_HOLDS = f"""
CREATE OR REPLACE FUNCTION nuserus_consent_holds(object uuid, use_for text, on_mission uuid) RETURNS boolean
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT coalesce(bool_and(state = 'given' AND (expires_at IS NULL OR expires_at > now())), false)
     AND coalesce(bool_or(voice = 'person'), false)%s
  FROM consent_consent
  WHERE object_id = object AND purpose = use_for AND scope_mission = on_mission
$$;
"""  # noqa: S608 (names of our own)
HOLDS = _HOLDS % (
    "\n     AND (coalesce(bool_or(voice = 'representative'), false) OR NOT nuserus_consent_needs_representative(object))"
)
HELD = _HOLDS % ""

_CARD = f"""
DROP FUNCTION consent_by_card(text);
CREATE FUNCTION consent_by_card(code_digest text)
RETURNS TABLE (id uuid, purpose text, object_kind text, object_id uuid, voice text, state text, since timestamptz,
  expires_at timestamptz, label text, title text, body text, answers uuid%s)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT said.id, said.purpose, said.object_kind, said.object_id, said.voice, said.state, said.since, said.expires_at,
    notice.label, wording.title, wording.body, said.scope_author%s
  FROM consent_consentcard card
  JOIN consent_consent said ON said.subject = card.subject AND said.scope_author = card.scope_author
    AND said.scope_mission = card.scope_mission
  JOIN consent_noticeversion wording ON wording.id = said.notice_version_id
  JOIN consent_notice notice ON notice.id = wording.notice_id
  WHERE card.digest = code_digest AND card.ended_at IS NULL
    AND NOT EXISTS (SELECT FROM people_account WHERE people_account.id = card.subject)
  ORDER BY said.since DESC, said.id
$$;
"""  # noqa: S608 (names of our own)
CARD = _CARD % (", format text, language text, mission uuid", ", wording.format, wording.language, said.scope_mission")
CARD_BEFORE = _CARD % ("", "")


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_cards")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="reminded_for",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="said_on",
            field=models.DateField(blank=True, null=True, verbose_name="dit ou signé le"),
        ),
        migrations.CreateModel(
            name="ConsentSignature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                ("strokes", models.TextField(blank=True, max_length=12000, verbose_name="trait")),
                ("is_typed", models.BooleanField(default=False, verbose_name="confirmé sans dessiner")),
                ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="effacé le")),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="consent.consentevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("strokes", ""),
                            ("strokes__regex", "^(M[0-9]+ [0-9]+(L[0-9]+ [0-9]+)*)+$"),
                            _connector="OR",
                        ),
                        name="signature_is_a_drawing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("strokes", ""), _negated=True),
                            ("is_typed", True),
                            ("erased_at__isnull", False),
                            _connector="OR",
                        ),
                        name="signature_says_something",
                    ),
                ],
            },
        ),
        ApplyFloor("consent_consentsignature"),
        InheritScope("consent_consentsignature", "consent_consentevent", "event_id"),
        RestrictWrites("consent_consentsignature", ("SELECT", "INSERT")),
        migrations.RunSQL(REPRESENTED, NOT_REPRESENTED),
        migrations.RunSQL(HOLDS, HELD),
        migrations.RunSQL(CARD, CARD_BEFORE),
    ]

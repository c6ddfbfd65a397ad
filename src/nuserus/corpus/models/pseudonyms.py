"""Names that become pseudonyms: what was found, what was replaced, and, sealed and apart, who is who."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.corpus.enums import DetailFoundBy, DetailKind, DetailState
from nuserus.corpus.models.sources import Source, SourceVersion
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.models import Participant, Study


class Masking(Scoped):
    """How far the pseudonymisation of a source is: which version was looked at, by the rules, by the model of names."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="masking")
    version = models.ForeignKey(SourceVersion, on_delete=models.CASCADE, related_name="+")
    by_rules = models.BooleanField(_("lu par les règles"), default=False)
    by_model = models.BooleanField(_("lu par le modèle de noms"), default=False)
    began_at = models.DateTimeField(_("commencée le"), default=timezone.now)
    finished_at = models.DateTimeField(_("finie le"), null=True, blank=True)

    class Meta:
        verbose_name = _("pseudonymisation d’un matériau")
        verbose_name_plural = _("pseudonymisations des matériaux")


class Detail(Scoped):
    """A passage that may point at somebody: found, left as it is, or replaced.

    `start` and `end` count code points of `version`; the words are not copied. `words_digest` knows the same words
    again anywhere in the study. Once replaced, what stands there is `shown`, and `sealed` what stood there before,
    until the source is finished.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="details")
    version = models.ForeignKey(SourceVersion, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("sorte de détail"), max_length=12, choices=DetailKind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words_digest = models.CharField(max_length=64)
    found_by = models.CharField(_("trouvé par"), max_length=8, choices=DetailFoundBy)
    state = models.CharField(_("état"), max_length=8, choices=DetailState, default=DetailState.OPEN)
    shown = models.CharField(_("remplacé par"), max_length=80, blank=True)
    sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = _("détail qui peut désigner quelqu’un")
        verbose_name_plural = _("détails qui peuvent désigner quelqu’un")
        ordering = ["source", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="detail_holds_words"),
            models.CheckConstraint(
                condition=Q(state="masked") & ~Q(shown="") | ~Q(state="masked") & Q(shown="", sealed=None),
                name="detail_shown_once_masked",
            ),
        ]


class SealedOriginal(Scoped):
    """The text of a source as it was before its first replacement, encrypted with the key of the tables of names."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="sealed_original")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("version"))
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("texte d’origine scellé")
        verbose_name_plural = _("textes d’origine scellés")


class KeyEntry(Scoped):
    """One line of the table of names: a pseudonym, and the real words, encrypted. Read by key holders alone."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    pseudonym = models.CharField(_("pseudonyme"), max_length=80)
    kind = models.CharField(_("sorte de détail"), max_length=12, choices=DetailKind)
    words_digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(_("écrite le"), default=timezone.now)

    class Meta:
        verbose_name = _("ligne de la table des noms")
        verbose_name_plural = _("lignes de la table des noms")
        ordering = ["pseudonym", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scope_mission", "words_digest"], name="key_entry_once_in_a_place"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None)
                & Q(scope_mission__isnull=False),
                name="key_entry_scope",
            ),
        ]


class KeyHolder(Scoped):
    """Somebody whom the lead of a study lets open its table of names. Leads may without being named."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    # a plain id: accounts are above
    account_id = models.UUIDField(_("personne"))
    named_by = models.UUIDField(_("nommée par"), null=True)
    named_at = models.DateTimeField(_("nommée le"), default=timezone.now)
    ended_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("personne qui garde la table des noms")
        verbose_name_plural = _("personnes qui gardent la table des noms")
        constraints = [
            models.UniqueConstraint(
                fields=["study", "account_id"], condition=Q(ended_at=None), name="key_holder_named_once"
            ),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_mission=F("study"), scope_author=F("account_id")),
                name="key_holder_scope",
            ),
        ]

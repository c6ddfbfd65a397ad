"""Questions to peers and their answers."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.community.enums import QUESTION_LEVELS
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.models import Sheet


def _slugs() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.SlugField(max_length=60), default=list, blank=True)


class Question(Scoped):
    """A question asked to peers: one line, and a detail if one wants.

    `asked_level` is what its author chose; while a moderator hides it, the level is `restricted`.
    Facets are slugs of the same lists as those of sheets.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions")
    title = models.CharField(_("votre question"), max_length=200)
    detail = models.TextField(_("pour mieux comprendre"), max_length=2000, blank=True)
    devices = _slugs()
    families = _slugs()
    publics = _slugs()
    categories = _slugs()
    themes = _slugs()
    asked_level = models.CharField(max_length=12, choices=Level, default=Level.NETWORK)
    asked_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["-asked_at", "id"], name="question_newest_first"),
            models.Index(fields=["author", "-asked_at"], name="question_by_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_author=F("author"), scope_institution=None, scope_group=None, scope_mission=None,
                    asked_level__in=QUESTION_LEVELS,
                ),
                name="question_scope",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, scope_level=F("asked_level"))
                | Q(hidden_at__isnull=False, scope_level=Level.RESTRICTED),
                name="question_level",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Answer(Scoped):
    """What a peer answers; `sheets` are ids of sheets it points to.

    The database gives it the level of its question, or `restricted` while it is hidden. `became` is
    the sheet that was started from it.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="question_answers")
    text = models.TextField(_("votre réponse"), max_length=4000)
    sheets = ArrayField(models.UUIDField(), default=list, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    became = models.ForeignKey(Sheet, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers_before")

    class Meta:
        verbose_name = _("réponse à une question")
        verbose_name_plural = _("réponses aux questions")
        indexes = [models.Index(fields=["author", "-written_at"], name="peer_answer_by_author")]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_author=F("author"), scope_institution=None, scope_group=None, scope_mission=None),
                name="peer_answer_scope",
            )
        ]


class Helped(Scoped):
    """« Ça m’aide », said by who asked about one answer; the database gives it the level of the answer."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="helped")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("« ça m’aide »")
        verbose_name_plural = _("« ça m’aide »")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_author=F("author"), scope_institution=None, scope_group=None, scope_mission=None),
                name="helped_scope",
            )
        ]

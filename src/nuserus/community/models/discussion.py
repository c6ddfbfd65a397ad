"""Comments on published sheets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.models import Sheet


class Comment(Scoped):
    """Something said about a sheet, or an answer to it, one level deep.

    What its author takes back leaves an empty text, so that the answers keep their place.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sheet_comments")
    text = models.TextField(_("votre commentaire"), max_length=2000, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("commentaire")
        verbose_name_plural = _("commentaires")
        indexes = [
            models.Index(fields=["sheet", "written_at"], name="comment_by_sheet"),
            models.Index(fields=["author", "-written_at"], name="comment_by_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_author=F("author"), scope_institution=None, scope_group=None, scope_mission=None),
                name="comment_scope",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, scope_level=Level.PUBLIC)
                | Q(hidden_at__isnull=False, scope_level=Level.RESTRICTED),
                name="comment_level",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="comment_removed_is_empty",
            ),
        ]


class CommentEdit(Scoped):
    """What a comment said before its author changed it: added to, never changed."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField()
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ancien texte d’un commentaire")
        verbose_name_plural = _("anciens textes de commentaires")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None, scope_mission=None),
                name="comment_edit_scope",
            )
        ]

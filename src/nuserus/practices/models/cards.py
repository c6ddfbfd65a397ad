"""What we did, step by step, with pictures."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.practices.models.sheets import Sheet


def picture_name(picture: Picture, filename: str) -> str:
    """A name that says nothing and that nobody guesses; the extension is of our own encoding."""
    return f"pictures/{secrets.token_hex(2)}/{secrets.token_hex(16)}{PurePath(filename).suffix}"


class Picture(Scoped):
    """A photo of a sheet: re-encoded, upright, without metadata; and a smaller one for phones."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(_("photo"), upload_to=picture_name)
    small = models.FileField(_("petite photo"), upload_to=picture_name)
    alternative = models.CharField(_("ce que montre la photo"), max_length=300, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)
    is_cover = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["added_at", "id"]


class Card(Scoped):
    """One step of what we did. An adaptation's card keeps the link to the card it comes from."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="cards")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("ce que nous avons fait"), max_length=2000)
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards")
    # The database itself empties it (ON DELETE SET NULL, in the migration): whoever removes a card
    # may not see the drafts that were made from it.
    origin = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="descendants",
    )
    origin_text = models.TextField(blank=True)
    what_changed = models.TextField(_("ce qui change"), max_length=1000, blank=True)
    why_changed = models.TextField(_("pourquoi"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("carte")
        verbose_name_plural = _("cartes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "position"],
                name="card_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

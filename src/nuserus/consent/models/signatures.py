"""How somebody confirmed on the screen: a drawing, or « je confirme »."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuserus.consent.models.events import ConsentEvent
from nuserus.foundation.models import Scoped

# What the drawing is drawn in; every point lies inside.
WIDE, HIGH = 600, 200
LONGEST = 12_000  # characters


class ConsentSignature(Scoped):
    """What confirms one step of a consent given on the screen. Kept apart, with the scope of the step.

    `strokes` is the path of an SVG drawing in a frame of 600 × 200 ("M12 30L14 33…"): a cross or a line is
    enough, no name is asked. Without a drawing, the person (or who reads to them) typed that they confirm.
    """

    event = models.OneToOneField(ConsentEvent, on_delete=models.PROTECT, related_name="signature")
    strokes = models.TextField(_("trait"), max_length=LONGEST, blank=True)
    is_typed = models.BooleanField(_("confirmé sans dessiner"), default=False)
    erased_at = models.DateTimeField(_("effacé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.CheckConstraint(
                condition=Q(strokes="") | Q(strokes__regex=r"^(M[0-9]+ [0-9]+(L[0-9]+ [0-9]+)*)+$"),
                name="signature_is_a_drawing",
            ),
            models.CheckConstraint(
                condition=~Q(strokes="") | Q(is_typed=True) | Q(erased_at__isnull=False),
                name="signature_says_something",
            ),
        ]

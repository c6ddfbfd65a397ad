"""The screens of the telling, in their order, and how much each may hold."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# One question a screen. Device, public and what was done suffice to send.
TELLING: dict[str, Promise] = {
    "photo": _("Photo"),
    "device": _("Avec quoi"),
    "public": _("Pour qui"),
    "intention": _("Ce que vous vouliez"),
    "did": _("Ce que vous avez fait"),
    "happened": _("Ce qui s’est passé"),
    "watch_for": _("À quoi faire attention"),
    "check": _("Vérifier et envoyer"),
}
# Completed before publication, by the author or, for the first three, by the reviewer.
COMPLETING: dict[str, Promise] = {
    "simple": _("La version simple"),
    "facets": _("De quoi parle la fiche"),
    "ethics": _("Éthique et droit"),
    "more": _("Pour aller plus loin"),
    "names": _("Qui a fait quoi"),
}
BY_REVIEWER = ("simple", "facets", "ethics")
ALL_QUESTIONS: dict[str, Promise] = TELLING | COMPLETING

MAX_CARDS = 5
MAX_CONTRIBUTORS = 6
MAX_CHOICES = 40
REVIEW_HOURS = 72
# Sheets already published before their author may publish without waiting.
TRUSTED_AFTER = 2

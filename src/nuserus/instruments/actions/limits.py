"""How much one person may send: a device that was stolen, or that loops, does not fill the site."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.files import megabytes
from nuserus.instruments.models import Submission, SubmittedFile

DAY: Final = timedelta(days=1)
# Of one instrument, and of all of them.
MOST_IN_A_DAY: Final = 300
MOST_IN_A_DAY_OF_ALL: Final = 600
MOST_BYTES: Final = 2 * 1024**3
MOST_BYTES_OF_ALL: Final = 5 * 1024**3


class TooMuch(Exception):
    """The person has sent as much as they may; the words say what to do. Nothing of what came is kept."""


def refuse_beyond(*, sender: UUID, instrument: UUID, coming: int) -> None:
    """Raise TooMuch when the fiches of the sender, with `coming` bytes of files, are more than they may be.

    Asked when the fiche is among them already, in the transaction that takes it away again.
    """
    own = Submission.objects.filter(sent_by=sender)
    for rows, fiches, weight in (
        (own.filter(instrument=instrument), MOST_IN_A_DAY, MOST_BYTES),
        (own, MOST_IN_A_DAY_OF_ALL, MOST_BYTES_OF_ALL),
    ):
        if rows.filter(received_at__gt=timezone.now() - DAY).count() > fiches:
            raise TooMuch(
                _("Vous avez envoyé %(count)s fiches en un jour. Celle-ci reste sur l’appareil : envoyez-la demain.")
                % {"count": fiches}
            )
        if _weight(rows) + coming > weight:
            raise TooMuch(
                _(
                    "Vos fiches pèsent déjà %(limit)s sur le site. Celle-ci reste sur l’appareil : écrivez à la "
                    "personne qui vous a confié cette grille."
                )
                % {"limit": megabytes(weight)}
            )


def _weight(rows: QuerySet[Submission]) -> int:
    fiches = rows.order_by().aggregate(weight=Sum(Length("xml")))["weight"] or 0
    files = SubmittedFile.objects.order_by().filter(submission__in=rows.order_by().values("pk"))
    return int(fiches) + int(files.aggregate(weight=Sum("size"))["weight"] or 0)

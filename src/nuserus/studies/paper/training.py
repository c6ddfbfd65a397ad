"""Paper of the training leg: the attendance sheet to sign, the certificate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from nuserus.studies.figures import percent_of, said_minutes
from nuserus.studies.models import Certificate, Participation, TrainingAgreement, TrainingSession
from nuserus.ui.dates import date_format
from nuserus.ui.printable import printable
from nuserus.ui.typesetting import typeset

_FOLDER = Path(__file__).parent
# Lines left for people who were not expected.
_SPARE = 3


def attendance_pdf(
    session: TrainingSession, seats: Iterable[Participation], agreement: TrainingAgreement | None
) -> bytes:
    """The sheet of one session: a line for each person, a box for each half-day. Raises Unset."""
    with override("fr"):
        halves = [
            [_("Matin"), said_minutes(session.morning)] if session.morning else [],
            [_("Après-midi"), said_minutes(session.afternoon)] if session.afternoon else [],
        ]
        people = [
            [
                printable(seat.account.shown_name) if seat.account else "",
                printable(seat.trade or seat.get_part_display()),
            ]
            for seat in seats
        ]
        data = {
            "title": printable(_("Feuille d’émargement")),
            "kind": _("Formation"),
            "notes": _notes(fictitious=session.study.is_fictitious),
            "day": _parts(session.held_on),
            "foot": printable(f"{session.study.title} · {session.title}"),
            "facts": _facts(
                (_("Séance"), session.title),
                (_("Formation"), agreement.title if agreement else session.study.title),
                (_("Organisme"), agreement.organisation if agreement else ""),
                (_("Convention"), agreement.reference if agreement else ""),
                (_("Jour"), date_format(session.held_on, "l j F Y")),
                (_("Lieu"), session.where),
                (_("Qui forme"), session.trainers),
            ),
            "heads": [_("Prénom et nom"), _("Métier ou fonction")],
            "halves": [" · ".join(half) for half in halves if half],
            "people": people + [["", ""]] * _SPARE,
            "sign": _("Signature de la personne qui forme, pour chaque demi-journée"),
            "note": _("Chacun signe sa ligne à chaque demi-journée. Une case vide veut dire absent ou absente."),
        }
    return typeset(
        {"attendance.typ": _FOLDER / "attendance.typ"}, "attendance.typ", data, day=_noon(session.held_on), files={}
    )


def certificate_pdf(certificate: Certificate, agreement: TrainingAgreement | None) -> bytes:
    """What somebody followed, as it was certified. Raises Unset."""
    with override("fr"):
        study = certificate.study
        issued = timezone.localtime(certificate.issued_at)
        data = {
            "title": printable(_("Attestation de formation")),
            "kind": _("Formation"),
            "notes": _notes(fictitious=study.is_fictitious),
            "day": _parts(issued.date()),
            "foot": printable(_("Attestation %(id)s") % {"id": certificate.pk}),
            "name": printable(certificate.name),
            "sentence": printable(_sentence(certificate)),
            "facts": _facts(
                (_("Formation"), agreement.title if agreement else study.title),
                (_("Organisme"), agreement.organisation if agreement else ""),
                (_("Déclaration d’activité"), agreement.declaration if agreement else ""),
                (_("Convention"), agreement.reference if agreement else ""),
                (_("Dates"), _between(certificate.first_on, certificate.last_on)),
                (_("Heures suivies"), said_minutes(certificate.minutes)),
                (_("Heures prévues"), _planned(certificate)),
            ),
            "aims_title": _("Objectifs"),
            "aims": [printable(line) for line in (agreement.aims.splitlines() if agreement else []) if line.strip()],
            "sign": printable(
                _("Fait le %(day)s. Signature de l’organisme de formation :") % {"day": date_format(issued, "j F Y")}
            ),
        }
    return typeset(
        {"certificate.typ": _FOLDER / "certificate.typ"}, "certificate.typ", data, day=certificate.issued_at, files={}
    )


def _notes(*, fictitious: bool) -> list[str]:
    return [_("Exemple fictif : ces personnes et ces séances sont inventées.")] if fictitious else []


def _facts(*pairs: tuple[str, str]) -> list[list[str]]:
    return [[printable(name), printable(value)] for name, value in pairs if value]


def _sentence(certificate: Certificate) -> str:
    return _("a suivi %(hours)s de formation, %(dates)s, dans le cadre de l’étude « %(study)s ».") % {
        "hours": said_minutes(certificate.minutes),
        "dates": _between(certificate.first_on, certificate.last_on),
        "study": certificate.study.title,
    }


def _between(first: date, last: date) -> str:
    if first == last:
        return _("le %(day)s") % {"day": date_format(first, "j F Y")}
    return _("du %(first)s au %(last)s") % {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}


def _planned(certificate: Certificate) -> str:
    if not certificate.planned:
        return ""
    share = percent_of(certificate.minutes, certificate.planned)
    return _("%(hours)s (suivies à %(share)d %%)") % {"hours": said_minutes(certificate.planned), "share": share}


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))

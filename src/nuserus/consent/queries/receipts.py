"""The receipt of a withdrawal: what became of everything, and what is still to do. No words, no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.consent.enums import MODE_DOES, MODE_DOES_TO_YOU, OUTCOME_TO_YOU, Fate, Mode, Purpose, Step
from nuserus.consent.models import ConsentEvent, Flagged, ForgottenFile, LeftExport, Withdrawal, WithdrawalTrace
from nuserus.consent.provenance import subject_kinds, who_answers_for
from nuserus.consent.queries.cards import CardPerson
from nuserus.consent.registry import About, Named, matter_of, named_ground
from nuserus.consent.rules import (
    can_read_consent_event,
    can_read_flagged,
    can_read_forgotten_file,
    can_read_left_export,
    can_read_trace,
    can_read_withdrawal,
)
from nuserus.foundation.asking import Asking, acting_as
from nuserus.foundation.policy import Unreadable
from nuserus.ui.dates import date_format


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the receipt, and how many."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.what} : {self.count}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of everything, as anybody may read it.

    `backups_until` is the day on which the last backup that holds it is erased; None when the operator did
    not say how long they keep theirs. `to_person`: it speaks to the person whose it is; else of them.
    """

    id: UUID
    mode: Mode
    asked_at: datetime
    done_at: datetime | None
    tries: int
    purposes: tuple[str, ...]
    removed: tuple[Line, ...]
    withheld: tuple[Line, ...]
    left: tuple[str, ...]
    to_review: int
    reviewed: int
    files_gone: int
    files_waiting: int
    pending: tuple[Line, ...]
    backups_until: date | None
    outcomes: tuple[str, ...] = ()
    named: Named | None = None
    to_person: bool = False

    @property
    def does(self) -> tuple[str, ...]:
        """What the mode does, a sentence each."""
        said = MODE_DOES_TO_YOU if self.to_person else MODE_DOES
        return tuple(str(sentence) for sentence in said[self.mode])

    @property
    def about(self) -> str:
        """Which study it is, and where, in one sentence; empty when it is of no study."""
        if self.named is None:
            return ""
        if self.to_person:
            told = _("Vous preniez part à l’étude « %(study)s ». C’était dans ce lieu : %(place)s.")
        else:
            told = _("La personne prenait part à l’étude « %(study)s ». C’était dans ce lieu : %(place)s.")
        return told % {"study": self.named.study, "place": self.named.place}

    @property
    def is_fictitious(self) -> bool:
        """Whether the study or the place is invented."""
        return self.named is not None and self.named.is_fictitious

    @property
    def empty(self) -> str:
        """What is said when nothing was found."""
        if self.to_person:
            return _("Le site ne gardait rien d’autre de ce que vous avez dit.")
        return _("Le site ne gardait rien d’autre de ce que la personne a dit.")

    @property
    def waits(self) -> bool:
        """Whether nothing is done yet: something failed, all of it was undone, and it is tried again."""
        return self.done_at is None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, for the program or for a person."""
        return not (self.waits or self.files_waiting or self.to_review)

    @property
    def nothing_kept(self) -> bool:
        """Whether nothing at all was found of the person."""
        return not (self.removed or self.withheld or self.left or self.to_review or self.reviewed or self.files_gone)

    @property
    def standing(self) -> str:
        """Where it is, in one sentence."""
        if self.waits:
            return _(
                "La demande est notée. Quelque chose a empêché de la faire tout de suite : "
                "rien n’a changé à moitié. Le site essaie de nouveau, chaque minute."
            )
        if self.files_waiting:
            return ngettext(
                "C’est fait dans la base. Un fichier quitte encore le disque, dans la minute.",
                "C’est fait dans la base. %(count)d fichiers quittent encore le disque, dans la minute.",
                self.files_waiting,
            ) % {"count": self.files_waiting}
        if self.to_review:
            return ngettext(
                "Tout ce qu’un programme peut faire est fait. Une personne de l’équipe doit encore relire une chose.",
                "Tout ce qu’un programme peut faire est fait. "
                "Une personne de l’équipe doit encore relire %(count)d choses.",
                self.to_review,
            ) % {"count": self.to_review}
        return _("Tout est fait.")

    @property
    def backups(self) -> str:
        """What is said of the backups."""
        if self.waits or self.mode == Mode.STOP_COLLECTING:
            return ""
        again = _("Si quelqu’un remet une sauvegarde en marche, le retrait est refait avant que quiconque puisse lire.")
        if self.backups_until is None:
            return (
                _(
                    "Les sauvegardes faites avant ce jour gardent encore ce qui a été retiré. "
                    "La personne qui tient le site n’a pas dit ici combien de temps elle les garde : demandez-le-lui."
                )
                + " "
                + again
            )
        day = _day(self.backups_until)
        return (
            _("Les sauvegardes faites avant ce jour gardent encore ce qui a été retiré, jusqu’au %(day)s.")
            % {"day": day}
            + " "
            + again
        )


def readable_withdrawal(asking: Asking, withdrawal_id: UUID) -> Withdrawal:
    """One withdrawal. Raises Unreadable."""
    row = can_read_withdrawal.filter(Withdrawal.objects.all(), asking).filter(pk=withdrawal_id).first()
    if row is None:
        raise Unreadable
    return row


def withdrawals_of(asking: Asking, subject: UUID, mission: UUID) -> QuerySet[Withdrawal]:
    """What a person took back on a mission, last first."""
    rows = can_read_withdrawal.filter(Withdrawal.objects.all(), asking)
    return rows.filter(subject=subject, scope_mission=mission)


def withdrawals_on(asking: Asking, mission: UUID) -> QuerySet[Withdrawal]:
    """What people took back on a mission, last first, each with how many things wait to be looked at (`waiting`)."""
    rows = can_read_withdrawal.filter(Withdrawal.objects.all(), asking).filter(scope_mission=mission)
    return rows.annotate(waiting=Count("flagged", filter=Q(flagged__reviewed_at=None)))


def flagged_on(asking: Asking, mission: UUID) -> QuerySet[Flagged]:
    """What a person must look at on a mission: what waits first, then what was looked at, last first."""
    rows = can_read_flagged.filter(Flagged.objects.select_related("withdrawal"), asking)
    return rows.filter(scope_mission=mission).order_by("-reviewed_at", "withdrawal", "pk")


def readable_flagged(asking: Asking, flagged_id: UUID) -> Flagged:
    """One thing to look at. Raises Unreadable."""
    row = can_read_flagged.filter(Flagged.objects.all(), asking).filter(pk=flagged_id).first()
    if row is None:
        raise Unreadable
    return row


def taken_back_by_card(person: CardPerson) -> tuple[bool, list[Withdrawal]]:
    """Whether who holds the card may take everything back at once, and what they took back already."""
    with acting_as(person.author) as asking:
        may = who_answers_for(person.subject, person.mission) is not None
        return may, list(withdrawals_of(asking, person.subject, person.mission))


def person_of(asking: Asking, subject: UUID) -> About:
    """How a person is called where they take part, for who may know; empty for others."""
    for kind in subject_kinds():
        matter = matter_of(kind)
        if matter is not None:
            return matter.describe(asking, subject)
    return About("")


def receipt_of(asking: Asking, row: Withdrawal, *, to_person: bool = False) -> Receipt:
    """The receipt as it is now, for who may read the withdrawal; `to_person`: it speaks to the person."""
    traces = list(can_read_trace.filter(WithdrawalTrace.objects.filter(withdrawal=row), asking))
    flagged = list(can_read_flagged.filter(Flagged.objects.filter(withdrawal=row), asking))
    files = can_read_forgotten_file.filter(ForgottenFile.objects.filter(withdrawal=row), asking)
    waiting = files.filter(done_at=None).count()
    pending = _lines(traces, Fate.PENDING)
    return Receipt(
        id=row.pk,
        mode=Mode(row.mode),
        asked_at=row.requested_at,
        done_at=row.done_at,
        tries=row.tries,
        purposes=_purposes(asking, row),
        removed=_lines(traces, Fate.REMOVED) + (() if waiting else pending),
        withheld=_lines(traces, Fate.WITHHELD),
        left=_left(asking, row, traces),
        to_review=sum(one.reviewed_at is None for one in flagged),
        reviewed=sum(one.reviewed_at is not None for one in flagged),
        files_gone=files.exclude(done_at=None).count(),
        files_waiting=waiting,
        pending=pending if waiting else (),
        backups_until=_backups_until(row.done_at),
        outcomes=tuple(
            f"{one.what} : {OUTCOME_TO_YOU[one.outcome] if to_person else one.get_outcome_display()}"
            for one in flagged
            if one.outcome
        ),
        named=named_ground(row.mission),
        to_person=to_person,
    )


def _lines(traces: list[WithdrawalTrace], fate: Fate) -> tuple[Line, ...]:
    """The lines of one fate, those that say the same together."""
    counted: dict[str, int] = {}
    for trace in traces:
        if trace.fate == fate:
            counted[trace.what] = counted.get(trace.what, 0) + trace.count
    return tuple(Line(what, count) for what, count in counted.items())


def _purposes(asking: Asking, row: Withdrawal) -> tuple[str, ...]:
    if row.done_at is None:
        return ()
    steps = can_read_consent_event.filter(ConsentEvent.objects.all(), asking).filter(
        subject=row.subject, scope_mission=row.scope_mission, kind=Step.WITHDRAWN, at=row.done_at
    )
    found = set(steps.values_list("purpose", flat=True))
    return tuple(str(purpose.label) for purpose in Purpose if purpose.value in found)


def _left(asking: Asking, row: Withdrawal, traces: list[WithdrawalTrace]) -> tuple[str, ...]:
    """Files that had left: nobody can call them back."""
    if row.mode == Mode.STOP_COLLECTING:
        return ()
    rows = can_read_left_export.filter(LeftExport.objects.all(), asking)
    rows = rows.filter(Q(subject=row.subject) | Q(subject=None), scope_mission=row.scope_mission)
    noted = [
        _("%(what)s, le %(day)s") % {"what": one.what, "day": _day(localtime(one.at).date())}
        for one in rows.filter(at__lte=row.requested_at)
    ]
    return (*(str(line) for line in _lines(traces, Fate.LEFT)), *noted)


def _backups_until(done_at: datetime | None) -> date | None:
    days: int | None = settings.NUSERUS_BACKUP_DAYS
    return localtime(done_at).date() + timedelta(days=days) if done_at is not None and days is not None else None


def _day(day: date) -> str:
    return date_format(day, "j F Y")

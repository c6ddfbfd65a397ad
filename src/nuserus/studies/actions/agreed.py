"""What the agreements of participants are about, and who is told when one ends."""

from __future__ import annotations

from uuid import UUID

from django.db import connections, router
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.consent.enums import Step
from nuserus.consent.models import Consent
from nuserus.consent.registry import About, Named, register_ground, register_matter, register_reminder
from nuserus.foundation.asking import Asking
from nuserus.studies.actions.notices import holders_of, tell
from nuserus.studies.models import Participant, StudyPlace
from nuserus.studies.queries.participants import MATTER
from nuserus.studies.rules import can_read_participant

CONSEQUENCE = gettext_lazy(
    "Quand un accord est repris, l’équipe arrête tout de suite ce qu’il permettait et n’utilise plus ce qui en vient. "
    "Ce qui est déjà recueilli n’est pas effacé par cela : pour le faire effacer, demandez à tout reprendre. "
    "Ce qui est déjà publié, imprimé ou gardé dans une sauvegarde ne peut pas toujours être repris."
)


def register_agreements() -> None:
    """Say to `consent` what participants are, and whom to remind. Called from `AppConfig.ready`."""
    register_matter(MATTER, describe=_described, consequence=CONSEQUENCE, ended=_ended)
    register_reminder(MATTER, _remind)
    register_ground(MATTER, _place, named=_named)


def _described(asking: Asking, participant_id: UUID) -> About:
    """The study and the place; a link for those on the mission alone. Nothing of it names the person."""
    row = Participant.objects.filter(pk=participant_id).first()
    if row is None or not can_read_participant.allows(asking, row):
        return About(_("Une étude"))
    place = StudyPlace.objects.select_related("study", "institution").filter(pk=row.place_id).first()
    address = reverse("studies:participant", args=[row.pk])
    if place is None:
        return About(_("Une étude"), address)
    told = {"who": row, "title": place.study.title, "place": place}
    return About(_("%(who)s, étude « %(title)s », %(place)s") % told, address)


def _place(asking: Asking, mission: UUID) -> About:
    """The study and the place, with the list of those who take part there, for those on the mission."""
    place = StudyPlace.objects.select_related("study", "institution").filter(pk=mission).first()
    if place is None or mission not in asking.missions:
        return About("")
    return About(f"{place.study.title} · {place}", reverse("studies:participants", args=[mission]))


def _named(mission: UUID) -> Named | None:
    with connections[router.db_for_read(StudyPlace)].cursor() as cursor:
        cursor.execute("SELECT * FROM studies_named(%s)", [mission])
        row = cursor.fetchone()
    return Named(*row) if row else None


def _ended(actor: Asking, consent: Consent) -> None:
    """Those on the mission are told, without a word of who it is, when somebody takes something back."""
    if consent.state != Step.WITHDRAWN or consent.scope_mission is None:
        return
    place = StudyPlace.objects.select_related("study", "institution").filter(pk=consent.scope_mission).first()
    if place is not None:
        _tell("taken_back", place, actor=actor.user_id)


def _remind(mission: UUID, count: int) -> None:
    place = StudyPlace.objects.select_related("study", "institution").filter(pk=mission).first()
    if place is not None:
        _tell("ending", place, actor=None, count=str(count))


def _tell(kind: str, place: StudyPlace, *, actor: UUID | None, **details: str) -> None:
    address = reverse("studies:participants", args=[place.pk])
    tell(
        kind,
        holders_of(place.pk),
        about=place.pk,
        address=address,
        actor=actor,
        title=place.study.title,
        place=str(place),
        **details,
    )

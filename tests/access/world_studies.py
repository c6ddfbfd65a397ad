"""A study in the world: its team, its committee, the working group of the place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from nuserus.foundation.asking import acting_as, as_system
from nuserus.studies.actions.effects import write_effect
from nuserus.studies.actions.planning import record_decision, write_cycle_note
from nuserus.studies.actions.references import add_reference
from nuserus.studies.actions.scheduling import answer_event, make_feed
from nuserus.studies.actions.training import (
    add_session,
    fill_self_evaluation,
    issue_certificate,
    record_attendance,
    write_agreement,
)
from nuserus.studies.enums import Coming, CycleMoment, EffectStage, GroupKind, Half, Part, Plane, Timing
from nuserus.studies.models import (
    Attendance,
    CalendarEvent,
    CalendarFeed,
    Certificate,
    CycleNote,
    Decision,
    Effect,
    EventAnswer,
    Participation,
    Phase,
    Reference,
    RetentionRule,
    SelfEvaluation,
    Step,
    Study,
    StudyGroup,
    StudyPlace,
    TrainingAgreement,
    TrainingSession,
)
from nuserus.studies.queries.studies import readable_study
from tests.access.world_participants import PARTICIPANTS_MODELS, add_participants
from tests.factories.studies import circle_of, get_study, make_event, make_study, make_study_place, seat_in

if TYPE_CHECKING:
    from tests.access.world import World

STUDY = "CANARI-ETUDE"
IN_THE_GROUP = "CANARI-GROUPE-DU-LIEU"
OF_ONESELF = "CANARI-AUTO-EVALUATION"
OF_THE_GROUP = "du groupe du lieu"
STUDIES_MODELS = (
    Study, RetentionRule, Phase, Step, CycleNote, StudyPlace, StudyGroup, Participation, CalendarEvent, EventAnswer,
    CalendarFeed, Decision, TrainingAgreement, TrainingSession, Attendance, Certificate, SelfEvaluation, Effect,
    Reference, *PARTICIPANTS_MODELS,
)  # fmt: skip


def add_studies(world: World) -> None:
    """The lead conducts it; a colleague of the place sits in its working group."""
    named = {name: account for name, account in world.people.items() if account is not None}
    lead, member = named["responsable d’étude"], named["membre du lieu"]
    study = make_study(lead, title=STUDY)
    place = make_study_place(study, world.place, referent=named["référent du lieu"])
    team, circle = circle_of(study, GroupKind.TEAM), circle_of(study, GroupKind.WORKING, place)
    seat_in(team, named["chercheur"], Part.RESEARCHER)
    seat_in(team, named["praticien-chercheur du lieu"], Part.PRACTITIONER)
    seat_in(circle_of(study, GroupKind.COMMITTEE), named["membre de comité"], Part.COMMITTEE)
    seat = seat_in(circle, member, Part.PARTICIPANT)
    event, of_group = make_event(study), make_event(study, title=IN_THE_GROUP, group=circle)
    today = timezone.localdate()
    with acting_as(lead.pk) as asking:
        here = readable_study(asking, study.pk)
        decision = record_decision(
            actor=asking, study=here, words={"text": "Commencer.", "decided_on": today}, replaces=None
        )
        note = write_cycle_note(actor=asking, study=here, cycle=1, moment=CycleMoment.PLAN, text="Préparer.")
        agreement = write_agreement(
            actor=asking, study=here, words={"title": "Observer", "organisation": "Essai", "hours": 21}
        )
        lasting = {"held_on": date(2026, 1, 5), "morning": 180, "afternoon": 0}
        session = add_session(actor=asking, study=here, words={**lasting, "title": "Ensemble"})
        own_session = add_session(actor=asking, study=here, words={**lasting, "title": "Au lieu", "group": circle})
        record_attendance(actor=asking, session=session, there={(seat, Half.MORNING)})
        certificate = issue_certificate(actor=asking, seat=seat, name="Une personne")
        changed = {"plane": Plane.PRACTICE, "stage": EffectStage.DECIDED, "seen_on": today, "text": "Un effet."}
        effect = write_effect(actor=asking, place=place, words={**changed, "is_shared": True})
        own_effect = write_effect(actor=asking, place=place, words=changed)
        reference = add_reference(actor=asking, study=here, words={"title": "Un ouvrage", "kind": "book"})
    with acting_as(member.pk) as asking:
        answer_event(actor=asking, event=event, coming=Coming.YES)
        make_feed(actor=asking)
        itself = fill_self_evaluation(
            actor=asking, study=get_study(study.pk), timing=Timing.BEFORE, answers={"look": 2}, words=OF_ONESELF
        )
    world.keep(decision, note, agreement, session, certificate, effect, reference, event, itself)
    world.keep(of_group, own_session, own_effect, case=OF_THE_GROUP)
    with as_system("read test data", recorded=False):
        world.keep(get_study(study.pk), Participation.objects.get(pk=seat.pk), StudyPlace.objects.get(pk=place.pk))
        for model in (RetentionRule, Phase, Step, StudyGroup, Attendance, EventAnswer, CalendarFeed):
            world.keep(model.objects.order_by("pk")[0])
        # the database wrote the scope of what was kept as it was given
        for rows in [rows for label, rows in world.rows.items() if label.startswith("studies.")]:
            for row in rows:
                row.refresh_from_db()
    taking_part = {
        "responsable d’étude",
        "chercheur",
        "praticien-chercheur du lieu",
        "membre de comité",
        "membre du lieu",
    }
    add_participants(world, place)
    world.readers |= {
        STUDY: {*taking_part, "référent du lieu"},
        IN_THE_GROUP: {"responsable d’étude", "chercheur", "membre du lieu"},
        OF_ONESELF: {"membre du lieu"},
    }

"""Two studies: the facts of the first programme, and its shape replayed in invented places."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from nuserus.directory.models import Institution
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import Entry, programme, studies
from nuserus.studies.enums import EventKind, GroupKind, Part, PlaceState, SeatState, StepKind, StudyStatus
from nuserus.studies.models import (
    CalendarEvent,
    CycleNote,
    Decision,
    Effect,
    Participation,
    Phase,
    Reference,
    RetentionRule,
    Step,
    Study,
    StudyGroup,
    StudyPlace,
)
from nuserus.studies.queries.templates import retention_shapes, study_shapes

Circles = dict[str, StudyGroup]
_FRIDAY = 4


def load_studies(institutions: dict[str, Institution], people: dict[str, Account]) -> Study:
    """Both studies, as they stand today. Gives the one that is replayed."""
    told = studies()
    _load_programme(told["programme"], people)
    study = _make_study(told["study"])
    circles = _make_circles(study)
    for seat in told["people"]:
        _seat(circles[seat["circle"]], people.get(seat["account"] or ""), Part(seat["part"]), seat["trade"])
    steps = _lay_out(study, told)
    for entry in told["places"]:
        circles[entry["institution"]] = _load_place(study, entry, institutions, people, steps)
    _load_days(study, told, circles, steps)
    _load_log(study, told, people)
    _load_effects(study, told)
    for one in told["references"]:
        Reference.objects.create(study=study, **one)
    return study


def day_from(days: int) -> date:
    """The day that many days from today."""
    return timezone.localdate() + timedelta(days=days)


def working_day(days: int) -> date:
    """The day that many days from today, or two days later when that is a week-end."""
    day = day_from(days)
    return day + timedelta(days=2) if day.weekday() > _FRIDAY else day


def _make_study(told: Entry) -> Study:
    study = Study(
        scope_level=Level.GROUP,
        status=StudyStatus.RUNNING,
        is_fictitious=True,
        starts_on=day_from(told["started"]),
        ends_on=day_from(told["ends"]),
        opinion_on=day_from(told["started"] - 10),
        **{name: told[name].strip() for name in ("title", "purpose", "question", "qualification", "justification")},
        **{name: told[name] for name in ("opinion_body", "opinion_reference", "legal_basis")},
    )
    study.scope_group = study.scope_mission = study.pk
    study.save(force_insert=True)
    for shape in retention_shapes():
        RetentionRule.objects.create(
            study=study,
            material=shape.material,
            months=shape.months,
            kept_from=shape.kept_from,
            then=shape.then,
            reason=shape.reason,
        )
    return study


def _make_circles(study: Study) -> Circles:
    kinds = {"team": GroupKind.TEAM, "committee": GroupKind.COMMITTEE}
    return {name: StudyGroup.objects.create(study=study, kind=kind) for name, kind in kinds.items()}


def _seat(circle: StudyGroup, account: Account | None, part: Part, trade: str) -> None:
    Participation.objects.create(
        study_id=circle.study_id,
        group=circle,
        account=account,
        part=part,
        trade=trade,
        state=SeatState.ACCEPTED if account else SeatState.OPEN,
        answered_at=timezone.now() if account else None,
    )


def _lay_out(study: Study, told: Entry) -> list[Step]:
    steps: list[Step] = []
    shape = study_shapes()["two-phases"]
    before = told["preparation"]
    dated = iter(told["steps"])
    for place, phase_shape in enumerate(shape.phases, 1):
        phase = Phase.objects.create(study=study, position=place, name=phase_shape.name, aim=phase_shape.aim)
        if place == 1:
            Step.objects.create(
                study=study, phase=phase, position=0, kind=StepKind.OTHER, name=before["name"], **_days_of(before)
            )
        for rank, step in enumerate(phase_shape.steps, 1):
            steps.append(
                Step.objects.create(
                    study=study,
                    phase=phase,
                    position=rank,
                    kind=step.kind,
                    name=step.name,
                    days=step.days,
                    in_each_place=step.in_each_place,
                    produces=list(step.produces),
                    **_days_of(next(dated)),
                )
            )
    return steps


def _days_of(told: Entry) -> dict[str, date | None]:
    done = told["done"]
    return {
        "starts_on": day_from(told["starts"]),
        "ends_on": day_from(told["ends"]),
        "done_on": None if done is None else day_from(done),
    }


def _load_place(
    study: Study, told: Entry, institutions: dict[str, Institution], people: dict[str, Account], steps: list[Step]
) -> StudyGroup:
    place = StudyPlace.objects.create(
        study=study,
        institution=institutions[told["institution"]],
        is_partner=told["is_partner"],
        is_observed=told["is_observed"],
        state=PlaceState(told["state"]),
    )
    circle = StudyGroup.objects.create(study=study, kind=GroupKind.WORKING, place=place)
    for seat in told["people"]:
        _seat(circle, people.get(seat["account"] or ""), Part.PARTICIPANT, seat["trade"])
    field, restitution, writing = steps[:3]
    for number, day in enumerate(sorted(map(working_day, told["visits"])), 1):
        _event(study, EventKind.VISIT, f"Observation et formation, jour {number}", day, place=place, step=field)
    if told["restitution"] is not None:
        title = "Restitution au groupe de travail"
        _event(
            study,
            EventKind.RESTITUTION,
            title,
            working_day(told["restitution"]),
            place=place,
            step=restitution,
            circle=circle,
        )
    for number, day in enumerate(map(working_day, told["writing"]), 1):
        title = f"Accompagnement à l’écriture, jour {number}"
        _event(study, EventKind.WRITING, title, day, place=place, step=writing, circle=circle)
    return circle


def _event(study: Study, kind: EventKind, title: str, day: date, **more: Any) -> None:
    starts = timezone.make_aware(datetime.combine(day, time(9, 30)))
    CalendarEvent.objects.create(
        study=study,
        kind=kind,
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=6, minutes=30),
        at_place=more.get("place"),
        step=more.get("step"),
        group=more.get("circle"),
    )


def _load_days(study: Study, told: Entry, circles: Circles, steps: list[Step]) -> None:
    for one in told["committees"]:
        _event(study, EventKind.COMMITTEE, one["title"], working_day(one["day"]), circle=circles["committee"])
    _event(study, EventKind.EXCHANGE, told["exchange"]["title"], working_day(told["exchange"]["day"]), step=steps[3])


def _load_log(study: Study, told: Entry, people: dict[str, Account]) -> None:
    made: list[Decision] = []
    for one in told["decisions"]:
        replaced = one.get("replaces")
        made.append(
            Decision.objects.create(
                study=study,
                text=one["text"],
                reason=one["reason"],
                taken_by=one["taken_by"],
                decided_on=day_from(one["day"]),
                replaces=made[replaced - 1] if replaced else None,
            )
        )
    for note in told["cycles"]:
        CycleNote.objects.create(
            study=study,
            cycle=note["cycle"],
            moment=note["moment"],
            text=note["text"],
            written_by=people[note["by"]].pk,
            written_at=timezone.now() + timedelta(days=note["day"]),
        )


def _load_effects(study: Study, told: Entry) -> None:
    for one in told["effects"]:
        Effect.objects.create(
            study=study,
            place=StudyPlace.objects.get(study=study, institution__slug=one["institution"]),
            plane=one["plane"],
            stage=one["stage"],
            text=one["text"],
            in_project=one["in_project"],
            evidence=one["evidence"],
            seen_on=day_from(one["day"]),
            is_shared=one["shared"],
        )


def _load_programme(told: Entry, people: dict[str, Account]) -> None:
    """The first programme: places, trades, phases, steps and days as recorded, nothing else."""
    facts = programme()
    study = Study(
        scope_level=Level.GROUP,
        title=told["title"],
        purpose=told["purpose"].strip(),
        status=StudyStatus.CLOSED,
    )
    study.scope_group = study.scope_mission = study.pk
    study.opened_at -= timedelta(days=1)  # below the one that is going on
    study.save(force_insert=True)
    circles = _make_circles(study)
    for seat in told["readers"]:
        _seat(circles[seat["circle"]], people[seat["account"]], Part(seat["part"]), "")
    for entry in facts["establishments"]:
        institution = Institution.objects.get(name=entry["name"], is_fictitious=False)
        place = StudyPlace.objects.create(
            study=study,
            institution=institution,
            is_partner=entry["partner"],
            is_observed=True,
            state=PlaceState.ACCEPTED,
        )
        circle = StudyGroup.objects.create(study=study, kind=GroupKind.WORKING, place=place)
        for trade in entry["participants"]:
            _seat(circle, None, Part.PARTICIPANT, trade)
    for shape in facts["programme"]["phases"]:
        _load_programme_phase(study, shape)


_KINDS = (StepKind.FIELD, StepKind.WRITING)


def _load_programme_phase(study: Study, shape: Entry) -> None:
    phase = Phase.objects.create(study=study, position=shape["order"], name=shape["name"])
    for rank, (step, kind) in enumerate(zip(shape.get("steps", []), _KINDS, strict=False), 1):
        Step.objects.create(
            study=study,
            phase=phase,
            position=rank,
            kind=kind,
            name=step["name"],
            days=step["days"],
            in_each_place=True,
            produces=step["produces"],
        )
    closing = shape.get("closes_with")
    if closing:
        day = date.fromisoformat(str(closing["date"]))
        kept = Step.objects.create(
            study=study,
            phase=phase,
            position=len(shape["steps"]) + 1,
            kind=StepKind.EXCHANGE,
            name=closing["name"],
            starts_on=day,
            done_on=day,
        )
        _event(study, EventKind.EXCHANGE, closing["name"], day, step=kept)

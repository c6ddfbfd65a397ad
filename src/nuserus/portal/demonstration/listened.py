"""What was said in the invented study: guides, interviews, their text in the corpus."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nuserus.corpus.actions.masking import begin_masking
from nuserus.corpus.actions.sealing import finish_masking
from nuserus.corpus.actions.sources import describe_source
from nuserus.corpus.models import Source
from nuserus.corpus.queries.sealing import has_key
from nuserus.fieldwork.actions.interviews import Written, hold_interview, note_interview, plan_interview, write_guide
from nuserus.fieldwork.actions.transcripts import import_text, keep_text, pour_text
from nuserus.fieldwork.enums import InterviewKind, InterviewMode
from nuserus.fieldwork.models import GuideVersion, Interview
from nuserus.foundation.asking import Asking, acting_as
from nuserus.people.models import Account
from nuserus.portal.demonstration.participants import Known
from nuserus.portal.demonstration.seen import Visits
from nuserus.portal.demonstration.sources import Entry, field, interviews
from nuserus.studies.models import Study

_LED_BY = {"helene-v": "Chercheuse", "julien-y": "Chercheur"}


def load_guides(study: Study, people: dict[str, Account]) -> dict[str, GuideVersion]:
    """The guides, by name."""
    made = {}
    for name, told in field()["guides"].items():
        with acting_as(people[told["by"]].pk) as asking:
            themes = [
                {"title": "À dire d’abord", "questions": [told["opening"]]},
                *({"title": one["text"], "questions": one["prompts"] or [one["text"]]} for one in told["questions"]),
            ]
            made[name] = write_guide(
                actor=asking, study=study, guide=None, written=Written(title=told["title"], themes=themes)
            )
    return made


def load_interviews(visits: Visits, guides: dict[str, GuideVersion], known: Known, people: dict[str, Account]) -> None:
    """Each interview held and written down; its text is in the corpus, most of it pseudonymised and ready."""
    for told in interviews():
        by = people[told["by"]].pk
        visit = visits[told["place"], told["visit"]]
        with acting_as(by) as asking:
            interview = plan_interview(
                actor=asking,
                place=visit.place,
                said={
                    "guide": guides[told["guide"]],
                    "kind": InterviewKind(told["kind"]),
                    "mode": InterviewMode.IN_PERSON,
                    "held_on": timezone.localdate(visit.starts_at),
                    "starts_at": time(11) if told["kind"] == InterviewKind.INDIVIDUAL else time(14),
                    "where": told.get("where", "Une pièce au calme, choisie ensemble"),
                },
                people=[known[name].pk for name in told["people"]],
            )
            note_interview(actor=asking, interview=interview, notes=told.get("notes", ""))
            hold_interview(actor=asking, interview=interview)
        _write(by, interview, told)
        _pour(by, interview, told)


def _write(by: UUID, interview: Interview, told: Entry) -> None:
    who = _LED_BY[told["by"]]
    with acting_as(by) as asking:
        if told["keep"] == "recorded":
            upload = SimpleUploadedFile(f"{told['slug']}.vtt", _subtitles(told, who).encode())
            import_text(actor=asking, interview=interview, upload=upload)
        else:
            lines = (f"{_clock(turn['at'])} {turn['by'] or who}\u00a0: {turn['text']}" for turn in told["turns"])
            keep_text(actor=asking, interview=interview, text="\n".join(lines), revision=interview.revision)


def _pour(by: UUID, interview: Interview, told: Entry) -> None:
    with acting_as(by) as asking:
        held = pour_text(actor=asking, interview=interview)
        source = Source.objects.get(interviews=held.pk)
        minutes = max(1, round(timedelta(seconds=told["turns"][-1]["to"]) / timedelta(minutes=1)))
        described = {
            "title": told["title"],
            "kind": source.kind,
            "collected_on": source.collected_on,
            "minutes": minutes,
        }
        describe_source(actor=asking, source=source, described=described)
        _mask(asking, source, told.get("masking", "finished"))


def _mask(asking: Asking, source: Source, how_far: str) -> None:
    """Invented words name nobody: what is found may stay, but where names were said to show how they are replaced."""
    if how_far == "waiting" or not has_key():
        return
    begin_masking(actor=asking, source=source)
    if how_far == "finished":
        finish_masking(actor=asking, source=Source.objects.get(pk=source.pk), leave_rest=True)


def _subtitles(told: Entry, who: str) -> str:
    cues = (
        f"{_stamp(turn['at'])} --> {_stamp(turn['to'])}\n<v {turn['by'] or who}>{turn['text']}"
        for turn in told["turns"]
    )
    return "\n\n".join(["WEBVTT", *cues, ""])


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"

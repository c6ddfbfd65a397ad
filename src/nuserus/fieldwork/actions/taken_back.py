"""What becomes of observations, journals and restitutions when somebody takes back their agreement.

Called as the system, in the transaction of the withdrawal. An observation of one participant alone goes whole,
with its fiche; of several, what the person said goes and a person reads the rest over. Their very words are
looked for in everything else that the field keeps of the place.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import (
    Trace,
    Withdrawn,
    flag,
    placeholder,
    reached,
    register_page,
    register_redactor,
)
from nuserus.fieldwork.actions.fiches_taken_back import erase_fiche, mask_fiche, put_fiche_aside
from nuserus.fieldwork.models import JournalEntry, JournalMention, Observation, Presence, RestitutionMeeting, Saying
from nuserus.instruments.actions.covering import masked
from nuserus.instruments.actions.withdrawing import FILES
from nuserus.studies.models import Participant

ALONE = _("observations")
SHARED = _("observations où d’autres étaient là")
SAID = _("paroles dans des observations")
PAGES = _("pages de journaux de terrain")
SHARED_PAGES = _("pages de journaux de terrain qui parlent aussi d’autres personnes")
MEETINGS = _("notes de restitutions dans ce lieu")
# Shorter words are said by many: they are not looked for elsewhere.
_SHORTEST = 12
# Redactors are called by key: this one last, for the two others look for the words that it covers.
OBSERVATIONS = "fieldwork.observations"
RESTITUTIONS = ("fieldwork.RestitutionMeeting", "fieldwork.RestitutionTheme")


def register_observations() -> None:
    """Say to withdrawals what the field keeps of somebody. Called from `AppConfig.ready`."""
    register_redactor(
        OBSERVATIONS,
        models=("fieldwork.Observation", "fieldwork.Saying"),
        redact=take_observations_back,
    )
    register_redactor("fieldwork.given_back", models=RESTITUTIONS, redact=read_restitutions_over)
    register_redactor("fieldwork.journal", models=("fieldwork.JournalEntry",), redact=take_journal_back)
    register_page("fieldwork.Observation", lambda pk: reverse("fieldwork:observation", args=[pk]))
    register_page("fieldwork.RestitutionMeeting", lambda pk: reverse("fieldwork:restitution", args=[pk]))


def take_observations_back(withdrawn: Withdrawn) -> list[Trace]:
    """Observations in which the person was, and their fiches."""
    own = Saying.objects.filter(participant=withdrawn.subject)
    here = Presence.objects.filter(participant=withdrawn.subject)
    rows = list(
        Observation.objects.select_for_update()
        .filter(Q(pk__in=own.values("observation")) | Q(pk__in=here.values("observation")))
        .order_by("pk")
    )
    if withdrawn.mode == Mode.STOP_COLLECTING:
        return []
    shared = _with_others(withdrawn, rows)
    alone = [row for row in rows if row.pk not in shared]
    together = [row for row in rows if row.pk in shared]
    reached(withdrawn, *(row.pk for row in alone), *own.values_list("pk", flat=True))
    if withdrawn.mode == Mode.STOP_USING:
        return _put_aside(withdrawn, alone, together)
    return _erase(withdrawn, alone, together)


def _outdate(rows: Iterable[UUID]) -> None:
    """A page that is being typed somewhere does not bring back what it still shows: it is told of another text."""
    Observation.objects.filter(pk__in=list(rows)).update(revision=F("revision") + 1)


def _with_others(withdrawn: Withdrawn, rows: list[Observation]) -> set[UUID]:
    seen: set[UUID] = set()
    for model in (Presence, Saying):
        others = model.objects.filter(observation__in=rows, participant__isnull=False)
        seen |= set(others.exclude(participant=withdrawn.subject).values_list("observation", flat=True))
    return seen


def _put_aside(withdrawn: Withdrawn, alone: list[Observation], together: list[Observation]) -> list[Trace]:
    now = timezone.now()
    own = Saying.objects.filter(participant=withdrawn.subject)
    _outdate(own.filter(withheld_at=None).values_list("observation", flat=True))
    aside = Observation.objects.filter(pk__in=[row.pk for row in alone], withheld_at=None).update(withheld_at=now)
    said = own.filter(withheld_at=None, observation__in=together).update(withheld_at=now)
    own.filter(withheld_at=None).update(withheld_at=now)
    for row in alone:
        put_fiche_aside(row)
    return [
        Trace(ALONE, aside, Fate.WITHHELD),
        Trace(SAID, said, Fate.WITHHELD),
        Trace(SHARED, _look(withdrawn, together), Fate.FLAGGED),
    ]


def _erase(withdrawn: Withdrawn, alone: list[Observation], together: list[Observation]) -> list[Trace]:
    now = timezone.now()
    words = words_of(withdrawn)
    gone = said = files = 0
    for row in alone:
        files += erase_fiche(withdrawn, row)
        if row.redacted_at is None:
            gone += 1
            _outdate([row.pk])
        _cover(row)
    for row in together:
        mask_fiche(row, words)
    own = Saying.objects.filter(participant=withdrawn.subject)
    _outdate(own.filter(redacted_at=None).values_list("observation", flat=True))
    for saying in own.filter(redacted_at=None):
        said += 1
        saying.text, saying.redacted_at, saying.withheld_at = placeholder(saying.text), now, saying.withheld_at or now
        saying.save(update_fields=["text", "redacted_at", "withheld_at"])
    _mask_elsewhere(withdrawn, words)
    return [
        Trace(ALONE, gone, Fate.REMOVED),
        Trace(SAID, said, Fate.REMOVED),
        Trace(FILES, files, Fate.REMOVED),
        Trace(SHARED, _look(withdrawn, together), Fate.FLAGGED),
    ]


def _cover(row: Observation) -> None:
    now = timezone.now()
    row.fact, row.interpretation = placeholder(row.fact), placeholder(row.interpretation)
    row.where = placeholder(row.where)
    row.redacted_at, row.withheld_at = row.redacted_at or now, row.withheld_at or now
    row.save(update_fields=["fact", "interpretation", "where", "redacted_at", "withheld_at"])
    for saying in row.sayings.filter(participant=None, redacted_at=None):
        saying.text, saying.redacted_at, saying.withheld_at = placeholder(saying.text), now, now
        saying.save(update_fields=["text", "redacted_at", "withheld_at"])


def _mask_elsewhere(withdrawn: Withdrawn, words: list[str]) -> None:
    if not words:
        return
    for row in Observation.objects.filter(place=withdrawn.mission):
        told = (masked(row.fact, words), masked(row.interpretation, words), masked(row.where, words))
        if told != (row.fact, row.interpretation, row.where):
            row.fact, row.interpretation, row.where = told
            row.save(update_fields=["fact", "interpretation", "where"])
            _outdate([row.pk])
    for saying in Saying.objects.filter(observation__place=withdrawn.mission):
        text = masked(saying.text, words)
        if text != saying.text:
            saying.text = text
            saying.save(update_fields=["text"])
            _outdate([saying.observation_id])


def _look(withdrawn: Withdrawn, rows: list[Observation]) -> int:
    """Ask for the rest to be read over, by its author on its page, and by the team."""
    now = timezone.now()
    for row in rows:
        row.flagged_at = row.flagged_at or now
        row.save(update_fields=["flagged_at"])
        address = reverse("fieldwork:observation", args=[row.pk])
        flag(withdrawn, SHARED, kind="fieldwork.Observation", object_id=row.pk, address=address)
    return len(rows)


def take_journal_back(withdrawn: Withdrawn) -> list[Trace]:
    """Pages of journals that speak of the person; nobody but their authors learns which."""
    if withdrawn.mode == Mode.STOP_COLLECTING:
        return []
    mentions = JournalMention.objects.filter(participant=withdrawn.subject)
    pages = list(JournalEntry.objects.select_for_update().filter(pk__in=mentions.values("entry")).order_by("pk"))
    others = JournalMention.objects.filter(entry__in=pages).exclude(participant=withdrawn.subject)
    shared = set(others.values_list("entry", flat=True))
    reached(withdrawn, *(page.pk for page in pages))
    now = timezone.now()
    alone = together = 0
    for page in pages:
        page.revision += 1
        if page.pk in shared:
            page.flagged_at = page.flagged_at or now
            together += 1
        elif withdrawn.mode == Mode.STOP_USING:
            alone += page.withheld_at is None
            page.withheld_at = page.withheld_at or now
        else:
            alone += page.redacted_at is None
            page.text, page.tags = placeholder(page.text), []
            page.redacted_at, page.withheld_at = page.redacted_at or now, page.withheld_at or now
        page.save()
    if withdrawn.mode == Mode.ERASE:
        _mask_pages(withdrawn)
    fate = Fate.REMOVED if withdrawn.mode == Mode.ERASE else Fate.WITHHELD
    return [Trace(PAGES, alone, fate), Trace(SHARED_PAGES, together, Fate.FLAGGED)]


def _mask_pages(withdrawn: Withdrawn) -> None:
    words = words_of(withdrawn)
    about = Q(visit__place=withdrawn.mission) | Q(mentions__participant=withdrawn.subject)
    for page in JournalEntry.objects.filter(about).distinct() if words else ():
        told = (masked(page.text, words), [masked(tag, words) for tag in page.tags])
        if told != (page.text, page.tags):
            page.text, page.tags = told
            page.revision += 1
            page.save(update_fields=["text", "tags", "revision"])


def read_restitutions_over(withdrawn: Withdrawn) -> list[Trace]:
    """What the group said in meetings of the place since the person takes part: a person looks."""
    if withdrawn.mode == Mode.STOP_COLLECTING:
        return []
    person = Participant.objects.filter(pk=withdrawn.subject).first()
    if person is None:
        return []
    since = timezone.localdate(person.added_at)
    rows = list(RestitutionMeeting.objects.filter(place=withdrawn.mission, held_on__gte=since).order_by("pk"))
    words = words_of(withdrawn) if withdrawn.mode == Mode.ERASE else []
    for row in rows:
        row.notes = masked(row.notes, words)
        row.flagged_at = row.flagged_at or timezone.now()
        row.revision += 1
        row.save(update_fields=["notes", "flagged_at", "revision"])
        for theme in row.themes.all():
            theme.title, theme.said = masked(theme.title, words), masked(theme.said, words)
            theme.save(update_fields=["title", "said"])
        address = reverse("fieldwork:restitution", args=[row.pk])
        flag(withdrawn, MEETINGS, kind="fieldwork.RestitutionMeeting", object_id=row.pk, address=address)
    return [Trace(MEETINGS, len(rows), Fate.FLAGGED)]


def words_of(withdrawn: Withdrawn) -> list[str]:
    """The very words of the person that are not covered yet and are long enough to be theirs, the longest first."""
    rows = Saying.objects.filter(participant=withdrawn.subject, redacted_at=None)
    said = {text.strip() for text in rows.values_list("text", flat=True)}
    return sorted((text for text in said if len(text) >= _SHORTEST), key=lambda text: (-len(text), text))

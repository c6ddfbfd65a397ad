"""How others call somebody who had everything erased, in what the field keeps of their study."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.enums import Mode
from nuserus.consent.models import Flagged, WithdrawalTrace
from nuserus.fieldwork.actions.giving_back import SaidOf, write_restitution
from nuserus.fieldwork.actions.interviews import note_interview
from nuserus.fieldwork.actions.journal import write_entry
from nuserus.fieldwork.enums import Stance
from nuserus.fieldwork.models import Interview, JournalEntry, Observation, RestitutionMeeting, Visit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from tests.factories.fieldwork import make_field, make_participant, make_visit
from tests.factories.interviews import make_interview
from tests.factories.withdrawals import withdraw
from tests.fieldwork.test_taken_back import note, observe

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_it_leaves_what_they_wrote(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit = make_visit(place, researcher, aim="Revoir Rose.")
    rose, lou = make_participant(place, researcher, "Rose"), make_participant(place, researcher, "Lou")
    clear = observe(visit, researcher, lou, words="ROSE n’est pas là.", fact="Rose dort. Roselyne non.")
    doubtful = observe(visit, researcher, lou, words="Rien du tout.", fact="La tablette est rose.")
    note(researcher, lou, text="Je pense à Rose.")
    with acting_as(researcher.pk) as asking:
        write_entry(actor=asking, words={"day": timezone.localdate(), "text": "Rose ?", "people": []})
        themes = [SaidOf("Le soir de Rose", Stance.NUANCED, "Rose aussi.")]
        write_restitution(
            actor=asking, place=place, words={"held_on": timezone.localdate(), "notes": "Et Rose ?"}, themes=themes
        )
    interview = make_interview(place, researcher, lou)
    with acting_as(researcher.pk) as asking:
        note_interview(actor=asking, interview=interview, notes="Lou parle de Rose.")
    done = withdraw(researcher, rose, Mode.ERASE)
    with as_system("read test data", recorded=False):
        seen = Observation.objects.get(pk=clear.pk)
        assert (seen.fact, seen.revision > clear.revision, seen.flagged_at) == (
            "On a vu ceci. ████ dort. Roselyne non.",
            True,
            None,
        )
        assert next(one.text for one in seen.sayings.all()) == "████ n’est pas là."
        assert Visit.objects.get(pk=visit.pk).aim == "Revoir ████."
        assert Interview.objects.get().notes == "Lou parle de ████."
        assert RestitutionMeeting.objects.get().notes == "Et ████ ?"
        assert RestitutionMeeting.objects.values_list("themes__title", "themes__said").get() == (
            "Le soir de ████",
            "████ aussi.",
        )
        # a word like any other, perhaps, and a page that says of no study what it is about: a person looks
        unsure = Observation.objects.get(pk=doubtful.pk)
        assert (unsure.fact, unsure.flagged_at is not None) == ("On a vu ceci. La tablette est rose.", True)
        pages = dict(JournalEntry.objects.values_list("text", "flagged_at"))
        assert pages["Je pense à ████."] is None and pages["Rose ?"] is not None
        flagged = Flagged.objects.filter(withdrawal=done.pk, object_id=doubtful.pk).get()
        assert flagged.address == reverse("fieldwork:observation", args=[doubtful.pk])
        traces = dict(WithdrawalTrace.objects.filter(withdrawal=done.pk).values_list("what", "count"))
    assert traces["textes du terrain où d’autres disent son pseudonyme"] == 8
    assert traces["pages de journaux où son pseudonyme est peut-être dit"] == 1
    page = client_as(researcher).get(reverse("consent:withdrawal", args=[done.pk])).content.decode()
    assert "où d’autres disent son pseudonyme" in page

"""Interviews: planned, held with consent, written down, put in the corpus, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nuserus.consent.enums import Mode, Step
from nuserus.consent.models import Flagged, WithdrawalTrace
from nuserus.corpus.models import SourceVersion, Turn
from nuserus.fieldwork import tasks
from nuserus.fieldwork.actions.hearing import HEAR
from nuserus.fieldwork.actions.interviews import require_recordable
from nuserus.fieldwork.enums import Hearing, RecordingEnding, RecordingState
from nuserus.fieldwork.models import DraftTurn, GuideVersion, Interview
from nuserus.fieldwork.queries.typed import TypedTurn, read_typed, write_typed
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from tests.factories.directory import make_membership
from tests.factories.fieldwork import answer, make_field, make_participant
from tests.factories.interviews import (
    begin,
    get_field_recording,
    get_interview,
    let_record,
    make_field_recording,
    make_guide,
    make_interview,
    make_listened,
)
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, let_only_facilitate, seat_in
from tests.factories.voice import model_folder, speech_model, voice
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
SRT = """1
00:00:01,000 --> 00:00:03,500
Ronce: La tablette, c’est pour le dessert.

2
00:00:04,000 --> 00:00:06,000
SPEAKER_01: Et le matin ?
"""


def at(name: str, *args: object) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def turns_of(interview: Interview) -> list[DraftTurn]:
    with as_system("read test data", recorded=False):
        return list(DraftTurn.objects.filter(interview=interview).order_by("position"))


def save(client: Client, interview: Interview, text: str, revision: int) -> int:
    given = {"fields": {"text": text}, "revision": revision}
    return client.post(at("save_interview_text", interview.pk), json.dumps(given), "application/json").status_code


def test_from_the_guide_to_the_interview_that_took_place(client_as: ClientAs) -> None:
    place, researcher = make_field()
    lead = client_as(lead_of(place.study))
    text = "Le quotidien\nQue faites-vous le matin ?\n\nLes écrans\n- Lesquels ?"
    assert lead.post(at("start_guide", place.study_id), {"title": "Usages", "text": "Un thème"}).status_code == 422
    made = lead.post(at("start_guide", place.study_id), {"title": "Usages", "text": text}, follow=True)
    assert "Lesquels ?" in made.content.decode()
    with as_system("read test data", recorded=False):
        first = GuideVersion.objects.get()
    changed = {"title": "Usages", "text": f"{text}\n- Depuis quand ?", "note": "une question de plus"}
    page = lead.post(at("rewrite_guide", first.guide_id), changed, follow=True).content.decode()
    assert "Les versions d’avant" in page
    alone = make_participant(place, researcher, "Lierre", agrees=False)
    client = client_as(researcher)
    assert "Usages" in client.get(at("plan_interview", place.study_id, place.pk)).content.decode()
    given = {
        "kind": "individual", "mode": "remote", "held_on": "2026-11-03", "starts_at": "14:30", "where": "le salon",
        "guide": str(first.pk), "people": [str(alone.pk)],
    }  # fmt: skip
    other = make_participant(place, researcher, "Ronce")
    two = client.post(at("plan_interview", place.study_id, place.pk), given | {"people": [alone.pk, other.pk]})
    assert (two.status_code, "n’en cochez qu’une" in two.content.decode()) == (422, True)
    planned = client.post(at("plan_interview", place.study_id, place.pk), given, follow=True)
    page = planned.content.decode()
    assert "pas d’accord pour participer" in page
    assert "version 1" in page
    with as_system("read test data", recorded=False):
        interview = Interview.objects.get()
    refused = client.post(at("hold_interview", interview.pk), follow=True).content.decode()
    assert "Il manque l’accord pour participer de : Lierre" in refused.replace("\u00a0", " ")
    answer(alone, researcher, Step.GIVEN)
    client.post(at("hold_interview", interview.pk))
    client.post(at("interview_notes", interview.pk), {"notes": "Une pause au milieu."})
    assert (get_interview(interview).state, get_interview(interview).notes) == ("held", "Une pause au milieu.")
    assert "3 novembre 2026" in client.get(at("interviews", place.study_id)).content.decode()
    assert "il reste" in client.post(at("drop_interview", interview.pk), follow=True).content.decode()


def test_who_conducts_writes_guides_and_who_works_there_reads_no_interview(client_as: ClientAs) -> None:
    place, researcher = make_field()
    guide = make_guide(place.study, lead_of(place.study))
    interview = make_interview(place, researcher, make_listened(place, researcher))
    member, practitioner = make_account(), make_account()
    seat_in(circle_of(place.study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    seat_in(circle_of(place.study, GroupKind.TEAM), practitioner, Part.PRACTITIONER)
    reader = client_as(member)
    assert reader.get(at("guide", guide.guide_id)).status_code == 200
    assert reader.get(at("rewrite_guide", guide.guide_id)).status_code == 403
    for name in ("interview", "interview_text", "change_interview"):
        assert reader.get(at(name, interview.pk)).status_code == 404
    assert reader.get(at("plan_interview", place.study_id, place.pk)).status_code == 404
    assert "Aucun entretien que vous puissiez lire" in reader.get(at("interviews", place.study_id)).content.decode()
    planned = make_interview(place, researcher)
    assert client_as(researcher).post(at("drop_interview", planned.pk)).status_code == 302
    with as_system("read test data", recorded=False):
        assert not Interview.objects.filter(pk=planned.pk).exists()


def test_a_text_is_typed_kept_while_typing_and_put_in_the_corpus(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce = make_listened(place, researcher)
    interview = make_interview(place, researcher, ronce)
    make_field_recording(interview, researcher)
    client = client_as(researcher)
    text = "0:02 Chercheuse : Et le matin ?\n0:05 Ronce : La tablette.\nElle dit : le dessert."
    assert save(client, interview, text, 0) == 200
    assert save(client, interview, "autre", 0) == 409, "somebody else wrote"
    assert [(turn.speaker, turn.text, turn.begins_ms, turn.ends_ms) for turn in turns_of(interview)] == [
        ("Chercheuse", "Et le matin ?", 2000, 5000),
        ("Ronce", "La tablette.\nElle dit : le dessert.", 5000, None),
    ]
    page = client.get(at("interview_text", interview.pk)).content.decode()
    assert "0:05 Ronce : La tablette." in page
    assert "data-nu-transcript" in page
    kept = client.post(at("interview_text", interview.pk), {"text": text + " Oui.", "revision": "1"}, follow=True)
    assert "Le texte est gardé." in kept.content.decode()
    late = client.post(at("interview_text", interview.pk), {"text": "Perdu ?", "revision": "1"})
    assert (late.status_code, "Perdu ?" in late.content.decode()) == (409, True)
    client.post(at("pour_interview_text", interview.pk))
    found = get_interview(interview)
    assert found.state == "transcribed"
    assert not turns_of(interview)
    with as_system("read test data", recorded=False):
        version = SourceVersion.objects.get(source=found.source)
        spoken = list(Turn.objects.filter(version=version).order_by("position"))
    assert version.text == "Et le matin ?\nLa tablette.\nElle dit : le dessert. Oui."
    assert [turn.participant_id for turn in spoken] == [None, ronce.pk]
    assert spoken[1].begins_ms == 5000
    assert save(client, interview, "Encore", found.revision) == 422, "it is corrected in the corpus from now on"


def test_a_transcript_is_imported_and_its_voices_bound(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce = make_listened(place, researcher)
    interview = make_interview(place, researcher, ronce)
    client = client_as(researcher)
    bad = {"transcript": SimpleUploadedFile("texte.srt", b"%PDF-1.7 rien")}
    client.post(at("import_interview_text", interview.pk), bad)
    assert not turns_of(interview)
    sent = {"transcript": SimpleUploadedFile("texte.srt", SRT.encode())}
    page = client.post(at("import_interview_text", interview.pk), sent, follow=True).content.decode()
    assert "2 tours de parole repris." in page
    assert "Qui sont ces voix ?" in page.replace("\u00a0", " ")
    client.post(at("bind_interview_voices", interview.pk), {"speaker": ["SPEAKER_01"], "who": ["interviewer"]})
    found = [(turn.speaker, turn.participant_id, turn.begins_ms) for turn in turns_of(interview)]
    assert found == [("Ronce", ronce.pk, 1000), ("Chercheuse", None, 4000)]
    sent = {"transcript": SimpleUploadedFile("texte.srt", SRT.encode())}
    again = client.post(at("import_interview_text", interview.pk), sent, follow=True).content.decode()
    assert "Un texte est déjà là" in again
    client.post(at("clear_interview_text", interview.pk))
    assert not turns_of(interview)


def test_the_operators_program_writes_turns_with_their_times(
    client_as: ClientAs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, researcher = make_field()
    interview = make_interview(place, researcher, make_listened(place, researcher))
    recording = make_field_recording(interview, researcher, voice(3.0))
    client = client_as(researcher)
    assert "n’a pas de programme de transcription" in client.get(at("interview_text", interview.pk)).content.decode()
    assert "ne marche pas" in client.post(at("hear_recording", recording.pk), follow=True).content.decode()
    with speech_model(model_folder(tmp_path / "model"), monkeypatch):
        page = client.post(at("hear_recording", recording.pk), follow=True).content.decode()
        assert "La machine écrit" in page
        progress = client.get(at("interview_progress", interview.pk), headers={"HX-Request": "true"})
        assert "En attente" in progress.content.decode()
        assert "encore" in client.post(at("pour_interview_text", interview.pk), follow=True).content.decode()
        tasks.hear_recording(recording_id=str(recording.pk), asker_id=str(researcher.pk))
        tasks.hear_recording(recording_id=str(recording.pk), asker_id=str(researcher.pk))
    heard = turns_of(interview)
    assert [(turn.begins_ms, turn.text) for turn in heard] == [
        (0, "Nous photographions le car. Puis l’enfant range les photos."),
        (4400, "À la fin, il choisit le dessert."),
    ]
    assert get_field_recording(recording).hearing == Hearing.DONE
    done = client.get(at("interview_progress", interview.pk), headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    (tmp_path / "model" / "model.bin").unlink()
    client.post(at("clear_interview_text", interview.pk))
    with speech_model(tmp_path / "model", monkeypatch):
        assert "il y manque" in client.get(at("interview_text", interview.pk)).content.decode()


def test_a_machine_that_fails_or_is_stopped_loses_nothing(
    client_as: ClientAs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, researcher = make_field()
    ronce = make_listened(place, researcher)
    interview = make_interview(place, researcher, ronce)
    recording = make_field_recording(interview, researcher)
    client = client_as(researcher)
    with speech_model(model_folder(tmp_path / "model"), monkeypatch):
        client.post(at("hear_recording", recording.pk))
        client.post(at("hear_recording", recording.pk), {"do": "stop"})
        tasks.hear_recording(recording_id=str(recording.pk), asker_id=str(researcher.pk))
        assert not turns_of(interview)
        client.post(at("hear_recording", recording.pk))
        let_record(ronce, researcher, Step.WITHDRAWN)
        tasks.hear_recording(recording_id=str(recording.pk), asker_id=str(researcher.pk))
        assert not turns_of(interview) and get_field_recording(recording).hearing == Hearing.NONE
        let_record(ronce, researcher)
        client.post(at("hear_recording", recording.pk))
        (tmp_path / "model" / "said.txt").unlink()
        tasks.hear_recording(recording_id=str(recording.pk), asker_id=str(researcher.pk))
        assert "s’est arrêtée sans y arriver" in client.get(at("interview_text", interview.pk)).content.decode()
    assert get_field_recording(recording).state == RecordingState.STORED
    assert HEAR.startswith("nuserus.fieldwork.tasks.")


def test_one_person_who_erases_takes_the_recording_the_notes_and_the_text(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce = make_listened(place, researcher)
    interview = make_interview(place, researcher, ronce)
    recording = make_field_recording(interview, researcher)
    path = Path(recording.file.path)
    coming = begin(interview, researcher, voice(2.0))
    client = client_as(researcher)
    client.post(at("interview_notes", interview.pk), {"notes": "CANARI la nuit"})
    save(client, interview, "Ronce : CANARI le jour", 0)
    withdraw(researcher, ronce, Mode.ERASE)
    found = get_interview(interview)
    assert "CANARI" not in found.notes + found.where
    assert len(found.notes) == len("CANARI la nuit")
    assert [turn.text for turn in turns_of(interview)] == ["█" * len("CANARI le jour")]
    for one in (recording, coming):
        gone = get_field_recording(one)
        assert (gone.state, gone.ending, gone.file.name) == (RecordingState.ENDED, RecordingEnding.WITHDRAWN, "")
    assert not path.exists()
    with as_system("read test data", recorded=False):
        said = {(str(row.what), row.fate) for row in WithdrawalTrace.objects.all()}
    assert ("enregistrements d’entretiens", "removed") in said
    assert "masquées" in client.get(at("interview_text", interview.pk)).content.decode()


def test_one_of_a_group_who_erases_takes_the_whole_voice_and_their_own_turns(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce, lierre = make_listened(place, researcher), make_listened(place, researcher, "Lierre")
    interview = make_interview(place, researcher, ronce, lierre)
    recording = make_field_recording(interview, researcher)
    client = client_as(researcher)
    client.post(at("interview_notes", interview.pk), {"notes": "Lierre approuve."})
    save(client, interview, "Ronce : CANARI\nLierre : Moi aussi.", 0)
    withdraw(researcher, ronce, Mode.ERASE)
    assert get_field_recording(recording).ending == RecordingEnding.WITHDRAWN
    assert [turn.text for turn in turns_of(interview)] == ["██████", "Moi aussi."]
    assert get_interview(interview).notes == "Lierre approuve."
    with as_system("read test data", recorded=False):
        flagged = set(Flagged.objects.values_list("object_kind", "address"))
    assert ("fieldwork.Interview", at("interview", interview.pk)) in flagged


def test_stop_using_puts_aside_and_stop_collecting_stops(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce, lierre = make_listened(place, researcher), make_listened(place, researcher, "Lierre")
    one, other = make_interview(place, researcher, ronce), make_interview(place, researcher, lierre)
    kept, coming = make_field_recording(one, researcher), begin(other, researcher, voice(2.0))
    client = client_as(researcher)
    save(client, one, "Ronce : Le jour", 0)
    withdraw(researcher, ronce, Mode.STOP_USING)
    withdraw(researcher, lierre, Mode.STOP_COLLECTING)
    assert get_interview(one).withheld_at is not None
    assert get_field_recording(kept).withheld_at is not None
    assert get_field_recording(kept).state == RecordingState.STORED
    assert turns_of(one)[0].withheld_at is not None
    assert get_field_recording(coming).ending == RecordingEnding.WITHDRAWN
    assert "mis de côté" in client.get(at("interview", one.pk)).content.decode()
    assert save(client, one, "Autre", 1) == 422


@given(
    st.lists(
        st.builds(
            TypedTurn,
            speaker=st.sampled_from(["", "Ronce", "Chercheuse", "Léa 2"]),
            text=st.text("abé ,.?!", min_size=1, max_size=20).map(str.strip).filter(bool),
            begins_ms=st.integers(0, 20_000).map(lambda seconds: seconds * 1000),
        ),
        max_size=8,
    )
)
def test_what_is_typed_is_what_is_kept(turns: list[TypedTurn]) -> None:
    assert read_typed(write_typed(turns), ["Ronce", "Léa 2"]) == turns


def test_names_that_nobody_has_begin_no_turn() -> None:
    text = "Ronce : Il m’a dit : viens.\nAlors : rien.\n1:02:03 Paul : Oui.\nEnquêtrice : Et après ?"
    assert read_typed(text, ["Ronce"]) == [
        TypedTurn("Ronce", "Il m’a dit : viens.\nAlors : rien."),
        TypedTurn("Paul", "Oui.", 3_723_000),
        TypedTurn("Enquêtrice", "Et après ?"),
    ]


def test_a_name_that_nobody_bound_goes_with_the_words(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce = make_listened(place, researcher)
    interview = make_interview(place, researcher, ronce)
    client = client_as(researcher)
    transcript = "Chercheuse : Bonjour.\nJeanne Canari : Le jour.\nChercheuse : Et là ?\nJeanne Canari : La nuit."
    upload = SimpleUploadedFile("entretien.txt", transcript.encode())
    client.post(at("import_interview_text", interview.pk), {"transcript": upload})
    assert "Jeanne Canari" in {turn.speaker for turn in turns_of(interview)}
    withdraw(researcher, ronce, Mode.ERASE)
    assert {turn.speaker for turn in turns_of(interview)} == {"Chercheuse", "█" * len("Jeanne Canari")}


def test_a_covered_line_stays_somebodys_when_the_text_is_kept_again(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce, lierre = make_listened(place, researcher), make_listened(place, researcher, "Lierre")
    interview = make_interview(place, researcher, ronce, lierre)
    client = client_as(researcher)
    save(client, interview, "Ronce : CANARI\nLierre : Moi aussi.", 0)
    withdraw(researcher, ronce, Mode.ERASE)
    now = get_interview(interview)
    assert save(client, now, "█████ : ██████\nLierre : Moi aussi, oui.", now.revision) == 200
    covered, other = turns_of(interview)
    assert (covered.participant_id, covered.redacted_at is None, other.text) == (ronce.pk, False, "Moi aussi, oui.")


def test_who_reads_the_place_no_more_neither_hears_nor_reads_what_is_put_aside(client_as: ClientAs) -> None:
    place, researcher = make_field()
    lead = lead_of(place.study)
    ronce, lierre = make_listened(place, lead), make_listened(place, lead, "Lierre")
    alone, group = make_interview(place, researcher, ronce), make_interview(place, researcher, ronce, lierre)
    heard, other = make_field_recording(group, researcher), make_interview(place, researcher, lierre)
    refused = make_field_recording(other, researcher)
    save(client_as(researcher), group, "Ronce : CANARI\nLierre : Moi aussi.", 0)
    let_only_facilitate(researcher, place.study)
    client = client_as(researcher)
    assert client.get(at("recording_sound", refused.pk), headers={"Range": "bytes=0-"}).status_code == 206
    withdraw(lead, ronce, Mode.STOP_USING)
    let_record(lierre, lead, Step.WITHDRAWN)
    assert client.get(at("interview", alone.pk)).status_code == 404
    assert client.get(at("recording_sound", heard.pk)).status_code == 404
    assert client.get(at("recording_sound", refused.pk)).status_code == 403
    page = client.get(at("interview_text", group.pk)).content.decode()
    assert "Moi aussi." in page and "CANARI" not in page
    make_membership(researcher, place.institution)
    for name, row in (("interview", other), ("interview_text", group), ("recording_sound", refused)):
        assert client.get(at(name, row.pk)).status_code == 404, name


def test_nobody_is_sent_to_ask_somebody_who_had_everything_erased(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce, lierre = make_listened(place, researcher), make_listened(place, researcher, "Lierre")
    group = make_interview(place, researcher, ronce, lierre)
    client = client_as(researcher)
    empty = client.get(at("interview_text", group.pk)).content.decode()
    assert "Chercheuse, Chercheur, " in empty
    save(client, group, "Chercheur : Et le matin ?\nLierre : Moi aussi.", 0)
    typed = client.get(at("interview_text", group.pk)).content.decode().replace("\xa0", " ")
    assert "« 2:05 Chercheur : " in typed
    withdraw(researcher, ronce, Mode.ERASE)
    page = client.get(at("interview", group.pk)).content.decode()
    assert "a tout fait effacer" in page and "Demandez-le" not in page
    with acting_as(researcher.pk), pytest.raises(ValidationError, match="a tout fait effacer"):
        require_recordable(get_interview(group))


@pytest.mark.parametrize("body", ['{"fields": {"text": "a"}, "revision": 1e400}', "[" * 100_000])
def test_strange_saves_are_refused_in_words(client_as: ClientAs, body: str) -> None:
    place, researcher = make_field()
    interview = make_interview(place, researcher)
    client = client_as(researcher)
    answer = client.post(at("save_interview_text", interview.pk), body, content_type="application/json")
    assert answer.status_code == 400
    assert client.post(at("interview_text", interview.pk), {"text": "a", "revision": "1234567890x"}).status_code == 409

"""Reading a register into the directory: what changes, what does not, and what is told of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.actions.imports.asking import Options, note_run
from nuserus.directory.actions.imports.following import follow_import
from nuserus.directory.actions.imports.running import run_import
from nuserus.directory.actions.imports.staging import copy_line
from nuserus.directory.actions.imports.turns import TurnTaken, our_turn, somebody_imports
from nuserus.directory.actions.imports.undoing import undo_import
from nuserus.directory.enums import DuplicateReason, ImportSource, ImportState, OnProblem
from nuserus.directory.models import (
    Category,
    DuplicateProposal,
    Import,
    ImportChange,
    Institution,
    Operator,
    Place,
    Service,
)
from nuserus.directory.queries.imports import state_of
from nuserus.directory.readers import finess_classic, finess_json
from nuserus.foundation.asking import as_system
from tests.directory.registers import DAY, classic, institution, point
from tests.factories.directory import make_institution, make_membership, make_place
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "finess.csv"


def read(path: Path, source: ImportSource = ImportSource.FINESS_CLASSIC, **options: Any) -> Import:
    """Import a file as the command line does."""
    run = note_run(source=source, path=path, options=Options(**options))
    done = run_import(run.pk, path=path, rest=0)
    assert done is not None
    return done


def counted(**some: int) -> dict[str, int]:
    return {"created": 0, "updated": 0, "reopened": 0, "unchanged": 0, "closed": 0} | some


def found(finess: str) -> Institution:
    return (
        Institution.objects.using("system")
        .select_related("category", "department", "operator", "town")
        .get(finess=finess)
    )


def versions() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id::text || xmin::text || ctid::text FROM directory_institution ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def changes(run: Import) -> set[tuple[str, str]]:
    rows = ImportChange.objects.using("system").filter(run=run, kind="institution")
    return {(change.verb, change.key) for change in rows}


def test_institution_is_read_whole(file: Path) -> None:
    run = read(classic(file, institution(), point("840000001", 847000, 6316000)))
    assert (run.state, run.refusal, run.problems) == (ImportState.APPLIED, "", [])
    assert run.counts["institution"] == counted(created=1)
    place = found("840000001")
    assert place.name == place.register_name == "INSTITUT MEDICO-EDUCATIF LES CEDRES"
    assert place.category is not None
    assert (place.category.code, place.department.code, place.commune) == ("183", "84", "84007")
    assert (place.street, place.post_code, place.town_name) == ("12 AVENUE DES SOURCES", "84000", "AVIGNON")
    assert place.town is not None and place.town.name == "Avignon"
    assert place.operator is not None and place.operator.finess == "840000900"
    assert place.latitude == pytest.approx(43.93, abs=0.02)
    assert place.longitude == pytest.approx(4.83, abs=0.02)
    assert (place.opened_on, place.register_date, place.closed_on) == (date(1985, 9, 1), DAY, None)
    assert place.slug == "institut-medico-educatif-les-cedres-avignon-840000001"


def test_same_file_twice_changes_nothing(file: Path) -> None:
    classic(file, institution(), institution("840000002"), point("840000001", 847000, 6316000))
    read(file)
    before = versions()
    run = read(file)
    assert run.counts == {"institution": counted(unchanged=2)}
    assert versions() == before
    assert changes(run) == set()


def test_line_of_the_same_words_is_not_read_further(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [institution(f"84000000{rank}") for rank in range(1, 5)]
    read(classic(file, *lines, point("840000001", 847000, 6316000)))
    seen: list[str] = []
    whole = finess_classic._institution

    def noted(number: int, cells: list[str], *more: Any) -> Any:
        seen.append(cells[1])
        return whole(number, cells, *more)

    monkeypatch.setattr(finess_classic, "_institution", noted)
    lines[1] = institution("840000002", street="DES OLIVIERS")
    run = read(classic(file, *lines, lines[2], point("840000004", 847000, 6316000)))
    # the second says another street, the third comes twice, the first lost its point and the fourth has one
    assert seen == ["840000001", "840000002", "840000004", "840000003"]
    assert [line for line, _sentence in run.problems] == [6]
    assert run.counts["institution"] == counted(updated=2, unchanged=2)
    assert found("840000004").latitude == pytest.approx(43.93, abs=0.02)
    assert found("840000001").latitude is not None


def test_same_words_of_what_was_closed_open_it_again(file: Path) -> None:
    first = [institution(), institution("840000002")]
    read(classic(file, *first))
    read(classic(file, first[1], day=DAY + timedelta(days=1)), may_close_many=True)
    assert found("840000001").closed_on is not None
    run = read(classic(file, *first, day=DAY + timedelta(days=2)))
    assert run.counts["institution"] == counted(reopened=1, unchanged=1)


def test_what_changed_is_told_field_by_field(file: Path) -> None:
    read(classic(file, institution(), institution("840000002")))
    run = read(classic(file, institution(street="DES OLIVIERS"), institution("840000002"), day=DAY + timedelta(days=1)))
    assert run.counts["institution"] == counted(updated=1, unchanged=1)
    with as_system("test"):
        change = ImportChange.objects.get(run=run)
    assert (change.before["street"], change.after["street"]) == ("12 AVENUE DES SOURCES", "12 AVENUE DES OLIVIERS")
    assert set(change.after) == {"street", "register_mark", "register_date"}


def test_institution_that_left_is_closed_and_comes_back(file: Path) -> None:
    both = [institution(), institution("840000002")]
    read(classic(file, *both))
    membership = make_membership(make_account(), found("840000002"))
    run = read(classic(file, both[0], day=DAY + timedelta(days=1)))
    assert changes(run) == {("closed", "840000002")}
    assert found("840000002").closed_on == DAY + timedelta(days=1)
    assert found("840000002").memberships.using("system").get() == membership
    again = read(classic(file, both[0], day=DAY + timedelta(days=2)))
    assert again.counts["institution"] == counted(unchanged=1)
    back = read(classic(file, *both, day=DAY + timedelta(days=3)))
    assert changes(back) == {("reopened", "840000002")}
    assert found("840000002").closed_on is None


def test_what_never_came_from_a_register_is_not_closed(file: Path) -> None:
    ours = make_institution("IME du programme")
    numbered = make_institution("IME numéroté", finess="840000077")
    read(classic(file, institution()))
    read(classic(file, institution()))
    with as_system("test"):
        assert not Institution.objects.filter(pk__in=[ours.pk, numbered.pk], closed_on__isnull=False).exists()


def test_known_number_is_the_same_institution(file: Path) -> None:
    ours = make_institution("IME Les Cèdres", finess="840000001", is_fictitious=False)
    run = read(classic(file, institution()))
    assert changes(run) == {("updated", "840000001")}
    assert found("840000001").pk == ours.pk
    assert found("840000001").slug == ours.slug


def test_name_corrected_by_the_place_is_kept(file: Path) -> None:
    read(classic(file, institution()))
    with as_system("test"):
        Institution.objects.update(name="Les Cèdres", folded="lescedres", named_by_place=True)
    read(classic(file, institution(long="IME LES CEDRES BLEUS")))
    place = found("840000001")
    assert (place.name, place.folded) == ("Les Cèdres", "lescedres")
    assert place.register_name == "IME LES CEDRES BLEUS"


@pytest.mark.parametrize("code", ["462", "238", "236"])
def test_private_home_has_the_point_of_its_town(file: Path, code: str) -> None:
    read(classic(file, institution(category=code), point("840000001", 847123, 6316123)))
    place = found("840000001")
    assert place.town is not None
    assert (place.street, place.phone, place.precision) == ("", "", "town")
    assert (place.latitude, place.longitude) == (place.town.latitude, place.town.longitude)
    assert place.is_private_home


def test_what_becomes_a_private_home_loses_its_street(file: Path) -> None:
    read(classic(file, institution(), point("840000001", 847123, 6316123)))
    read(classic(file, institution(category="462", postal="84990 NULLE PART")))
    place = found("840000001")
    assert (place.street, place.phone, place.precision, place.latitude) == ("", "", "", None)


def test_what_becomes_a_private_home_loses_its_mail_and_the_places_with_a_street(file: Path) -> None:
    read(classic(file, institution()))
    known = found("840000001")
    linked = make_place(street="3 rue des Lilas", institution=known)
    with as_system("test"):
        Institution.objects.filter(pk=known.pk).update(contact_email="chez@exemple.fr")
    read(classic(file, institution(category="462")))
    assert found("840000001").contact_email == ""
    with as_system("test"):
        assert Place.objects.get(pk=linked.pk).institution_id is None
        # nor is a place linked to a home afterwards, whoever writes it
        Place.objects.filter(pk=linked.pk).update(institution=known)
        assert Place.objects.get(pk=linked.pk).institution_id is None


def test_unknown_category_is_added_with_the_words_of_the_file(file: Path) -> None:
    run = read(
        classic(
            file,
            institution(category="997", label="Maison nouvelle"),
            institution("840000002", category="998", label=""),
        )
    )
    category = Category.objects.get(code="997")
    assert (category.label, category.list_version) == ("Maison nouvelle", "fichier 2026-11-05")
    assert "997 Maison nouvelle" in run.notes[0]
    assert run.problem_count == 1
    assert "998" in run.problems[0][1]


def test_dry_run_changes_nothing_and_tells(file: Path) -> None:
    read(classic(file, institution(), institution("840000002")))
    before = versions()
    run = read(classic(file, institution(street="X"), institution("840000003")), dry_run=True)
    assert run.state == ImportState.TRIED
    assert versions() == before
    assert changes(run) == {("updated", "840000001"), ("created", "840000003"), ("closed", "840000002")}


def test_bad_lines_are_told_and_the_rest_is_kept(file: Path) -> None:
    lines = [
        institution(), "structureet;840000002;x", institution("840000001"), institution("840000003", department="9Z"),
        "autre;chose", point("840000001", 1, 2),
    ]  # fmt: skip
    run = read(classic(file, *lines))
    assert run.state == ImportState.APPLIED
    assert run.counts["institution"] == counted(created=1)
    assert [line for line, _sentence in run.problems] == [3, 4, 5, 6, 7]


def test_bad_line_of_a_known_institution_does_not_close_it(file: Path) -> None:
    read(classic(file, institution(), institution("840000002")))
    run = read(classic(file, institution(), "structureet;840000002;x"))
    assert run.counts["institution"] == counted(unchanged=1)
    assert found("840000002").closed_on is None


def test_nothing_is_kept_where_the_operator_chose_so(file: Path) -> None:
    run = read(classic(file, institution(), "autre;chose"), on_problem=OnProblem.KEEP_NOTHING)
    assert (run.state, run.problem_count) == (ImportState.REFUSED, 1)
    assert "ne rien garder" in run.refusal
    assert versions() == []


def test_part_of_the_register_is_refused_unless_said(file: Path) -> None:
    lines = [institution(f"8400010{number:02}") for number in range(40)]
    read(classic(file, *lines))
    run = read(classic(file, *lines[:10]))
    assert run.state == ImportState.REFUSED
    assert "30 des 40" in run.refusal
    part = read(classic(file, *lines[:10]), partial=True)
    assert part.counts["institution"] == counted(unchanged=10)
    wanted = read(classic(file, *lines[:10]), may_close_many=True)
    assert wanted.counts["institution"] == counted(unchanged=10, closed=30)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"finess,etalab,93,2026-11-05\nstructureet,840000001", "points-virgules"),
        (b'[{"a": 1}]', "JSON"),
        (b"a;b;c\n1;2;3\n", "finess;etalab"),
        (b"finess;etalab;93;2026-11-05\n", "rien qui puisse"),
        (b"\x1f\x8b\x08\x00truncated", "compressé"),
    ],
)
def test_other_file_is_refused_in_one_sentence(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    run = read(file)
    assert run.state == ImportState.REFUSED
    assert said in run.refusal
    assert versions() == []


def test_undo_takes_back_what_nobody_touched(file: Path) -> None:
    read(classic(file, institution(), institution("840000002"), institution("840000003")))
    before = {place.finess: place.street for place in Institution.objects.using("system").all()}
    run = read(
        classic(
            file, institution(street="A"), institution("840000002", street="B"), institution("840000004", operator="840000999"),
            institution("840000005"), institution("840000006"), day=DAY + timedelta(days=1),
        )
    )  # fmt: skip
    assert len(changes(run)) == 6
    with as_system("test"):
        Institution.objects.filter(finess="840000002").update(street="touché depuis")
        Institution.objects.filter(finess="840000005").update(website="https://exemple.fr")
    make_membership(make_account(), found("840000006"))
    undone = undo_import(run.pk, rest=0)
    assert undone is not None and undone.state == ImportState.UNDONE
    assert {one["key"] for one in undone.left if one["kind"] == "institution"} == {
        "840000002",
        "840000005",
        "840000006",
    }
    places = {place.finess: place for place in Institution.objects.using("system").all()}
    assert set(places) == {*before, "840000005", "840000006"}
    assert places["840000001"].street == before["840000001"]
    assert places["840000003"].closed_on is None
    assert not Operator.objects.filter(finess="840000999").exists()


def test_undone_file_can_be_read_again(file: Path) -> None:
    first = read(classic(file, institution()))
    undo_import(first.pk, rest=0)
    assert versions() == []
    again = read(file)
    assert again.counts["institution"] == counted(created=1)
    undo_import(again.pk, rest=0)
    assert undo_import(again.pk, rest=0).state == ImportState.UNDONE


def test_duplicates_are_proposed_never_merged(file: Path) -> None:
    ours = make_institution("Institut médico-éducatif Les Cèdres", is_fictitious=False)
    same = make_institution("Autre nom", siret="77560000000012", is_fictitious=False)
    place = make_place("Institut Médico-Educatif des Cèdres", commune="84007")
    make_institution("Institut Médico-Educatif Les Cèdres", town_name="Apt", is_fictitious=False)
    run = read(classic(file, institution()))
    follow_import(run.pk, rest=0)
    follow_import(run.pk, rest=0)
    theirs = found("840000001")
    with as_system("test"):
        told = {(one.first, one.second): one.reason for one in DuplicateProposal.objects.all()}
        assert Import.objects.get(pk=run.pk).step == ""
    assert told == {
        (ours.pk, theirs.pk): DuplicateReason.SAME_NAME,
        (same.pk, theirs.pk): DuplicateReason.SIRET,
        (theirs.pk, place.pk): DuplicateReason.SAME_NAME,
    }
    assert Institution.objects.count() == 4


def test_overseas_and_other_encodings(file: Path) -> None:
    lines = [
        institution(
            "970400001", department="9D", commune="411", postal="97400 SAINT DENIS", long="FOYER DE L\u2019ÎLE"
        ),
        point("970400001", 338000, 7690000, "UTM_S40"),
    ]
    read(classic(file, *lines, encoding="cp1252"))
    place = found("970400001")
    assert (place.department.code, place.commune, place.name) == ("974", "97411", "FOYER DE L\u2019ÎLE")
    assert place.latitude == pytest.approx(-20.88, abs=0.05)


KILLED = """
import os, pathlib, signal, sys, uuid
import django
django.setup()
from nuserus.directory.actions.imports import applying, running
whole = applying.apply
def then_die(*args, **more):
    whole(*args, **more)
    os.kill(os.getpid(), signal.SIGKILL)
applying.apply = then_die
running.run_import(uuid.UUID(sys.argv[1]), path=pathlib.Path(sys.argv[2]), rest=0)
"""


def _database_knows() -> None:
    """The turn is given back when the server sees that its client is gone, an instant after."""
    until = time.monotonic() + 30
    while somebody_imports() and time.monotonic() < until:
        time.sleep(0.05)


def test_killed_in_the_middle_of_applying_leaves_nothing(file: Path) -> None:
    read(classic(file, institution()))
    before = versions()
    classic(file, institution(street="X"), institution("840000002"), day=DAY + timedelta(days=1))
    run = note_run(source=ImportSource.FINESS_CLASSIC, path=file, options=Options())
    died = subprocess.run([sys.executable, "-c", KILLED, str(run.pk), str(file)], check=False)
    assert died.returncode == -signal.SIGKILL
    _database_knows()
    assert versions() == before
    assert changes(run) == set()
    with as_system("test"):
        assert state_of(Import.objects.get(pk=run.pk)) == ImportState.INTERRUPTED
    done = run_import(run.pk, path=file, rest=0)
    assert done is not None
    assert done.counts["institution"] == counted(created=1, updated=1)


def test_one_import_at_a_time(file: Path) -> None:
    run = note_run(source=ImportSource.FINESS_CLASSIC, path=classic(file, institution()), options=Options())
    with our_turn(patient=False), pytest.raises(TurnTaken):
        run_import(run.pk, path=file, patient=False)


@given(st.lists(st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text())), max_size=5))
def test_copied_row_is_one_line_of_as_many_cells(row: list[Any]) -> None:
    line = copy_line(tuple(row))
    assert line.count("\n") == 1
    assert line.count("\t") == max(0, len(row) - 1)
    assert "\x00" not in line


FILES = Path(__file__).parent / "files"


def test_places_and_their_services_follow_their_register() -> None:
    mediation = read(FILES / "mediation-numerique.csv", ImportSource.DIGITAL_MEDIATION)
    structures = read(FILES / "data-inclusion-structures.csv", ImportSource.DATA_INCLUSION)
    services = read(FILES / "data-inclusion-services.json", ImportSource.DATA_INCLUSION)
    for run in (mediation, structures, services):
        assert (run.state, run.refusal) == (ImportState.APPLIED, "")
    with as_system("test"):
        for source in ("mediation-numerique", "data-inclusion"):
            assert Place.objects.filter(source=source).exists()
        assert Service.objects.filter(place__source="data-inclusion").exists()
        numbers = dict(Place.objects.values_list("pk", "register_mark"))
    again = read(FILES / "data-inclusion-services.json", ImportSource.DATA_INCLUSION)
    assert again.counts["service"]["created"] == again.counts["service"]["updated"] == 0
    assert "place" not in again.counts or again.counts["place"]["closed"] == 0
    follow_import(structures.pk, rest=0)
    undone = undo_import(mediation.pk, rest=0)
    assert undone is not None
    assert undone.left == []
    with as_system("test"):
        assert not Place.objects.filter(source="mediation-numerique").exists()
        assert set(Place.objects.values_list("pk", flat=True)) < set(numbers)


def test_new_finess_file_follows_the_classic_one(file: Path) -> None:
    run = read(FILES / "finess-structures.json", ImportSource.FINESS_JSON)
    assert run.state == ImportState.APPLIED
    ime = found("010000024")
    assert ime.operator is not None
    assert (ime.operator.name, ime.contact_email) == ("ASSOCIATION DES LILAS", "accueil@lilas.example")
    line = institution(
        "010000024", operator="010000115", commune="053", department="01", postal="01000 BOURG EN BRESSE"
    )
    read(classic(file, line), partial=True)
    ime = found("010000024")
    assert ime.operator is not None
    assert (ime.operator.name, ime.contact_email) == ("ASSOCIATION DES LILAS", "accueil@lilas.example")
    assert ime.latitude == pytest.approx(46.222286)
    assert ime.funding == "ARS / Non Personnalisé"


def test_place_of_the_same_words_is_not_read_further(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.loads((FILES / "finess-structures.json").read_text(encoding="utf-8"))
    first = read(FILES / "finess-structures.json", ImportSource.FINESS_JSON)
    seen: list[str] = []
    whole = finess_json._record

    def noted(rank: int, finess: str, *more: Any) -> Any:
        seen.append(finess)
        return whole(rank, finess, *more)

    monkeypatch.setattr(finess_json, "_record", noted)
    again = read(FILES / "finess-structures.json", ImportSource.FINESS_JSON)
    # those that are badly told of are read and told of again
    badly = set(seen)
    assert again.problems == first.problems
    assert "010000024" not in badly
    assert again.counts["institution"]["updated"] == again.counts["institution"]["created"] == 0
    assert again.counts["institution"]["unchanged"] == first.counts["institution"]["created"] > len(badly)

    seen.clear()
    _place(told, "010000024")["nomEgeLong"] = "MAISON DES LILAS BLANCS"
    changed = file.with_suffix(".json")
    changed.write_text(json.dumps(told), encoding="utf-8")
    assert read(changed, ImportSource.FINESS_JSON).counts["institution"]["updated"] == 1
    assert set(seen) == badly | {"010000024"}


def _place(told: Any, finess: str) -> Any:
    bodies = [body for body in told["pmej"] if isinstance(body, dict) and isinstance(body.get("ege"), list)]
    places = [place["informationsGeneralesEGE"] for body in bodies for place in body["ege"]]
    return next(place for place in places if place.get("numFinessEge") == finess)


def test_command_tells_what_it_did_and_takes_it_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_register", "finess-classic", str(classic(file, institution(), "autre;chose")))
    told = capsys.readouterr()
    assert "1 ajoutés" in told.out
    assert "ligne 3" in told.out
    assert "Lecture" in told.err
    run = Import.objects.using("system").get()
    with pytest.raises(CommandError, match="ne rien garder"):
        call_command("import_register", "finess-classic", str(file), "--all-or-nothing")
    call_command("import_register", undo=run.pk)
    assert "défait" in capsys.readouterr().out
    assert versions() == []

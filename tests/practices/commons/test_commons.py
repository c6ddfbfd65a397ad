"""The zip of the commons: whole, public, the same each time, and readable by anything."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import as_system
from nuserus.foundation.files.archives import MANIFEST, new_archive
from nuserus.practices.actions import commons as action
from nuserus.practices.actions.commons import commons_file, export_commons
from nuserus.practices.enums import ETHICS, Outcome, SheetStatus
from nuserus.practices.models import Card, Picture, Sheet
from nuserus.practices.queries.commons_text import quoted
from nuserus.practices.tasks import make_commons
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_evaluation, make_member, make_sheet, make_trial, withdraw

pytestmark = pytest.mark.usefixtures("database")
PHOTO = b"\xff\xd8\xff pixels " * 9_000


@pytest.fixture(autouse=True)
def nothing_made(tmp_path: Path) -> Iterator[None]:
    commons_file().unlink(missing_ok=True)
    yield
    commons_file().unlink(missing_ok=True)


def add_photo(sheet: Sheet) -> Picture:
    picture = Picture(
        sheet=sheet, alternative="Une table.", width=4, height=3, sha256=hashlib.sha256(PHOTO).hexdigest()
    )
    picture.is_cover = True
    with as_system("test data"):
        picture.file.save("a.jpg", ContentFile(PHOTO), save=False)
        picture.small.save("b.jpg", ContentFile(PHOTO), save=False)
        picture.save(force_insert=True)
    return picture


def small_commons() -> tuple[Sheet, Sheet]:
    origin = make_sheet(
        make_institution("IME Canari Bleu", department="13"),
        make_account(name="CANARI-AUTEUR"),
        title="=HYPERLINK(1) # Départ",
        happened="Deux enfants ne pleurent plus.",
        ethics=dict.fromkeys(ETHICS, "Nous en avons parlé."),
        limits="La batterie.",
    )
    child = make_sheet(make_institution(department="84"), origin=origin, title="Chez nous", why_changed="Pas de car.")
    with as_system("test data"):
        Card.objects.filter(sheet=child, position=1).update(origin_text="Avant.", what_changed="Le bus.")
    for outcome in (Outcome.WORKED, Outcome.WORKED, Outcome.NOT_HERE):
        make_trial(origin, outcome=outcome, comment="Le soir seulement.")
    make_evaluation(origin)
    return origin, child


def test_everything_public_is_read_with_what_every_python_has(tmp_path: Path) -> None:
    origin, child = small_commons()
    photo = add_photo(origin)
    made = export_commons(tmp_path / "commun.zip")
    assert (made.sheets, made.missing) == (2, 0)
    with ZipFile(tmp_path / "commun.zip") as archive:
        assert archive.testzip() is None
        assert {"LISEZMOI.md", "README.md", "LICENCE.txt", "fiches.csv", MANIFEST} <= set(archive.namelist())
        sheets = {
            name.split("/")[1]: json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith("/fiche.jsonld")
        }
        assert set(sheets) == {str(origin.pk), str(child.pk)}
        told = sheets[str(origin.pk)]
        assert told["name"] == "=HYPERLINK(1) # Départ"
        assert [step["text"] for step in told["step"]] == [
            card.text for card in origin.cards.using("system").order_by("position")
        ]
        assert told["nuserus:credits"] == [{"name": "Nadia B.", "did": "écriture"}]
        assert told["nuserus:trials"]["counts"] == {"worked": 2, "partly": 0, "not_here": 1}
        assert {one["comment"] for one in told["nuserus:trials"]["told"]} == {"Le soir seulement."}
        assert told["nuserus:lineage"]["adaptations"] == [str(child.pk)]
        assert sheets[str(child.pk)]["isBasedOn"] == f"urn:uuid:{origin.pk}"
        assert sheets[str(child.pk)]["step"][1]["nuserus:was"] == "Avant."
        assert len(told["nuserus:ethics"]) == len(ETHICS)
        assert told["nuserus:evaluations"][0]["result"] == "Moins de pleurs au départ."
        assert told["nuserus:place"] == "un IME des Bouches-du-Rhône"
        [image] = told["image"]
        stored = archive.read(f"fiches/{origin.pk}/{image['contentUrl']}")
        assert stored == PHOTO
        assert hashlib.sha256(stored).hexdigest() == image["sha256"] == photo.sha256
        text = archive.read(f"fiches/{origin.pk}/fiche.md").decode()
        assert text.startswith("# \\=HYPERLINK(1) # Départ\n")
        order = ["Version simple", "Ce que nous avons fait", "Ce qui s’est passé", "Et ailleurs", "Qui l’a faite"]
        assert [text.index(f"## {title}") for title in order] == sorted(text.index(f"## {title}") for title in order)


def test_manifest_names_every_file_with_its_hash(tmp_path: Path) -> None:
    add_photo(small_commons()[0])
    export_commons(tmp_path / "commun.zip")
    with ZipFile(tmp_path / "commun.zip") as archive:
        lines = archive.read(MANIFEST).decode().splitlines()
        noted = {name: said for said, name in (line.split("  ", 1) for line in lines)}
        assert set(noted) == set(archive.namelist()) - {MANIFEST}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == said for name, said in noted.items())


def test_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    origin, _child = small_commons()
    add_photo(origin)
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    export_commons(first)
    time.sleep(2.1)  # a zip tells the time by two seconds
    export_commons(second)
    assert first.read_bytes() == second.read_bytes()
    make_trial(origin)
    export_commons(second)
    assert first.read_bytes() != second.read_bytes()


def test_canaries_of_what_is_not_public_are_nowhere(tmp_path: Path) -> None:
    origin, _child = small_commons()
    for status in (SheetStatus.DRAFT, SheetStatus.IN_REVIEW, SheetStatus.TO_REWORK):
        hidden = make_sheet(make_institution(), status=status, title="CANARI-CACHE", cards=("CANARI-CARTE",))
        add_photo(hidden)
    gone = make_sheet(make_institution(), origin=origin, title="CANARI-RETIREE")
    withdraw(gone)
    make_trial(origin, make_institution("CANARI-LIEU-ESSAI"), make_member(make_institution(), name="CANARI-ESSAYEUR"))
    export_commons(tmp_path / "commun.zip")
    with ZipFile(tmp_path / "commun.zip") as archive:
        everything = "\n".join(
            [*archive.namelist(), *(archive.read(name).decode("latin-1") for name in archive.namelist())]
        )
    assert "CANARI" not in everything.upper()
    assert "@exemple.test" not in everything
    assert str(gone.pk) not in everything


def test_query_that_forgets_what_is_public_still_gives_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin, child = small_commons()
    make_sheet(make_institution(), status=SheetStatus.DRAFT, title="CANARI-CACHE", cards=("CANARI-CARTE",))
    monkeypatch.setattr("nuserus.practices.queries.commons.sheets_visible_to", lambda asking: Sheet.objects.all())
    assert export_commons(tmp_path / "commun.zip").sheets == 2
    with ZipFile(tmp_path / "commun.zip") as archive:
        told = {name.split("/")[1] for name in archive.namelist() if name.startswith("fiches/")}
    assert told == {str(origin.pk), str(child.pk)}


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    small_commons()
    make_sheet(make_institution(), title="@SUM(A1)", credit="-2+3")
    export_commons(tmp_path / "commun.zip")
    with ZipFile(tmp_path / "commun.zip") as archive:
        rows = list(csv.reader(io.StringIO(archive.read("fiches.csv").decode()), delimiter=";"))
    assert len(rows) == 4
    for row in rows[1:]:
        assert len(row) == len(rows[0])
        assert not any(cell[:1] in "=+-@\t\r" for cell in row if cell)


def test_photo_that_is_gone_is_said_and_stops_nothing(tmp_path: Path) -> None:
    origin, _child = small_commons()
    photo = add_photo(origin)
    photo.file.storage.delete(photo.file.name)
    assert export_commons(tmp_path / "commun.zip").missing == 1
    with ZipFile(tmp_path / "commun.zip") as archive:
        assert not any("/photos/" in name for name in archive.namelist())


def test_photos_are_not_packed_again(tmp_path: Path) -> None:
    add_photo(small_commons()[0])
    export_commons(tmp_path / "commun.zip")
    with ZipFile(tmp_path / "commun.zip") as archive:
        kinds = {entry.compress_type for entry in archive.infolist() if entry.filename.endswith(".jpg")}
    assert kinds == {ZIP_STORED}


def test_what_fails_in_the_middle_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_commons()
    file = tmp_path / "commun.zip"
    export_commons(file)
    before = file.read_bytes()
    monkeypatch.setattr(
        action, "as_markdown", lambda data: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(CommandError, match="n’a pas changé"):
        call_command("export_commons", str(file))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


SLOW = """
import sys, time
from pathlib import Path
from nuserus.foundation.files.archives import new_archive
with new_archive(Path(sys.argv[1])) as archive:
    archive.add("a", b"a" * 1000)
    print("half", flush=True)
    time.sleep(60)
"""


def test_killed_in_the_middle_the_old_file_stays_and_the_half_goes(tmp_path: Path) -> None:
    file = tmp_path / "commun.zip"
    with new_archive(file) as archive:
        archive.add("a.txt", b"whole")
    before = file.read_bytes()
    writer = subprocess.Popen([sys.executable, "-c", SLOW, str(file)], stdout=subprocess.PIPE, env=dict(os.environ))
    assert writer.stdout is not None and writer.stdout.readline() == b"half\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait(20)
    writer.stdout.close()
    assert file.read_bytes() == before
    [half] = set(tmp_path.iterdir()) - {file}
    os.utime(half, (time.time() - 100_000, time.time() - 100_000))
    with new_archive(file) as archive:
        archive.add("a.txt", b"again")
    assert list(tmp_path.iterdir()) == [file]


def test_night_makes_the_file_that_anybody_may_take(client: Client) -> None:
    origin, _child = small_commons()
    address = reverse("sheets:commons")
    first = client.get(address)
    assert first.status_code == 404
    assert "quelques minutes" in first.content.decode()
    make_commons(timestamp=0)
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    response.close()
    assert content == commons_file().read_bytes()
    assert int(response["Content-Length"]) == len(content)
    assert str(origin.pk) in "".join(ZipFile(io.BytesIO(content)).namelist())
    page = client.get(reverse("sheets:results")).content.decode()
    assert f'href="{address}"' in page
    assert "Ko" in page or "ko" in page or "Mo" in page


def test_sheet_taken_back_is_not_served_any_more(client: Client) -> None:
    origin, _child = small_commons()
    make_commons(timestamp=0)
    withdraw(origin)
    response = client.get(reverse("sheets:commons"))
    assert response.status_code == 404
    assert "refaite sans elle" in response.content.decode()
    assert client.get(reverse("sheets:commons")).status_code == 404  # one job waits already
    make_commons(timestamp=0)
    again = client.get(reverse("sheets:commons"))
    again.close()
    assert again.status_code == 200


def test_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_commons()
    call_command("export_commons", str(tmp_path / "commun.zip"))
    assert "2 fiche(s)" in capsys.readouterr().out
    with pytest.raises(CommandError, match="dossier"):
        call_command("export_commons", str(tmp_path))


def test_memory_does_not_grow_with_the_photos(tmp_path: Path) -> None:
    import tracemalloc

    piece = os.urandom(64 * 1024)
    tracemalloc.start()
    with new_archive(tmp_path / "large.zip") as archive:
        for rank in range(5):
            archive.add(f"{rank}.jpg", (piece for _ in range(200)), packed=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "large.zip").stat().st_size > 60_000_000
    assert peak < 4_000_000


def test_markdown_of_what_people_typed_is_only_text() -> None:
    assert quoted("- liste\n1. un\n<b>") == "\\- liste\n1\\. un\n\\<b\\>"
    assert settings.NUSERUS_DATA in commons_file().parents

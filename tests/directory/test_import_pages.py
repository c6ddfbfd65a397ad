"""The pages of imports: who sees them, what they tell, what one does there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connections, transaction
from django.test import Client
from django.urls import reverse

from nuserus.directory.actions.imports.following import follow_import
from nuserus.directory.actions.imports.running import run_import
from nuserus.directory.actions.imports.undoing import undo_import
from nuserus.directory.enums import ImportState
from nuserus.directory.models import Import, Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from tests.directory.registers import DAY, classic, institution
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")

ClientAs = Callable[[Account | None], Client]


@pytest.fixture
def administrator(client_as: ClientAs) -> Client:
    return client_as(make_account(Role.SITE_ADMIN))


def send(client: Client, path: Path, **options: Any) -> Import:
    """Send a file by the page, and do the job that it asks for."""
    upload = SimpleUploadedFile("finess.csv", path.read_bytes())
    answer = client.post(
        reverse("directory:import_file"), {"source": "finess-classic", "file": upload, "on_problem": "valid", **options}
    )
    assert answer.status_code == 302, answer.content.decode()
    return work(answer.url)


def work(address: str) -> Import:
    pk = address.rstrip("/").rsplit("/", 1)[-1]
    run_import(pk, rest=0)  # type: ignore[arg-type]  # the queue says it as text too
    follow_import(pk, rest=0)  # type: ignore[arg-type]
    return Import.objects.using("system").get(pk=pk)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"directory:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_trial_then_application_then_undoing(administrator: Client, tmp_path: Path) -> None:
    file = classic(tmp_path / "f.csv", institution(), "autre;chose")
    run = send(administrator, file, dry_run="on")
    assert run.state == ImportState.TRIED
    told = page(administrator, "import", run.pk)
    assert "essai terminé" in told
    assert "INSTITUT MEDICO-EDUCATIF LES CEDRES" in told
    assert "Ligne 3" in told
    assert "Lire à nouveau" in told
    again = administrator.post(reverse("directory:import_again", args=[run.pk]), {"on_problem": "valid"})
    applied = work(again.url)
    assert applied.state == ImportState.APPLIED
    assert applied.file.name == ""
    assert Institution.objects.filter(finess="840000001").exists()
    assert "Défaire cet import" in page(administrator, "import", applied.pk)
    assert "Défaire" in page(administrator, "import_undo", applied.pk)
    administrator.post(reverse("directory:import_undo", args=[applied.pk]))
    undo_import(applied.pk, rest=0)
    assert "défait" in page(administrator, "import", applied.pk)
    assert not Institution.objects.filter(finess="840000001").exists()
    assert "FINESS" in page(administrator, "imports")


def test_report_tells_each_field_in_words_and_in_csv(administrator: Client, tmp_path: Path) -> None:
    send(administrator, classic(tmp_path / "f.csv", institution()))
    changed = institution(category="500", phone="", long="=CMD()")
    run = send(administrator, classic(tmp_path / "f.csv", changed, day=DAY + timedelta(days=1)))
    told = page(administrator, "import", run.pk, changement="updated")
    assert "catégorie FINESS" in told
    assert "<del>IME</del>" in told
    assert "<ins>EHPAD</ins>" in told
    assert "register_mark" not in told
    answer = administrator.get(reverse("directory:import_csv", args=[run.pk]))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "établissement;mis à jour;840000001" in text
    assert "'=CMD()" in text


def test_interrupted_run_says_so_and_is_taken_up(administrator: Client, tmp_path: Path) -> None:
    run = send(administrator, classic(tmp_path / "f.csv", institution()), dry_run="on")
    with as_system("test data"):
        Import.objects.filter(pk=run.pk).update(state=ImportState.RUNNING, step="read")
    told = page(administrator, "import", run.pk)
    assert "interrompu, rien n’a changé" in told
    assert "Lire à nouveau" in told


def test_progress_is_found_again(administrator: Client, tmp_path: Path) -> None:
    upload = SimpleUploadedFile("finess.csv", classic(tmp_path / "f.csv", institution()).read_bytes())
    answer = administrator.post(
        reverse("directory:import_file"), {"source": "finess-classic", "file": upload, "on_problem": "valid"}
    )
    assert "en attente" in administrator.get(answer.url).content.decode()
    fragment = f"{answer.url}avancement/"
    assert administrator.get(fragment).status_code == 302
    part = administrator.get(fragment, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part.headers
    work(answer.url)
    assert administrator.get(fragment, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_empty_file_and_missing_choice_are_told(administrator: Client) -> None:
    answer = administrator.post(
        reverse("directory:import_file"), {"file": SimpleUploadedFile("f.csv", b""), "on_problem": "valid"}
    )
    told = answer.content.decode()
    assert "Choisissez le registre" in told
    answer = administrator.post(
        reverse("directory:import_file"),
        {"source": "finess-json", "file": SimpleUploadedFile("f.csv", b""), "on_problem": "valid"},
    )
    assert "Le fichier est vide" in answer.content.decode()


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.FACILITATOR])
def test_others_see_nothing_of_imports(client_as: ClientAs, role: Role | None, tmp_path: Path) -> None:
    run = send(client_as(make_account(Role.SITE_ADMIN)), classic(tmp_path / "f.csv", institution()))
    client = client_as(make_account(*([role] if role else [])))
    for name, args in (("imports", []), ("import_file", []), ("import", [run.pk]), ("import_csv", [run.pk])):
        assert client.get(reverse(f"directory:{name}", args=args)).status_code == 404


def test_moderator_reads_and_does_not_import(client_as: ClientAs, tmp_path: Path) -> None:
    run = send(client_as(make_account(Role.SITE_ADMIN)), classic(tmp_path / "f.csv", institution()))
    moderator = client_as(make_account(Role.MODERATOR))
    assert "Lire un fichier" not in page(moderator, "imports")
    assert "Défaire cet import" not in page(moderator, "import", run.pk)
    assert moderator.get(reverse("directory:import_file")).status_code == 404
    assert moderator.post(reverse("directory:import_undo", args=[run.pk])).status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directory_import SET state = 'applied'",
        "DELETE FROM directory_import",
        "UPDATE directory_importchange SET label = ''",
        "DELETE FROM directory_importchange",
        "UPDATE directory_duplicateproposal SET score = 1",
        "DELETE FROM directory_duplicateproposal",
    ],
)
def test_application_writes_no_report(statement: str) -> None:
    account = make_account(Role.SITE_ADMIN, Role.MODERATOR)
    with acting_as(account.pk), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute(statement)

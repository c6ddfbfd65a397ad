"""The operator's folder: what is wrong with it is said in one line, on the command line as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nuserus.voice.actions.recognise import text_of
from nuserus.voice.queries.model import model_problem
from tests.config.processes import run_nuserus
from tests.factories.voice import SAID, SEARCHED, STANDIN, model_folder, voice
from tests.voice.standin.faster_whisper import Segment

RECOGNISE, LISTEN = "nuserus.voice.actions.recognise", "nuserus.fieldwork.actions.listen"


def words(text: str) -> str:
    return text


def test_each_problem_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = model_folder(tmp_path / "model")
    assert "chemin complet" in model_problem("modele", words)
    assert "n’existe pas" in model_problem(str(tmp_path / "rien"), words)
    assert "il y manque model.bin, config.json, tokenizer.json" in model_problem(str(tmp_path), words)
    assert "n’est pas installé" in model_problem(str(whole), words)
    monkeypatch.syspath_prepend(str(STANDIN))
    assert model_problem(str(whole), words) == ""


def test_check_says_it_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir(mode=0o700)
    done = run_nuserus("check", "--data", tmp_path / "var", NUSERUS_SPEECH_MODEL=str(tmp_path / "rien"))
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if "Voix" in line]
    assert wrong == [f"✗ Voix : le dossier du modèle n’existe pas : {tmp_path / 'rien'}."]
    assert done.stderr == ""


def test_a_long_silence_begins_a_paragraph() -> None:
    said = [Segment(0, 1, " Un."), Segment(1.2, 2, " Deux."), Segment(2, 2, "  "), Segment(5, 6, " Trois.")]
    assert text_of(said) == "Un. Deux.\nTrois."
    assert text_of([]) == ""


def recognise(folder: Path, file: Path, **more: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", str(more.get("program", RECOGNISE)), str(folder), str(file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONPATH": SEARCHED}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if more.get("orphan"):
            assert process.stdin is not None
            process.stdin.close()
        said, wrong = process.stdout.read(), process.stderr.read()
        return subprocess.CompletedProcess(command, process.wait(30), said, wrong)


def test_the_process_says_what_it_heard_or_what_went_wrong(tmp_path: Path) -> None:
    folder, file = model_folder(tmp_path / "model"), tmp_path / "voix.webm"
    file.write_bytes(voice())
    for program in (RECOGNISE, LISTEN):
        done = recognise(folder, file, program=program)
        assert SAID.split(".")[0].encode("ascii", "backslashreplace")[:20] in done.stdout
        assert (done.returncode, done.stderr) == (0, b""), "it ends quietly while it watches its parent"
    (folder / "model.bin").unlink()
    assert b"Unable to open file 'model.bin'" in recognise(folder, file).stdout


def test_the_process_ends_with_whoever_started_it(tmp_path: Path) -> None:
    folder, file = model_folder(tmp_path / "model"), tmp_path / "voix.webm"
    file.write_bytes(voice())
    (folder / "slow").write_text("30")
    done = recognise(folder, file, orphan=True)
    assert (done.returncode, done.stdout) == (1, b"")

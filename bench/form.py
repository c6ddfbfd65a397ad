"""A form of 470 questions in the browser: what fills it in beside the engine alone, the same page, in turn."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.timing import Report, Sample, milliseconds

QUESTIONS = 470
GROUPS = 20
RUNS = 25
WARM = 3
ROOT = Path(__file__).parents[1]
STYLE = ROOT / "src" / "nuserus" / "ui" / "static" / "ui" / "dist" / "nuserus.css"
PAGE = (
    '<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>{name}</title>'
    '<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">'
    '<body><script type="module" src="{name}.js"></script>'
)
SAID = {"form": "from the text of the form to its first page painted", "page": "the same with the reading of the page"}
SIDES = ("whole", "engine")


def measure(report: Report) -> None:
    """Open the form anew on each side, in turn; needs Chromium and the dependencies of the front end."""
    report.title("A form of 470 questions in the browser")
    browser = shutil.which("chromium")
    if browser is None or not (ROOT / "frontend" / "node_modules").is_dir() or not STYLE.exists():
        report.say("Not measured: it needs Chromium and the front end (make build).")
        return
    with tempfile.TemporaryDirectory(prefix="nuserus-form-") as name:
        folder = Path(name)
        xform = _form()
        (folder / "form.xml").write_text(xform, encoding="utf-8")
        shutil.copy(STYLE, folder / "style.css")
        for side in SIDES:
            _bundle(folder, side)
            (folder / f"{side}.html").write_text(PAGE.format(name=side), encoding="utf-8")
        found = _opened(browser, folder)
    report.say(
        f"{QUESTIONS} questions in {GROUPS} groups, {len(xform) // 1000} kB of XForm; conditions, constraints, "
        f"computed totals, choices. Chromium, a new page each time, in turn, N = {RUNS}; durations in ms."
    )
    report.say("")
    rows = [
        [what, *(milliseconds(getattr(found[side][key], at)) for side in SIDES for at in ("median", "p95"))]
        for key, what in SAID.items()
    ]
    for row, key in zip(rows, SAID, strict=True):
        row.append(f"{found['whole'][key].median / found['engine'][key].median:.2f}")
    report.table(("what", "nuserus p50", "p95", "engine alone p50", "p95", "ratio"), rows)


def _form() -> str:
    from nuserus.instruments.standard.converting import convert_sheets
    from nuserus.instruments.standard.workbook import Cell, Sheets

    header: list[Cell] = ["type", "name", "label", "hint", "required", "relevant", "constraint", "calculation"]
    survey: list[list[Cell]] = [header]
    for group in range(GROUPS):
        survey.append(["begin_group", f"g{group}", f"Partie {group + 1}"])
        for rank in range(group * QUESTIONS // GROUPS, (group + 1) * QUESTIONS // GROUPS):
            survey.append(_question(rank))
        survey.append(["calculate", f"total{group}", None, None, None, None, None, f"count(${{q{rank}}}) + {group}"])
        survey.append(["end_group"])
    names: list[list[Cell]] = [["liste", f"c{one}", f"Le choix numéro {one}"] for one in range(8)]
    sheets: Sheets = {"survey": survey, "choices": [["list_name", "name", "label"], *names]}
    return convert_sheets(sheets, form_id="mesure", version="1").xform


def _question(rank: int) -> list[object]:  # type: ignore[type-arg]
    words = f"Que s’est-il passé, question {rank + 1} ?"
    relevant = f"${{q{rank - 1}}} != ''" if rank % 7 == 6 else None
    if rank % 5 == 0:
        return ["select_one liste", f"q{rank}", words, None, None, relevant]
    if rank % 5 == 1:
        return ["integer", f"q{rank}", words, "Un nombre", None, relevant, ". < 1000"]
    if rank % 5 == 2:
        return ["select_multiple liste", f"q{rank}", words, None, None, relevant]
    if rank % 5 == 3:
        return ["date", f"q{rank}", words, None, None, relevant]
    return ["text", f"q{rank}", words, "Une phrase", "yes" if rank % 10 == 4 else None, relevant]


def _bundle(folder: Path, side: str) -> None:
    program = (
        "import {build} from 'esbuild';"
        "const [entry, out, whole] = JSON.parse(process.argv[1]);"
        "await build({entryPoints: [entry], outfile: out, bundle: true, minify: true, format: 'esm',"
        "target: ['es2022'], nodePaths: [process.cwd() + '/node_modules'], define: {WHOLE: whole}, logLevel: 'error'});"
    )
    words = [str(ROOT / "bench" / "form_page.ts"), str(folder / f"{side}.js"), json.dumps(side == "whole")]
    command = ["node", "--input-type=module", "-e", program, json.dumps(words)]
    subprocess.run(command, cwd=ROOT / "frontend", check=True, timeout=120)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing is written."""


def _opened(browser: str, folder: Path) -> dict[str, dict[str, Sample]]:
    from playwright.sync_api import sync_playwright  # only where there is a browser

    found = {side: {key: Sample(f"{side} {key}") for key in ("engine", "form", "page")} for side in SIDES}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
            for run in range(WARM + RUNS):
                for side in SIDES if run % 2 else SIDES[::-1]:
                    page = chromium.new_page()
                    page.goto(f"http://127.0.0.1:{server.server_address[1]}/{side}.html")
                    page.wait_for_function("() => window.measured")
                    for key, value in page.evaluate("() => window.measured").items():
                        if run >= WARM:
                            found[side][key].seconds.append(value / 1000)
                    page.close()
            chromium.close()
    finally:
        server.shutdown()
        server.server_close()
    return found

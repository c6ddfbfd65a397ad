"""What is written in docs is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\b(NUSERUS_[A-Z_]+|DATABASE_(?:OWNER_|SYSTEM_)?URL)\b")
READ = re.compile(r"(?:setting|flag|words|url_of)\(\s*\"(NUSERUS_[A-Z_]+|DATABASE_(?:OWNER_|SYSTEM_)?URL)\"")


def variables_read() -> set[str]:
    files = (ROOT / "src" / "nuserus" / "config" / "settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text(encoding="utf-8"))}


def test_every_setting_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "operate" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page, flags=re.MULTILINE))
    assert documented == variables_read()


def test_links_of_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#|/)([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_make_target_that_documents_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"\bmake ([a-z-]+)`", page.read_text(encoding="utf-8"))}
    assert "demo" in named
    assert named - targets == set()

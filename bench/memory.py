"""Memory of the whole demonstration, every process counted once: the sum of proportional set sizes."""

from __future__ import annotations

import re
import tempfile
import time
import urllib.error
from collections import deque
from pathlib import Path

from bench.demo import Demo, demonstration
from bench.timing import Report

LIMIT_MB = 400
PAGES = 30
SETTLE_SECONDS = 5
_LINK = re.compile(rb'href="(/[^"#]*)"')
_NOT_PAGES = ("/static/", "/pratiques/photos/", "/compte/", "/i18n/")


def measure(report: Report) -> None:
    """Start it, read thirty pages as a visitor, add up."""
    report.title("Memory of the demonstration")
    with tempfile.TemporaryDirectory(prefix="nuserus-bench-") as folder:
        Path(folder).chmod(0o711)
        with demonstration(Path(folder) / "data") as demo:
            read = _browse(demo)
            time.sleep(SETTLE_SECONDS)
            rows = _sizes(demo.pid)
    total = sum(size for _, _, size in rows)
    report.say(f"After {read} pages read by a visitor; PSS in MB (smaps_rollup).")
    report.say("")
    table = [(name, str(count), f"{size:.0f}") for name, count, size in rows]
    verdict = "ok" if total <= LIMIT_MB else "MISSED"
    report.table(("process", "how many", "MB"), [*table, ("all", "", f"{total:.0f} (≤ {LIMIT_MB}) {verdict}")])


def _browse(demo: Demo) -> int:
    """Follow the links from the home page; how many pages answered."""
    waiting, seen, read = deque(["/", "/pratiques/?q=tablette"]), {"/"}, 0
    while waiting and read < PAGES:
        path = waiting.popleft()
        try:
            body = demo.get(path)
        except urllib.error.HTTPError:
            continue
        read += 1
        for found in _LINK.findall(body):
            link = found.decode().replace("&amp;", "&")
            if link not in seen and not link.startswith(_NOT_PAGES):
                seen.add(link)
                waiting.append(link)
    return read


def _sizes(root: int) -> list[tuple[str, int, float]]:
    """(what it is, how many processes, MB) of a process and its descendants, the largest first."""
    sizes: dict[str, list[float]] = {}
    for pid in _family(root):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue  # it has ended meanwhile
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        if found:
            sizes.setdefault(_name(pid, root), []).append(int(found.group(1)) / 1024)
    rows = [(name, len(found), sum(found)) for name, found in sizes.items()]
    return sorted(rows, key=lambda row: -row[2])


def _family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            except OSError:
                continue
            children.setdefault(int(after_name.split()[1]), []).append(int(folder.name))
    family, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        family.append(pid)
        waiting += children.get(pid, [])
    return family


def _name(pid: int, root: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    line = " ".join(words)
    if pid == root:
        return "supervisor (nuserus serve)"
    if words[0].startswith("postgres:") or "/postgres" in words[0]:
        return "PostgreSQL"
    if "command.web" in line or "granian" in line:
        return "web (granian and its worker)"
    if "command.jobs" in line:
        return "jobs"
    return "web (granian and its worker)" if "multiprocessing" in line else Path(words[0]).name or "?"

"""A fiche of somebody who withdrew: put aside, emptied, or some of its words covered. Used as the system role.

Everything that takes back what a fiche holds comes here, so that it means the same whoever asks: the number, the
hash and the names of the files stay, so that a device that sends it again is told that it is there; what was
answered and what the files hold goes, and what comes again under that number is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.utils import timezone

from nuserus.consent.provenance import Withdrawn, forget_file, placeholder
from nuserus.instruments.enums import SubmissionStatus
from nuserus.instruments.models import Submission, SubmittedFile
from nuserus.instruments.standard.schema import StrangeForm, parse_xml

# Why it is put aside: nobody counts it again after reading it.
OF_A_PERSON = "withdrawn_person"
Cover = Callable[[str], str]


def put_aside(row: Submission, *, why: str) -> None:
    """Nobody works with it any more; it stays as it is. `why` is a sentence for who sent it."""
    row.status, row.reason, row.reason_words = SubmissionStatus.QUARANTINED, OF_A_PERSON, why
    row.save(update_fields=["status", "reason", "reason_words"])


def empty(withdrawn: Withdrawn, row: Submission, *, why: str) -> int:
    """Cover all its answers and let its files leave the disk; how many files. Done twice it changes nothing more."""
    put_aside(row, why=why)
    cover_all(row)
    row.save(update_fields=["content", "xml", "problems", "emptied_at"])
    files = list(SubmittedFile.objects.filter(submission=row).exclude(file=""))
    for file in files:
        forget_file(withdrawn, str(file.file.name))
    SubmittedFile.objects.filter(pk__in=[file.pk for file in files]).update(file="")
    return len(files)


def cover_all(row: Submission) -> None:
    """The same without saving: for a copy of an emptied fiche that is about to be kept."""
    row.content, row.problems = covered_answers(row.content), []
    row.xml = covered_xml(bytes(row.xml), placeholder)
    row.emptied_at = row.emptied_at or timezone.now()


def cover_words(row: Submission, cover: Cover) -> bool:
    """Some words of a fiche that speaks of several: `cover` gives each text without them. Whether there were any."""
    content, problems = each_text(row.content, cover), each_text(row.problems, cover)
    xml = covered_xml(bytes(row.xml), cover)
    if content == row.content and problems == row.problems and xml == covered_xml(bytes(row.xml), str):
        return False
    row.content, row.problems, row.xml = content, problems, xml
    row.save(update_fields=["content", "problems", "xml"])
    return True


def covered_answers(content: Any) -> Any:
    """The same questions, each answer covered: a number says as much as words.

    >>> covered_answers({"dit": "Non.", "combien": 4, "qui": ["a"]})
    {'dit': '████', 'combien': None, 'qui': ['█']}
    """
    if isinstance(content, dict):
        return {key: covered_answers(value) for key, value in content.items()}
    if isinstance(content, list):
        return [covered_answers(value) for value in content]
    return placeholder(content) if isinstance(content, str) else None


def each_text(content: Any, cover: Cover) -> Any:
    """The answers with each text changed by `cover`."""
    if isinstance(content, str):
        return cover(content)
    if isinstance(content, list):
        return [each_text(one, cover) for one in content]
    if isinstance(content, dict):
        return {name: each_text(one, cover) for name, one in content.items()}
    return content


def texts_of(content: Any) -> Iterator[str]:
    """Each text of the answers."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, (list, dict)):
        for one in content.values() if isinstance(content, dict) else content:
            yield from texts_of(one)


def texts_of_xml(xml: bytes) -> Iterator[str]:
    """Each text of the answers as they came, without the number of the fiche."""
    try:
        root = parse_xml(xml)
    except StrangeForm:
        return
    for child in root.iter():
        yield from (text for text in (child.text, child.tail) if text and text.strip())


def covered_xml(xml: bytes, cover: Cover) -> bytes:
    """The same elements with each text changed by `cover`; the number of the fiche stays."""
    try:
        root = parse_xml(xml)
    except StrangeForm:
        return b""
    _cover(root, cover)
    written: bytes = tostring(root, encoding="utf-8")
    return written


def _cover(element: Element, cover: Cover) -> None:
    for child in element:
        if child.tag.rsplit("}", 1)[-1] == "meta":
            continue
        child.text = cover(child.text or "") if (child.text or "").strip() else child.text
        child.tail = cover(child.tail or "") if (child.tail or "").strip() else child.tail
        _cover(child, cover)

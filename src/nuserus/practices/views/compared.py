"""Cards side by side, with the words that came and went marked for eyes and ears."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nuserus.practices.queries.differences import Change, Row, Run

_LINES = re.compile(r"(\s*\n\s*)")


def compare_cards(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows for the component `compare`."""
    return [
        {
            "title": _("Étape %(rank)d") % {"rank": rank},
            "theirs": marked(row.before),
            "ours": _with_reasons(row),
            "change": row.change.value,
        }
        for rank, row in enumerate(rows, 1)
    ]


def _with_reasons(row: Row) -> SafeString:
    """Our text, then what changed and why in the words of those who adapted."""
    text = marked(row.after)
    said = ((_("Ce qui change :"), row.ours.what_changed), (_("Pourquoi :"), row.ours.why_changed)) if row.ours else ()
    for label, words in said:
        if words:
            text = format_html('{}\n\n<span class="nu-quiet">{} {}</span>', text, label, " ".join(words.split()))
    return text


def marked(runs: Iterable[Run]) -> SafeString:
    """Text with `<ins>` and `<del>`, each announced in words to those who do not see it."""
    return format_html_join("", "{}", ((piece,) for run in runs for piece in _marked_run(run)))


def _marked_run(run: Run) -> list[SafeString | str]:
    if run.change is Change.SAME:
        return [run.text]
    # Line by line: the text is cut into paragraphs afterwards, and no mark may span two of them.
    return [_marked_line(run.change, line) if line.strip() else line for line in _LINES.split(run.text)]


def _marked_line(change: Change, line: str) -> SafeString:
    if change is Change.ADDED:
        tag, before, after = "ins", _("ajouté : "), _(" (fin de l’ajout)")
    else:
        tag, before, after = "del", _("retiré : "), _(" (fin du retrait)")
    heard = '<span class="nu-hidden">{}</span>'
    return format_html(f"<{tag}>{heard}{{}}{heard}</{tag}>", before, line, after)

"""What « Se former » adds to the page of a sheet."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nuserus.practices.models import Sheet


def sheet_section(request: HttpRequest, sheet: Sheet) -> SafeString:
    """The way to the notions of a sheet: a link, since the page is kept for visitors."""
    return render_to_string("learning/_sheet_section.html", {"sheet": sheet})

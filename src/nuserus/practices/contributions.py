"""What sheets add to the pages of devices and institutions."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.devices.models import Device
from nuserus.directory.models import Institution
from nuserus.foundation.asking import asking_of
from nuserus.practices.models import Sheet
from nuserus.practices.queries.listing import sheet_cards
from nuserus.practices.queries.sheets import sheets_about_device, sheets_of_institution

SHOWN = 4


def device_section(request: HttpRequest, device: Device) -> SafeString:
    """The last sheets that use a device, on its page."""
    sheets = sheets_about_device(asking_of(request), device.slug, SHOWN + 1)
    more = f"{reverse('sheets:results')}?{urlencode({'dispositif': device.slug})}"
    return _section(request, _("Fiches à propos"), sheets, more)


def institution_section(request: HttpRequest, institution: Institution) -> SafeString:
    """The sheets of a place that chose to show its name; all of them for those who work there."""
    sheets = sheets_of_institution(asking_of(request), institution.pk, SHOWN)
    return _section(request, _("Fiches de ce lieu"), sheets, "")


def sheets_in_words(count: int) -> str:
    """ "3 fiches" """
    return ngettext("%(count)d fiche", "%(count)d fiches", count) % {"count": count}


def _section(request: HttpRequest, title: str, sheets: list[Sheet], more: str) -> SafeString:
    if not sheets:
        return SafeString("")
    context = {
        "title": title,
        "cards": sheet_cards(sheets[:SHOWN]),
        "more": more if len(sheets) > SHOWN else "",
    }
    return render_to_string("practices/reading/_section.html", context, request)

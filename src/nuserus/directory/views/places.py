"""The page of a place where a person finds help, and the contact cards. Public."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.directory.models import Institution, Place, Service
from nuserus.directory.queries import institution_for_page
from nuserus.directory.queries.codes import label_of, labels_of
from nuserus.directory.queries.places import place_for_page
from nuserus.directory.queries.telling import address_line, linked_data, site_of, vcard
from nuserus.directory.readers.hours import sentences
from nuserus.ui.dates import date_format

VCARD = "text/vcard; charset=utf-8"


@login_not_required
@require_safe
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Everything that a register says of one place of help, in words."""
    found = get_object_or_404(place_for_page(), pk=place_id)
    department = found.department.code if found.department else ""
    now = timezone.now()
    context = {
        "place": found,
        "where": f"{found.town_name} ({department})" if department else found.town_name,
        "hours": sentences(found.opening_hours, now, department),
        "facts": _facts(found),
        "services": [_service(each, department) for each in getattr(found, "offered", ())],
        "site": site_of(found),
        "linked_data": linked_data(found, url=request.build_absolute_uri(), note=_note(found)),
    }
    return render(request, "directory/place.html", context)


@login_not_required
@require_safe
def place_card(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The contact card of a place of help."""
    found = get_object_or_404(Place, pk=place_id)
    return _card(request, found, _note(found))


@login_not_required
@require_safe
def institution_card(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """The contact card of an institution."""
    found = get_object_or_404(institution_for_page(), pk=institution_id)
    return _card(request, found, note_of(found))


def _card(request: HttpRequest, thing: Institution | Place, note: str) -> HttpResponse:
    url = request.build_absolute_uri(thing.get_absolute_url())
    card = vcard(thing, url=url, note=note, today=timezone.localdate())
    response = HttpResponse(card, content_type=VCARD)
    response["Content-Disposition"] = f'attachment; filename="{slugify(thing.name)[:60] or "lieu"}.vcf"'
    return response


def note_of(institution: Institution) -> str:
    """What must be said with an institution wherever its name goes alone."""
    told = [
        _("exemple fictif") if institution.is_fictitious else "",
        _("fermé") if institution.closed_on else "",
        institution.kind,
    ]
    return " · ".join(part for part in told if part)


def _note(found: Place) -> str:
    told = [_("exemple fictif") if found.is_fictitious else "", _("fermé") if found.closed_on else ""]
    return " · ".join(part for part in told if part)


def _facts(found: Place) -> list[dict[str, str]]:
    register = found.get_source_display()
    if found.updated_on:
        register = _("%(register)s, fiche mise à jour le %(date)s") % {
            "register": register,
            "date": date_format(found.updated_on, "j F Y"),
        }
    rows = [
        (_("Adresse"), address_line(found)),
        (_("Téléphone"), found.phone),
        (_("Adresse électronique"), found.email),
        (_("Accessibilité"), "" if found.access_note.startswith(("http://", "https://")) else found.access_note),
        (_("Type"), label_of(found.kind) if found.kind else ""),
        (_("Réseaux et labels"), "\n".join(labels_of(found.networks))),
        (_("Pour quels besoins"), "\n".join(labels_of(found.needs))),
        (_("Registre"), register),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _service(each: Service, department: str) -> dict[str, object]:
    rows = [
        (_("Pour quoi"), "\n".join(labels_of(each.themes))),
        (_("Pour qui"), "\n".join(labels_of(each.publics))),
        (_("À quelles conditions"), each.conditions),
        (_("Ce que cela coûte"), label_of(each.fees) if each.fees else ""),
        (_("Où et comment"), "\n".join(labels_of(each.reception))),
        (_("Pour y aller"), each.how_to_come),
        (_("Quand"), "\n".join(sentences(each.opening_hours, timezone.now(), department))),
        (_("Téléphone"), each.phone),
        (_("Adresse électronique"), each.email),
    ]
    return {
        "service": each,
        "facts": [{"key": key, "value": value} for key, value in rows if value],
        "link": each.link if each.link.startswith(("http://", "https://")) else "",
    }

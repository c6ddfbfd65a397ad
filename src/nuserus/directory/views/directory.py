"""The page of one institution: public."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.directory.models import Institution
from nuserus.directory.queries import (
    institution_for_page,
    may_manage_members,
    own_membership_in,
    place_label,
    requests_count,
)
from nuserus.directory.queries.duplicates import successor_of
from nuserus.directory.queries.telling import address_line, linked_data, phone_of, point_of, site_of, street_of
from nuserus.directory.sections import INSTITUTION_SECTIONS
from nuserus.directory.views.places import note_of
from nuserus.foundation.asking import asking_of
from nuserus.ui.dates import date_format


@login_not_required
@require_safe
def institution(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Everything that is public about one institution, and what upper apps add to it."""
    place = institution_for_page().filter(pk=institution_id).first()
    if place is None:
        return redirect(successor_of(pk=institution_id), permanent=True)
    asking = asking_of(request)
    context = {
        "institution": place,
        "place": place_label(place, detailed=True),
        "facts": _facts(place),
        "site": site_of(place),
        "linked_data": linked_data(place, url=request.build_absolute_uri(), note=note_of(place)),
        "on_map": point_of(place) is not None,
        "sections": INSTITUTION_SECTIONS.of(request, place),
        "membership": own_membership_in(asking, place),
        "may_manage": may_manage_members(asking, place),
        "requests_count": requests_count(asking, place),
    }
    return render(request, "directory/institution.html", context)


@login_not_required
@require_safe
def institution_by_slug(request: HttpRequest, slug: str) -> HttpResponse:
    """The address that can be read aloud leads to the stable one."""
    place = Institution.objects.filter(slug=slug).first() or successor_of(slug=slug)
    return redirect(place, permanent=True)


def _facts(place: Institution) -> list[dict[str, str]]:
    """The summary of the page; what is not known is left out."""
    rows = [
        (_("Type"), str(place.category.label) if place.category else place.kind_label),
        (_("Nom au répertoire"), _register_name(place)),
        (_("Adresse"), address_line(place) if street_of(place) or place.post_code else ""),
        (_("Téléphone"), phone_of(place)),
        (_("Ville"), place_label(place, detailed=True)),
        (_("Département"), f"{place.department}, {place.department.region}"),
        (_("Statut"), place.get_legal_status_display()),
        (_("Organisme gestionnaire"), str(place.operator or "")),
        (_("Numéro FINESS"), place.finess or ""),
        (_("Personnes accompagnées"), "\n".join(public.label for public in place.publics.all())),
        (_("Métiers"), "\n".join(trade.label for trade in place.trades.all())),
        (_("Premier programme NUSERUS"), _programme(place)),
        (_("Qui y a pris part"), "\n".join(place.participants)),
        (_("Registre"), _register(place)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _programme(place: Institution) -> str:
    if place.programme_partner is None:
        return ""
    if place.programme_partner:
        return _("lieu partenaire, observé entre 2015 et 2018")
    return _("lieu observé entre 2015 et 2018")


def _register_name(place: Institution) -> str:
    """Nothing, unless the place chose another name than the register's."""
    if not place.named_by_place or not place.register_name or place.register_name == place.name:
        return ""
    return _("%(name)s (le nom de cette page est donné par le lieu)") % {"name": place.register_name}


def _register(place: Institution) -> str:
    if place.register_date is None:
        return ""
    return _("répertoire FINESS du %(date)s") % {"date": date_format(place.register_date, "j F Y")}

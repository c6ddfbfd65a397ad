"""Finding a place: one search, shown as a list and as a map. Public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.directory.enums import SpotKind
from nuserus.directory.forms import FindForm
from nuserus.directory.models import Import, Institution, Place, Spot
from nuserus.directory.queries import may_answer_requests, place_label
from nuserus.directory.queries.clusters import Alone, Cluster, around, clusters, towns_to_name
from nuserus.directory.queries.drawing import picture
from nuserus.directory.queries.finding import Found, Wanted, one_page, things_of
from nuserus.directory.queries.squares import (
    Box,
    box_written,
    latitude_at,
    longitude_at,
    square_written,
)
from nuserus.directory.queries.telling import address_line, phone_of
from nuserus.directory.rules import can_read_import
from nuserus.foundation.asking import asking_of
from nuserus.foundation.powers import allow_locating, allow_pictures_from

MAX_CHARACTERS = 200
#: The smallest and the largest square that a device may ask about around itself.
NEAR_LEVELS = (11, 12, 13)


@login_not_required
@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """Institutions and places of help by name, town, department, kind, need or public, as a list."""
    form = FindForm(_tidied(request.GET))
    wanted = form.wanted()
    found = _page_of(wanted, request.GET)
    asking = asking_of(request)
    context = {
        **_shared(form, found, request),
        "requests_to_answer": may_answer_requests(asking),
        "may_read_imports": can_read_import.allows(asking, Import()),
        "may_join_duplicates": "moderator" in asking.roles,
    }
    return render(request, "directory/institutions.html", context)


@login_not_required
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The same results on a map; the picture that the server draws stays where no program runs."""
    form = FindForm(_tidied(request.GET))
    wanted = form.wanted()
    found = _page_of(wanted, request.GET)
    drawn = picture(wanted)
    context = {
        **_shared(form, found, request),
        "frames": drawn.frames,
        "bounds": drawn.bounds,
        "tiles": settings.MAP_TILES,
        "tiles_credit": settings.MAP_TILES_CREDIT,
    }
    response = render(request, "directory/map.html", context)
    allow_locating(response)
    if origin := _origin(settings.MAP_TILES):
        allow_pictures_from(response, origin)
    return response


@login_not_required
@require_safe
def map_points(request: HttpRequest) -> HttpResponse:
    """What a map draws in a box of degrees, at a zoom: `?boite=west,south,east,north&zoom=7` and the search."""
    box, zoom = box_written(request.GET.get("boite", "")), request.GET.get("zoom", "")
    if box is None or not (zoom.isascii() and zoom.isdigit() and len(zoom) < 3):
        return JsonResponse({"message": _("Cette partie de la carte n’existe pas.")}, status=400)
    wanted = FindForm(_tidied(request.GET)).wanted()
    if wanted.box is not None:
        box = _both(box, wanted.box)
    return _json(points_reply(wanted, box, int(zoom)))


def points_reply(wanted: Wanted, box: Box | None, zoom: int) -> dict[str, Any]:
    """Groups, what stands alone, and towns to name, as the program of the map reads them."""
    cells = clusters(wanted, box=box, zoom=zoom) if box else []
    return {
        "groups": [_group(cell) for cell in cells if cell.alone is None],
        "alone": [_alone(cell.alone, cell.latitude, cell.longitude) for cell in cells if cell.alone is not None],
        "towns": [[town.name, town.latitude, town.longitude] for town in (towns_to_name(box) if box else ())],
    }


@login_not_required
@require_safe
def map_around(request: HttpRequest) -> HttpResponse:
    """Everything in and around a square of some kilometres: the device sorts it by distance, by itself."""
    square = square_written(request.GET.get("carre", ""))
    if square is None or square.level not in NEAR_LEVELS:
        return JsonResponse({"message": _("Cette partie de la carte n’existe pas.")}, status=400)
    wanted = FindForm({**_tidied(request.GET), "carre": ""}).wanted()
    nearby = around(wanted, square)
    here = nearby.spots
    return _json(
        {
            "count": nearby.count,
            "too_many": here is None,
            "alone": [_alone(spot, latitude_at(spot.south or 0), longitude_at(spot.east or 0)) for spot in here or ()],
        }
    )


def _json(reply: dict[str, Any]) -> JsonResponse:
    return JsonResponse(reply, json_dumps_params={"separators": (",", ":"), "ensure_ascii": False})


def _group(cell: Cluster) -> list[Any]:
    return [cell.latitude, cell.longitude, cell.count, str(cell.square)]


def _alone(spot: Spot | Alone, latitude: float, longitude: float) -> list[Any]:
    return [latitude, longitude, spot.name, address_of_spot(spot), int(spot.kind == SpotKind.PLACE)]


def address_of_spot(spot: Spot | Alone) -> str:
    """The page of what a spot stands for."""
    name = "directory:place" if spot.kind == SpotKind.PLACE else "directory:institution"
    return reverse(name, args=[spot.pk])


def _both(one: Box, other: Box) -> Box | None:
    """What two boxes share."""
    west, north = max(one.west, other.west), max(one.north, other.north)
    east, south = min(one.east, other.east), min(one.south, other.south)
    return Box(west, north, east, south) if west <= east and north <= south else None


def _page_of(wanted: Wanted, given: QueryDict) -> Found:
    after, before = _id(given.get("apres", "")), _id(given.get("avant", ""))
    return one_page(wanted, after=after, before=None if after else before)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shared(form: FindForm, found: Found, request: HttpRequest) -> dict[str, Any]:
    chosen = form.chosen()
    asked = {name: form.data[name] for name in chosen}
    query = urlencode(asked)
    here = [(thing, _drawing(thing), _facts(thing), _where(thing)) for thing in things_of(found.spots)]
    return {
        "form": form,
        "found": found,
        "rows": here,
        "asked": asked,
        "query": query,
        "chosen": [
            {"label": chosen[name], "url": "?" + urlencode({key: asked[key] for key in asked if key != name})}
            for name in asked
        ],
        "clear_url": request.path if len(asked) > 1 else "",
        "folded_open": any(name in asked for name in ("besoin", "public", "departement", "type", "quoi", "fermes")),
        "next": _turn(asked, "apres", found.after),
        "previous": _turn(asked, "avant", found.before),
    }


def _turn(asked: dict[str, str], name: str, edge: UUID | None) -> str:
    return "?" + urlencode({**asked, name: str(edge)}) if edge else ""


def _drawing(thing: Institution | Place) -> str:
    return "etablissement" if isinstance(thing, Institution) else "lieu"


def _facts(thing: Institution | Place) -> list[str]:
    if isinstance(thing, Institution):
        facts = [thing.kind, place_label(thing, detailed=True)]
    else:
        code = f" ({thing.department.code})" if thing.department else ""
        facts = [_("lieu où se faire aider"), f"{thing.town_name}{code}"]
    if thing.closed_on:
        facts.append(_("fermé"))
    return facts


def _where(thing: Institution | Place) -> str:
    """The address and the telephone, where the register gives more than a town."""
    line = address_line(thing)
    told = "" if line == thing.town_name else line
    return " · ".join(part for part in (told, phone_of(thing)) if part)


def _tidied(given: QueryDict) -> dict[str, str]:
    """What was asked, without what no name has: NUL, and hundreds of characters."""
    return {name: str(value).replace("\x00", " ").strip()[:MAX_CHARACTERS] for name, value in given.items()}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

"""Sheets, as they are read and listed."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.core.cache import caches
from django.db.models import Count, F, Func, Prefetch, Q, QuerySet, SlugField

from nuserus.devices.queries import accepted_devices
from nuserus.devices.queries.inventory import devices_in
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import (
    AbsentSheet,
    Card,
    Contributor,
    Evaluation,
    Picture,
    Sheet,
    Trial,
)
from nuserus.practices.queries.ladder import with_ladder_step
from nuserus.practices.queries.lineage import Kin
from nuserus.practices.queries.places import said_place
from nuserus.practices.rules import can_read_sheet, can_read_trial

_BY_DEVICE = "practices.sheets_by_device"
_COUNTED_FOR = 300  # seconds
_PLACE = ("institution__category", "institution__department")
# What `said_place` reads, and nothing else of the place.
_SAID_PLACE = (
    "shows_institution",
    "institution__name",
    "institution__kind_label",
    "institution__is_fictitious",
    "institution__category__code",
    "institution__category__short",
    "institution__category__label",
    "institution__department__code",
    "institution__department__label",
)
_SAID_OF_TRIAL = (
    "outcome",
    "publics",
    "comment",
    "reported_at",
    "author",
    *(name for name in _SAID_PLACE if name.startswith("institution__")),
)
_OF_ORIGIN = tuple(
    f"adapted_from__{field.name}" for field in Sheet._meta.concrete_fields if field.name not in ("id", "title")
)
_ON_A_CARD = ("title", "devices", "own_devices", "publics", "is_stale", "review_date", "stopped_at", *_SAID_PLACE)


def sheets_visible_to(asking: Asking) -> QuerySet[Sheet]:
    """Published sheets that this person may read."""
    return can_read_sheet.filter(Sheet.objects.filter(status=SheetStatus.PUBLISHED), asking)


def for_list(sheets: QuerySet[Sheet], *, photos: bool = True) -> QuerySet[Sheet]:
    """The same sheets with what a card of a list shows: place, step, cover (`covers`); two queries.

    Only the columns of the card are read: a list of whole sheets costs three times more.
    """
    listed = with_ladder_step(sheets.select_related(*_PLACE).only(*_ON_A_CARD))
    if not photos:
        return listed
    covers = Picture.objects.filter(is_cover=True).order_by("added_at").only("sheet", "alternative")
    return listed.prefetch_related(Prefetch("pictures", queryset=covers, to_attr="covers"))


def latest_sheets(asking: Asking, limit: int = 3) -> list[Sheet]:
    """The sheets published last, ready for cards; what nobody confirms any more comes after."""
    return list(for_list(sheets_visible_to(asking)).order_by("is_stale", "-published_at", "id")[:limit])


def sheets_for_institutions_like(asking: Asking, institutions: Collection[UUID], limit: int = 3) -> list[Sheet]:
    """Last sheets told elsewhere by places like these: of the same kind, for the same people, with devices they have.

    Completed with the last sheets of all when there are not enough. `institutions` are ids.
    """
    others = for_list(sheets_visible_to(asking)).exclude(institution__in=institutions)
    alike = (
        Q(institution__category__institutions__in=institutions)
        | Q(institution__publics__institutions__in=institutions)
        | Q(devices__overlap=devices_in(institutions))
    )
    ids = sheets_visible_to(asking).filter(alike).values("pk")
    found = list(others.filter(pk__in=ids).order_by("is_stale", "-published_at", "id")[:limit]) if institutions else []
    if len(found) < limit:
        rest = others.exclude(pk__in=[sheet.pk for sheet in found])
        found += rest.order_by("is_stale", "-published_at", "id")[: limit - len(found)]
    return found


def sheets_about_device(asking: Asking, device: str, limit: int = 6) -> list[Sheet]:
    """Last sheets that use a device of the catalogue, given by its slug."""
    sheets = sheets_visible_to(asking).filter(devices__contains=[device])
    return list(for_list(sheets).order_by("is_stale", "-published_at", "id")[:limit])


def sheets_by_device(asking: Asking) -> dict[UUID, int]:
    """For each device of the catalogue, how many published sheets use it; the same for everybody, for a while."""
    return caches["local"].get_or_set(_BY_DEVICE, partial(_counted_by_device, asking), _COUNTED_FOR) or {}


def _counted_by_device(asking: Asking) -> dict[UUID, int]:
    used = sheets_visible_to(asking).filter(status=SheetStatus.PUBLISHED).order_by()
    named = used.values(slug=Func(F("devices"), function="unnest", output_field=SlugField()))
    counts = dict(named.annotate(sheets=Count("pk")).values_list("slug", "sheets"))
    devices = accepted_devices().filter(slug__in=counts).values_list("pk", "slug")
    return {pk: counts[slug] for pk, slug in devices}


def sheets_of_institution(asking: Asking, institution: UUID, limit: int = 6) -> list[Sheet]:
    """Last sheets of a place that chose to show its name; all of them for those who work there."""
    sheets = sheets_visible_to(asking).filter(institution=institution)
    if institution not in asking.institutions:
        sheets = sheets.filter(shows_institution=True)
    return list(for_list(sheets).order_by("is_stale", "-published_at", "id")[:limit])


def sheet_for_reading(asking: Asking, sheet_id: UUID) -> Sheet:
    """One sheet with its place and its origin.

    A draft or a withdrawn sheet is there for those who may still read it. Raises Unreadable.
    """
    sheets = Sheet.objects.select_related(*_PLACE, "adapted_from").defer(*_OF_ORIGIN)
    sheet = sheets.filter(pk=sheet_id).first()
    if sheet is None:
        raise Unreadable
    can_read_sheet.require(asking, sheet)
    return sheet


def published_sheet(asking: Asking, sheet_id: UUID) -> Sheet:
    """A published sheet with its place. Raises Unreadable."""
    sheet = sheets_visible_to(asking).select_related(*_PLACE).filter(pk=sheet_id).first()
    if sheet is None:
        raise Unreadable
    return sheet


def cards_of(sheet: Sheet) -> list[Card]:
    """The cards of a sheet in order."""
    return list(Card.objects.filter(sheet=sheet).order_by("position"))


def pictures_of(sheet: Sheet) -> dict[UUID, Picture]:
    """The photos of a sheet by id, the one that stands for it first."""
    pictures = Picture.objects.filter(sheet=sheet).only("alternative", "is_cover").order_by("-is_cover", "added_at")
    return {picture.pk: picture for picture in pictures}


def contributors_of(*sheets: UUID) -> QuerySet[Contributor]:
    """Everybody credited on these sheets, in the order they came."""
    return Contributor.objects.filter(sheet__in=sheets).only("sheet", "name", "contribution").order_by("pk")


def trials_of(asking: Asking, sheet: Sheet) -> list[Trial]:
    """Reports of other places, last first, with the kind of place and its department."""
    trials = can_read_trial.filter(Trial.objects.filter(sheet=sheet), asking)
    read = trials.select_related(*_PLACE).only(*_SAID_OF_TRIAL)
    return list(read.order_by("-reported_at", "id"))


def evaluations_of(sheet: Sheet) -> list[Evaluation]:
    """Recorded evaluations, last first."""
    return list(Evaluation.objects.filter(sheet=sheet).order_by("-done_on", "id"))


def absent_sheet(sheet_id: UUID) -> AbsentSheet | None:
    """The trace of a sheet that was published and cannot be read any more."""
    return AbsentSheet.objects.filter(pk=sheet_id).first()


def family_of(asking: Asking, family: UUID, *, shown: UUID, limit: int = 60) -> list[Kin]:
    """The readable members of a family, oldest first, with those that are gone; two queries.

    `shown` is the sheet on the page, which may be a draft.
    """
    kin = can_read_sheet.filter(Sheet.objects.filter(family=family), asking)
    listed = kin.filter(Q(status=SheetStatus.PUBLISHED) | Q(pk=shown))
    read = listed.select_related(*_PLACE).only("title", "adapted_from", *_SAID_PLACE)
    sheets = read.order_by(F("published_at").asc(nulls_last=True), "id")[:limit]
    found = [Kin(sheet.pk, sheet.adapted_from_id, str(sheet), place_of(sheet)) for sheet in sheets]
    gone = AbsentSheet.objects.filter(family=family).order_by("since", "id")
    return found + [Kin(one, parent, absent=True) for one, parent in gone.values_list("pk", "adapted_from")[:limit]]


def place_of(sheet: Sheet) -> str:
    """How the place of a sheet is said; empty while a draft has none."""
    if sheet.institution is None:
        return ""
    return said_place(sheet.institution, named=sheet.shows_institution)

"""Institutions and their inventories."""

from __future__ import annotations

from django.utils.text import slugify

from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Deployment, Device
from nuserus.directory.enums import LegalStatus
from nuserus.directory.models import Category, Department, Institution, Operator, Public, Town
from nuserus.foundation.levels import Level
from nuserus.people.models import Trade
from nuserus.portal.demonstration.sources import Entry, invented_institutions, programme_institutions
from nuserus_analysis.text import fold

_STATUSES = {"associatif": LegalStatus.ASSOCIATION, "public": LegalStatus.PUBLIC, "privé": LegalStatus.PRIVATE}


def load_programme_institutions() -> None:
    """The eight real places: names, towns, trades, devices and questions as recorded, nothing else."""
    for entry in programme_institutions():
        institution = _make_institution(entry, slug=slugify(f"{entry['name']} {entry['town']}"))
        institution.questions = entry["remarks"]
        institution.participants = entry["participants"]
        institution.programme_partner = entry["partner"]
        institution.save()
        for item in entry["devices"]:
            _make_deployment(
                institution,
                device=Device.objects.get(programme_names__contains=[item["name"]]),
                own_name=item["name"],
                stage=item.get("stage", ""),
                remarks=item.get("note", ""),
                scope_level=Level.PUBLIC,
            )


def load_invented_institutions() -> dict[str, Institution]:
    """The invented places with their inventories, by slug."""
    made: dict[str, Institution] = {}
    for entry in invented_institutions():
        institution = _make_institution(entry, slug=entry["slug"])
        institution.is_fictitious = True
        institution.operator = Operator.objects.get_or_create(name=entry["operator"])[0]
        institution.save()
        institution.publics.set(Public.objects.filter(slug__in=entry["publics"]))
        institution.trades.set(Trade.objects.filter(slug__in=entry["participants"]))
        for item in entry["inventory"]:
            _make_deployment(
                institution,
                device=Device.objects.get(slug=item["device"]),
                quantity=item["quantity"],
                stage=item["stage"],
                used_by=item["used_by"],
                with_publics=item["with"],
                data_held=item["data_held"],
                cost=item["cost"],
                remarks=item["remarks"],
                scope_level=item["level"],
            )
        made[entry["slug"]] = institution
    return made


def _make_institution(entry: Entry, *, slug: str) -> Institution:
    """The row, not saved: a kind is a FINESS category where there is one of that name."""
    category = _category(entry)
    department = Department.objects.get(code=entry["department"])
    return Institution(
        name=entry["name"],
        folded=fold(entry["name"]),
        slug=slug,
        category=category,
        kind_label="" if category else entry["type"],
        legal_status=_STATUSES[entry["status"]],
        town_name=entry["town"],
        town_folded=fold(entry["town"]),
        department=department,
        town=_only_town(entry["town"], department),
    )


def _category(entry: Entry) -> Category | None:
    if code := entry.get("category"):
        return Category.objects.get(code=code)
    return Category.objects.filter(short=entry["type"]).first()


def _only_town(name: str, department: Department) -> Town | None:
    """The town of that name in the region, when there is exactly one."""
    found = list(Town.objects.filter(folded=fold(name), region=department.region)[:2])
    return found[0] if len(found) == 1 else None


def _make_deployment(institution: Institution, *, device: Device, stage: str, **fields: object) -> None:
    Deployment.objects.create(
        institution=institution,
        device=device,
        stage=AppropriationStage(stage) if stage else "",
        scope_institution=institution.pk,
        **fields,
    )

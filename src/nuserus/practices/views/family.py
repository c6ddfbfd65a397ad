"""The family of a sheet as nodes of the lineage component."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.practices.queries.lineage import Branch, Kin, family_tree


def lineage_nodes(kin: list[Kin], *, here: UUID) -> list[dict[str, Any]]:
    """Nested nodes; `here` is the sheet on the page."""
    return [_node(branch, here) for branch in family_tree(kin)]


def _node(branch: Branch, here: UUID) -> dict[str, Any]:
    member = branch.member
    note = member.note
    if branch.parent_hidden:
        note = " · ".join(part for part in (note, _("vient d’une fiche qui n’est pas publiée")) if part)
    return {
        "title": _("Une fiche qui n’est plus publiée") if member.absent else member.title,
        "url": reverse("sheets:detail", args=[member.id]),
        "note": note,
        "here": member.id == here,
        "children": [_node(twig, here) for twig in branch.branches],
    }

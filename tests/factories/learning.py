"""Links to notions and resources for tests, written as the system."""

from __future__ import annotations

from typing import Any

from nuserus.foundation.asking import as_system
from nuserus.learning.enums import ResourceStatus
from nuserus.learning.models import Illustration, Resource
from nuserus.people.models import Account
from nuserus.practices.models import Sheet


def make_illustration(sheet: Sheet, linked_by: Account, concept: str = "mediation", words: str = "") -> Illustration:
    """A sheet linked to a notion."""
    link = Illustration(sheet=sheet, concept=concept, words=words, linked_by=linked_by)
    with as_system("test data"):
        link.save(force_insert=True)
    return link


def make_resource(proposed_by: Account, *, status: ResourceStatus = ResourceStatus.PROPOSED, **fields: Any) -> Resource:
    """A resource that waits for an answer, unless said otherwise."""
    told = {
        "title": "Écouter une séance",
        "address": "https://exemple.test/ecouter",
        "kind": "listening",
        "words": "Vingt minutes sur le silence avant d’aider.",
        "minutes": 20,
        "concepts": ["mediation"],
        **fields,
    }
    resource = Resource(proposed_by=proposed_by, status=status, **told)
    with as_system("test data"):
        resource.save(force_insert=True)
    return resource

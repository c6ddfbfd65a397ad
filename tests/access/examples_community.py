"""Addresses of questions, comments, reports, collections and campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

LISTS = (
    "questions:list", "questions:ask", "moderation:queue", "moderation:own_reports", "collections:list",
    "collections:new", "campaigns:list", "campaigns:new",
)  # fmt: skip
ON_A_COLLECTION = (
    "collections:collection", "collections:booklet", "collections:pdf", "collections:change", "collections:delete",
)  # fmt: skip
CASES = ("publique", "réseau", "masquée")


def community_examples(world: World) -> Iterator[Example]:
    """Each page at each level, hidden too."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in LISTS:
        yield Example(name, name, reverse(name))
    for case, question, answer in zip(
        CASES, world.rows["community.Question"], world.rows["community.Answer"], strict=True
    ):
        for name in ("questions:question", "questions:remove"):
            yield _on(name, case, question.pk, missing=(NOT_THERE,))
        for name in ("questions:helped", "questions:become", "questions:remove_answer"):
            yield _on(name, case, answer.pk, missing=(NOT_THERE,))
    published = world.rows["practices.Sheet"][0]
    (hidden,) = world.rows["practices.Sheet · masquée"]
    for case, sheet in (("publiée", published), ("masquée", hidden)):
        for name in ("discussion:sheet", "collections:add"):
            yield _on(name, case, sheet.pk, missing=(NOT_THERE,))
        yield _on("sheets:detail", f"{case} par la modération" if sheet == hidden else "commentée", sheet.pk)
    for case, comment in zip(("visible", "masqué"), world.rows["community.Comment"], strict=True):
        for name in ("discussion:edit", "discussion:remove"):
            yield _on(name, case, published.pk, comment.pk, missing=(published.pk, NOT_THERE))
    yield from _reported(world)
    for collection in world.rows["community.Collection"]:
        for name in ON_A_COLLECTION:
            yield _on(name, collection.get_scope_level_display(), collection.pk, missing=(NOT_THERE,))
    for entry in world.rows["community.CollectionEntry"]:
        args: tuple[Any, ...] = (entry.collection_id, entry.pk)
        missing = (entry.collection_id, NOT_THERE)
        yield _on("collections:entry", entry.get_scope_level_display(), *args, missing=missing)
    (campaign,) = world.rows["community.Campaign"]
    for name in ("campaigns:campaign", "campaigns:change"):
        yield _on(name, "", campaign.pk, missing=(NOT_THERE,))


def _reported(world: World) -> Iterator[Example]:
    from tests.access.examples import NOT_THERE, _on  # it imports us

    things = {
        "question": (world.rows["community.Question"][0], world.rows["community.Question"][2]),
        "answer": (world.rows["community.Answer"][0], world.rows["community.Answer"][2]),
        "comment": tuple(world.rows["community.Comment"]),
        "sheet": (world.rows["practices.Sheet"][0], world.rows["practices.Sheet · masquée"][0]),
    }
    for content, (visible, hidden) in things.items():
        yield _on("moderation:report", content, content, visible.pk, missing=(content, NOT_THERE))
        for name in ("moderation:report", "moderation:case", "moderation:own"):
            yield _on(name, f"{content} à l’écart", content, hidden.pk, missing=(content, NOT_THERE))
    trial = world.rows["practices.Trial"][0]
    yield _on("moderation:report", "trial", "trial", trial.pk, missing=("trial", NOT_THERE))

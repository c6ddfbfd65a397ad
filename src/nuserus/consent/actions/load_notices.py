"""Loading the notices that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db.models import QuerySet

from nuserus.consent.models.notices import normal_text, text_hash

DATA = Path(__file__).resolve().parent.parent / "data" / "notices.yaml"


def given_notices() -> list[dict[str, Any]]:
    """The notices of the file beside the code."""
    items: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["items"]
    return items


def load_notices(*, into: QuerySet[Any], versions: QuerySet[Any]) -> int:
    """Add the notices and wordings that are not there yet; returns how many wordings were new.

    A wording that is known is left as it is. Raises ValueError when the file has changed the words
    under a number that was already given: people agreed to other words.
    """
    new = 0
    for item in given_notices():
        notice, _made = into.get_or_create(
            slug=item["slug"], defaults={"label": item["label"], "purpose": item["purpose"]}
        )
        for given in item["versions"]:
            title, body = normal_text(given["title"]), normal_text(given["body"])
            key = {"number": given["number"], "format": given["format"], "language": given.get("language", "fr")}
            known = versions.filter(notice_id=notice.pk, **key).first()
            digest = text_hash(title, body)
            if known is not None:
                if known.text_sha256 != digest:
                    raise ValueError(f"The words of {item['slug']} {key} changed: give them another number")
                continue
            versions.create(
                notice_id=notice.pk, **key, title=title, body=body, text_sha256=digest, written_on=given["written_on"]
            )
            new += 1
    return new

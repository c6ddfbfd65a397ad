"""The text to show."""

from __future__ import annotations

from nuserus.consent.enums import NoticeFormat
from nuserus.consent.models import NoticeVersion
from nuserus.foundation.policy import Unreadable


def current_notice(slug: str, form: NoticeFormat | str = NoticeFormat.WRITTEN, language: str = "fr") -> NoticeVersion:
    """The last wording of a notice in a format. Raises Unreadable when there is none."""
    versions = NoticeVersion.objects.select_related("notice").filter(notice__slug=slug, format=form, language=language)
    found = versions.order_by("-number").first()
    if found is None:
        raise Unreadable
    return found


def formats_of(slug: str, language: str = "fr") -> list[NoticeVersion]:
    """The last wording of a notice in each of its formats, the written one first."""
    versions = NoticeVersion.objects.select_related("notice").filter(notice__slug=slug, language=language)
    last = {version.format: version for version in versions.order_by("number")}
    return [last[form] for form in NoticeFormat.values if form in last]

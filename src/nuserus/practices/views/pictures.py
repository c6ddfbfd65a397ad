"""The photos of sheets, served to those who may read the sheet."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.foundation.files import serve_picture
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Picture
from nuserus.practices.rules import can_read_picture


@login_not_required
@require_safe
def large(request: HttpRequest, picture_id: UUID) -> HttpResponseBase:
    """The photo, at most 2,000 pixels a side."""
    picture = _readable(request, picture_id)
    return serve_picture(request, picture.file, tag=picture.sha256, public=picture.scope_level == Level.PUBLIC)


@login_not_required
@require_safe
def small(request: HttpRequest, picture_id: UUID) -> HttpResponseBase:
    """The photo for phones and lists, at most 640 pixels a side."""
    picture = _readable(request, picture_id)
    return serve_picture(request, picture.small, tag=f"{picture.sha256}-s", public=picture.scope_level == Level.PUBLIC)


def _readable(request: HttpRequest, picture_id: UUID) -> Picture:
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        raise Unreadable
    can_read_picture.require(asking_of(request), picture)
    return picture

"""The OpenRosa addresses, for programs of collection such as ODK Collect.

Written from the OpenRosa specification (Form Discovery, Form Manifest, Form Submission, Authentication and HTTP
Request APIs). A device gives its secret as the password of HTTP Basic, over HTTPS; its name is not looked at.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from email.utils import formatdate
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.foundation.asking import Asking, acting_as
from nuserus.foundation.files.quota import QUOTA
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.actions.leaving import note_left_once
from nuserus.instruments.actions.receive import Received
from nuserus.instruments.actions.tablets import account_of_secret
from nuserus.instruments.enums import Origin
from nuserus.instruments.queries.instruments import offered_versions, version_for
from nuserus.instruments.queries.participants import people_list_for
from nuserus.instruments.views.shell import received

# What one request may weigh, a little less than what is dropped: larger fiches come in several.
MOST_BYTES = QUOTA - 1024 * 1024
_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"


@login_not_required
@require_safe
def form_list(request: HttpRequest) -> HttpResponse:
    """The forms that this device may fill in."""
    return _for_device(request, _list)


@login_not_required
@require_safe
def form(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """One form."""

    def answer(asking: Asking) -> HttpResponse:
        found = version_for(asking, instrument_id, number)
        if found.published_at is None:
            raise Unreadable
        return _xml(found.xform)

    return _for_device(request, answer)


@login_not_required
@require_safe
def manifest(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """What a form needs beside itself: nothing, or the list of who agrees to take part, as its asker may read it."""

    def answer(asking: Asking) -> HttpResponse:
        found = version_for(asking, instrument_id, number)
        files = ""
        if found.lists_people:
            listed = people_list_for(asking, found.instrument)
            digest = hashlib.md5(listed.content, usedforsecurity=False).hexdigest()
            files = (
                "<mediaFile>"
                f"<filename>{listed.name}</filename>"
                f"<hash>md5:{digest}</hash>"
                f"<downloadUrl>{_absolute('openrosa:participants', [instrument_id, number])}</downloadUrl>"
                "</mediaFile>"
            )
        return _xml(f'<?xml version="1.0" encoding="UTF-8"?><manifest xmlns="{_MANIFEST}">{files}</manifest>')

    return _for_device(request, answer)


@login_not_required
@require_safe
def participants(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """The list that a form asks for, made for whose device it is."""

    def answer(asking: Asking) -> HttpResponse:
        found = version_for(asking, instrument_id, number)
        if not found.lists_people or found.published_at is None:
            raise Unreadable
        listed = people_list_for(asking, found.instrument)
        if request.method == "GET":  # another program keeps it, and nobody can make it forget
            note_left_once(actor=asking, people=listed.people, what=_("pseudonyme dans une application de collecte"))
        return HttpResponse(listed.content, content_type="text/csv; charset=utf-8")

    return _for_device(request, answer)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest) -> HttpResponse:
    """Receive a fiche, whole or in several requests; HEAD says where to send and how much at once."""
    return _for_device(request, lambda asking: _receive(request, asking))


def _for_device(request: HttpRequest, answer: Callable[[Asking], HttpResponse]) -> HttpResponse:
    """The answer, asked as the person whose device it is; 401 to any other."""
    account = account_of_secret(_secret(request))
    if account is None:
        response = _said(401, _("Cet appareil n’est pas connu, ou il a été arrêté."))
        response["WWW-Authenticate"] = 'Basic realm="nuserus", charset="UTF-8"'
        return _dressed(response)
    with acting_as(account) as asking:
        try:
            return _dressed(answer(asking))
        except Unreadable:
            return _dressed(_said(404, _("Ce questionnaire n’est pas, ou n’est plus, le vôtre.")))


def _secret(request: HttpRequest) -> str:
    kind, _blank, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic" or len(given) > 1000:
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _list(asking: Asking) -> HttpResponse:
    lines = []
    for version in offered_versions(asking, with_forms=True):
        at = [version.instrument_id, version.number]
        digest = hashlib.md5(version.xform.encode(), usedforsecurity=False).hexdigest()
        lines.append(
            "<xform>"
            f"<formID>{escape(version.instrument.form_id)}</formID>"
            f"<name>{escape(version.instrument.title)}</name>"
            f"<version>{version.number}</version>"
            f"<hash>md5:{digest}</hash>"
            f"<downloadUrl>{_absolute('openrosa:form', at)}</downloadUrl>"
            f"<manifestUrl>{_absolute('openrosa:manifest', at)}</manifestUrl>"
            "</xform>"
        )
    return _xml(f'<?xml version="1.0" encoding="UTF-8"?><xforms xmlns="{_LIST}">{"".join(lines)}</xforms>')


def _receive(request: HttpRequest, asking: Asking) -> HttpResponse:
    if request.method != "POST":
        response = HttpResponse(status=204)
        response["Location"] = _absolute("openrosa:submission", [])
        return response
    reply = received(request, asking, Origin.OPENROSA)
    if not isinstance(reply, Received):
        return _said(*reply)
    if reply.code == 409:
        return _said(409, _("Une fiche différente porte déjà ce numéro. Les deux sont gardées sur le site."))
    response = _said(reply.code, reply.words or _("La fiche est gardée."))
    response["Location"] = _absolute("openrosa:submission", [])
    return response


def _absolute(name: str, at: list[object]) -> str:
    return settings.NUSERUS_ADDRESS + reverse(name, args=at)


def _xml(content: str) -> HttpResponse:
    return HttpResponse(content, content_type="text/xml; charset=utf-8")


def _said(code: int, words: str) -> HttpResponse:
    content = f'<OpenRosaResponse xmlns="{_RESPONSE}"><message nature="">{escape(words)}</message></OpenRosaResponse>'
    response = _xml(content)
    response.status_code = code
    return response


def _dressed(response: HttpResponse) -> HttpResponse:
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(MOST_BYTES)
    response["Date"] = formatdate(usegmt=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

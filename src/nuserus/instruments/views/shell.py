"""The program that fills in without network: a page of nobody's, its worker, and what it asks of the site."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.files import refused_upload_size
from nuserus.foundation.policy import Unreadable
from nuserus.foundation.powers import HEADER
from nuserus.instruments.actions.limits import TooMuch
from nuserus.instruments.actions.receive import Received, receive_submission
from nuserus.instruments.actions.withdrawn import forgotten_people
from nuserus.instruments.enums import Origin
from nuserus.instruments.models import InstrumentVersion
from nuserus.instruments.queries.instruments import offered_versions
from nuserus.instruments.queries.participants import PeopleList, people_lists_for
from nuserus.instruments.standard.answers import HEAVIEST
from nuserus.instruments.standard.schema import StrangeForm
from nuserus.people.models import Account

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
POWERS = (
    "accelerometer=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), "
    "midi=(), usb=(), microphone=(self)"
)
# What the program is made of, beside its page; the font and the drawings are the site's.
_PARTS = ("questionnaire.js", "theme.js", "nuserus.css", "fonts/atkinson-400.woff2", "fonts/atkinson-700.woff2")


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The page: the same for everybody, so that a device may keep it."""
    from django.template.loader import render_to_string

    with override("fr"):
        content = render_to_string("instruments/shell.html", {})
    response = HttpResponse(content)
    response["Content-Security-Policy"] = POLICY
    response[HEADER] = POWERS
    response["Cache-Control"] = "public, no-cache"
    return response


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps; another list, and the browser installs it anew."""
    kept = [reverse("filling:shell"), *(_address(part) for part in _PARTS), static("ui/mark.svg")]
    said = f"self.KEPT={json.dumps(kept)};self.NAME={json.dumps(_fingerprint())};\n"
    response = HttpResponse(said + _program(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    return response


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a device needs to install the program beside its others."""
    start = reverse("filling:shell")
    content = {
        "name": "nuserus, sur le terrain",
        "short_name": "nuserus terrain",
        "lang": "fr",
        "start_url": start,
        "scope": start,
        "id": start,
        "display": "standalone",
        "background_color": "#faf7f0",
        "theme_color": "#0f5c5c",
        "icons": [
            {"src": static("instruments/terrain-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("instruments/terrain-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "public, no-cache"
    return response


@login_not_required
@ensure_csrf_cookie
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Who is there, and what they may fill in. 401 when nobody is."""
    asking = asking_of(request)
    if asking.user_id is None:
        return _unknown()
    account = Account.objects.get(pk=asking.user_id)
    offered = offered_versions(asking)
    lists = people_lists_for(asking, offered)
    return _not_kept(
        JsonResponse(
            {
                "account": str(asking.user_id),
                "name": account.shown_name,
                "language": account.language,
                "token": get_token(request),
                "forgotten": [str(person) for person in forgotten_people()],
                "forms": [
                    {
                        "form": version.instrument.form_id,
                        "version": str(version.number),
                        "title": version.instrument.title,
                        "kind": version.instrument.get_kind_display(),
                        "url": reverse("instruments:xform", args=[version.instrument_id, version.number]),
                        "sha256": version.xform_sha256,
                        "files": _files(version, lists),
                    }
                    for version in offered
                ],
            }
        )
    )


def _files(version: InstrumentVersion, lists: dict[UUID, PeopleList]) -> list[dict[str, str]]:
    """What the form asks for beside itself, with its hash: another one, and the device takes it anew."""
    listed = lists.get(version.pk)
    if listed is None:
        return []
    address = reverse("instruments:participants", args=[version.instrument_id, version.number])
    return [{"name": listed.name, "url": address, "sha256": listed.sha256}]


@login_not_required
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Receive one fiche: `xml_submission_file`, and its files under their names.

    The reply repeats the number, the hash of the XML and every file that is kept: the device forgets its
    copy only when they are its own.
    """
    asking = asking_of(request)
    if asking.user_id is None:
        return _unknown()
    reply = received(request, asking, Origin.BROWSER)
    if isinstance(reply, Received):
        return _not_kept(JsonResponse(as_json(reply), status=reply.code))
    return _not_kept(JsonResponse({"message": reply[1]}, status=reply[0]))


def received(request: HttpRequest, asking: Asking, origin: Origin) -> Received | tuple[int, str]:
    """What was kept, or the code and the words of a refusal."""
    if refused_upload_size(request):
        return 413, _("Cet envoi est trop lourd pour une seule fois. La fiche reste sur l’appareil.")
    upload = request.FILES.get("xml_submission_file")
    if upload is None or (upload.size or 0) > HEAVIEST:
        return 400, _("L’envoi ne contient pas de fiche lisible. Elle reste sur l’appareil.")
    sent = ((name, request.FILES.get(name)) for name in request.FILES if name != "xml_submission_file")
    files = {name: one.read() for name, one in sent if one is not None}
    try:
        return receive_submission(actor=asking, xml=upload.read(), files=files, origin=origin)
    except StrangeForm as problem:
        return 400, str(problem)
    except TooMuch as problem:
        return 413, str(problem)
    except Unreadable:
        return 404, _("Cette grille n’est pas, ou n’est plus, la vôtre. La fiche reste sur l’appareil.")


def as_json(reply: Received) -> dict[str, Any]:
    """The reply as the program reads it."""
    return {
        "instanceID": reply.instance_id,
        "sha256": reply.sha256,
        "files": reply.files,
        "quarantined": reply.quarantined,
        "message": reply.words,
    }


def _unknown() -> HttpResponse:
    return _not_kept(
        JsonResponse({"message": _("Connectez-vous pour envoyer. Tout reste sur l’appareil.")}, status=401)
    )


def _not_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def _address(part: str) -> str:
    """Fonts are asked for by the style, at their plain address."""
    return f"{settings.STATIC_URL}ui/dist/{part}" if part.startswith("fonts/") else static(f"ui/dist/{part}")


@cache
def _program() -> str:
    found = finders.find("ui/dist/questionnaire-worker.js")
    return Path(found).read_text(encoding="utf-8") if isinstance(found, str) else ""


@cache
def _fingerprint() -> str:
    """Another name as soon as anything that is kept is another."""
    said = hashlib.sha256(_program().encode())
    for part in _PARTS:
        found = finders.find(f"ui/dist/{part}")
        if isinstance(found, str):
            said.update(Path(found).read_bytes())
    template = Path(__file__).parents[1] / "templates" / "instruments" / "shell.html"
    said.update(template.read_bytes())
    return f"nuserus-terrain-{said.hexdigest()[:16]}"

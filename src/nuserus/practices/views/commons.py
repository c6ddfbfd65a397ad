"""The whole public commons, as last night left it: `/pratiques/commun.zip`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from nuserus.practices.actions.commons import commons_file, make_commons_soon
from nuserus.practices.queries.commons_file import has_what_left, last_commons


@login_not_required
@require_safe
def commons(request: HttpRequest) -> HttpResponseBase:
    """The last file, unless a sheet in it was taken back since: then it is made again first."""
    file = commons_file()
    made = last_commons(file)
    if made is None or has_what_left(file):
        make_commons_soon()
        return render(request, "practices/results/no_commons.html", {"first": made is None}, status=404)
    response = FileResponse(file.open("rb"), as_attachment=True, filename="nuserus-commun.zip")
    response["Last-Modified"] = http_date(made.at.timestamp())
    response["Cache-Control"] = "no-cache"
    response["Content-Encoding"] = "identity"  # it is packed: packing it again would hide how long it is
    return response

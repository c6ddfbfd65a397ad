"""The addresses of the site, and a bare view to compare a page with."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """One constant, behind the same middleware as any page."""
    return HttpResponse(b"ok")


@login_not_required
def bare_text(request: HttpRequest) -> HttpResponse:
    """The text of a source without anything around, behind the same middleware as any page."""
    return HttpResponse((settings.NUSERUS_DATA / "bare.html").read_bytes())


urlpatterns = [path("bare", bare), path("bare-text", bare_text), path("", include("nuserus.config.urls"))]

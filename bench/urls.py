"""The addresses of the site, and a bare view to compare a page with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """One constant, behind the same middleware as any page."""
    return HttpResponse(b"ok")


urlpatterns = [path("bare", bare), path("", include("nuserus.config.urls"))]

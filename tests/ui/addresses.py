"""The few named addresses that the frame of pages links to, without the apps that answer them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("entrer/", nothing, name="account_login"),
    path("rejoindre/", nothing, name="account_signup"),
    path("sortir/", nothing, name="account_logout"),
    path("langue/", include("django.conf.urls.i18n")),
]

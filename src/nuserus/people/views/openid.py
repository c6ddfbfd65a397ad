"""Leaving for the OpenID Connect provider, and coming back."""

from __future__ import annotations

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from nuserus.people.openid.exchange import SignedExchange


@never_cache
@login_not_required
def leave_for_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Say where one is going, then go."""
    return _answer(OAuth2LoginView, request, provider_id)


@never_cache
@login_not_required
def return_from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider sent back, checked."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str) -> HttpResponse:
    exchange = SignedExchange(request, provider_id)
    try:
        provider = exchange.get_provider()  # type: ignore[no-untyped-call]
    except SocialApp.DoesNotExist:
        raise Http404 from None
    try:
        response: HttpResponse = view.adapter_view(exchange)(request)  # type: ignore[no-untyped-call]
    except OAuth2Error as error:
        response = render_authentication_error(request, provider, exception=error)
    return response

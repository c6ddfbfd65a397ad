"""The conversation with the provider: discovery, keys, tokens, signed user information."""

from __future__ import annotations

from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from nuserus.people.openid.tokens import (
    Expected,
    Untrusted,
    nonce_for,
    read_identity,
    read_user_information,
)

# What is read of the discovery document, besides the issuer.
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class SignedExchange(OpenIDConnectOAuth2Adapter):
    """allauth's exchange, with every signature checked and a nonce.

    Everything the provider may do wrong becomes an OAuth2Error, which allauth shows as a page.
    """

    _nonce = ""

    _discovered: dict[str, Any] | None = None

    @property
    def openid_config(self) -> dict[str, Any]:
        if self._discovered is None:
            server = self.get_provider().app.settings["server_url"]  # type: ignore[no-untyped-call]
            config = _fetch_json(f"{server}/.well-known/openid-configuration")
            if str(config.get("issuer", "")).rstrip("/") != server:
                raise OAuth2Error(f"discovery of {server} speaks for {config.get('issuer')}")
            if missing := [name for name in _ADDRESSES if not isinstance(config.get(name), str)]:
                raise OAuth2Error(f"discovery of {server} lacks {', '.join(missing)}")
            self._discovered = config
        return self._discovered

    def get_access_token_data(
        self,
        request: HttpRequest,
        app: SocialApp,
        client: OAuth2Client,
        pkce_code_verifier: str | None = None,
    ) -> dict[str, Any]:
        if not pkce_code_verifier:
            raise OAuth2Error("a sign-in without PKCE verifier")
        self._nonce = nonce_for(pkce_code_verifier)
        answer: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return answer

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("no id_token")
        issuer = self.openid_config["issuer"]
        keys = _fetch_json(self.openid_config["jwks_uri"])
        expected = Expected(keys, issuer, app.client_id)
        try:
            identity = read_identity(id_token, expected, nonce=self._nonce)
            body, content_type = self._fetch_user_information(token.token)
            claims = read_user_information(body, content_type, expected, subject=identity["sub"])
        except Untrusted as error:
            raise OAuth2Error(str(error)) from error
        provider = self.get_provider()  # type: ignore[no-untyped-call]
        login: SocialLogin = provider.sociallogin_from_response(request, {"userinfo": claims | {"iss": issuer}})
        return login

    def _fetch_user_information(self, access_token: str) -> tuple[str, str]:
        headers = {"Authorization": f"Bearer {access_token}"}
        response = _get(self.profile_url, headers)
        return response.text, response.headers.get("Content-Type", "")


def _get(url: str, headers: dict[str, str] | None = None) -> requests.Response:
    try:
        with get_adapter().get_requests_session() as session:  # type: ignore[no-untyped-call]
            response: requests.Response = session.get(url, headers=headers, allow_redirects=False)
            response.raise_for_status()
    except requests.RequestException as error:
        raise OAuth2Error(f"{url} does not answer: {type(error).__name__}") from error
    return response


def _fetch_json(url: str) -> dict[str, Any]:
    try:
        content = _get(url).json()
    except ValueError as error:
        raise OAuth2Error(f"{url} does not answer in JSON") from error
    if not isinstance(content, dict):
        raise OAuth2Error(f"{url} does not answer with an object")
    return content

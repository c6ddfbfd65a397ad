"""The provider as allauth sees it: what is asked, what is kept."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest

from nuserus.people.openid.exchange import SignedExchange
from nuserus.people.openid.tokens import nonce_for


class SignedOpenIDProvider(OpenIDConnectProvider):
    """OpenID Connect in the manner of ProConnect: signed user information.

    A person is (issuer, subject) and nothing else; their address at the provider never opens an
    existing account.
    """

    oauth2_adapter_class = SignedExchange
    pkce_enabled_default = True
    package = "allauth.socialaccount.providers.openid_connect"

    def get_oauth2_adapter(self, request: HttpRequest) -> SignedExchange:
        # one for the whole redirection, so that discovery is fetched once
        if not hasattr(self, "_exchange"):
            self._exchange = SignedExchange(request, self.app.provider_id)
        return self._exchange

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_for(params["code_verifier"])}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        # ProConnect names the given name as a scope of its own, others put it in "profile"
        known = self.get_oauth2_adapter(request).openid_config.get("scopes_supported", [])
        name = "given_name" if "given_name" in known else "profile"
        return ["openid", "email", name]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        known = self.get_oauth2_adapter(request).openid_config.get("acr_values_supported", [])
        return {"acr_values": "eidas1"} if "eidas1" in known else {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        claims = data["userinfo"]
        pair = f"{claims['iss']}\n{claims['sub']}"
        return hashlib.sha256(pair.encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        claims = data["userinfo"]
        return {"email": claims.get("email"), "first_name": claims.get("given_name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        address = data["userinfo"].get("email")
        return [EmailAddress(email=address, verified=False, primary=True)] if address else []

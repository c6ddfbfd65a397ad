"""The OpenID Connect provider of this instance."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings


class Provider(TypedDict):
    """What a page says of the provider."""

    name: str
    provider_id: str


def openid_provider() -> Provider | None:
    """The provider, if the instance has one."""
    described: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    apps = described["APPS"]
    if not apps:
        return None
    return Provider(name=apps[0]["name"], provider_id=apps[0]["provider_id"])

"""Checking what an OpenID Connect provider signed (OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2)."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import jwt

# Asymmetric only: with "none" or HS256 whoever reads the client's secret could sign.
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
CLOCK_LEEWAY_SECONDS = 30


class Untrusted(Exception):
    """The provider's answer does not hold; the message is for the log, never for the screen."""


def nonce_for(code_verifier: str) -> str:
    """The nonce of a sign-in, from its PKCE verifier, which only our session knows."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Expected:
    """Who must have signed, and for whom: the provider's key set (RFC 7517), its issuer, our client id."""

    keys: dict[str, Any]
    issuer: str
    audience: str


def read_token(token: str, expected: Expected, *, expires: bool = True) -> dict[str, Any]:
    """Claims of a signed token. Raises Untrusted when signature, issuer, audience or dates are wrong."""
    try:
        header = jwt.get_unverified_header(token)
        key = _key_for(header, expected.keys)
        required = ["iss", "aud", "sub"] + (["exp", "iat"] if expires else [])
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[header["alg"]],
            issuer=expected.issuer,
            audience=expected.audience,
            leeway=CLOCK_LEEWAY_SECONDS,
            options={"require": required},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise Untrusted(f"token refused: {type(error).__name__}: {error}") from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != expected.audience:
        raise Untrusted("token for several audiences, not authorised for this one")
    if not isinstance(claims["sub"], str) or not claims["sub"] or len(claims["sub"]) > 255:
        raise Untrusted("subject missing or too long")
    return claims


def _key_for(header: dict[str, Any], keys: dict[str, Any]) -> jwt.PyJWK:
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise Untrusted(f"algorithm refused: {algorithm}")
    signing = [key for key in keys["keys"] if key.get("use", "sig") == "sig"]
    named = [key for key in signing if key.get("kid") == header.get("kid")]
    if len(named) != 1:
        raise Untrusted(f"no single key {header.get('kid')}")
    return jwt.PyJWK.from_dict(named[0], algorithm=algorithm)


def read_identity(id_token: str, expected: Expected, *, nonce: str) -> dict[str, Any]:
    """Claims of an id_token that answers our own request. Raises Untrusted."""
    claims = read_token(id_token, expected)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Untrusted("nonce is not the one that was sent")
    return claims


def read_user_information(body: str, content_type: str, expected: Expected, *, subject: str) -> dict[str, Any]:
    """Claims of signed user information about `subject`. Raises Untrusted when it is not signed."""
    if content_type.partition(";")[0].strip().lower() != "application/jwt":
        raise Untrusted("user information is not signed")
    claims = read_token(body.strip(), expected, expires=False)
    if claims["sub"] != subject:
        raise Untrusted("user information is about somebody else")
    return claims

"""An OpenID Connect provider in a process of its own, honest or hostile as it is told.

In the manner of ProConnect: PKCE, RS256, user information as a signed token. Run it with
`python -m tests.oidc.provider`; it writes its address on its first line of output.
`POST /_told` with a JSON object changes who is signing in (`person`) and what is done wrong (`mode`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "nuserus-essai"
CLIENT_SECRET = "un-secret-d-essai-assez-long-pour-hs256"
HOSTILE = (
    "id_token_signed_by_another_key",
    "id_token_unsigned",
    "id_token_signed_with_the_secret",
    "id_token_for_another_audience",
    "id_token_for_several_audiences",
    "id_token_from_another_issuer",
    "id_token_with_another_nonce",
    "id_token_without_nonce",
    "id_token_expired",
    "user_information_unsigned",
    "user_information_said_to_be_signed",
    "user_information_signed_by_another_key",
    "user_information_for_another_audience",
    "user_information_from_another_issuer",
    "user_information_about_another_subject",
    "discovery_for_another_issuer",
    "discovery_without_keys",
    "token_refused",
    "userinfo_down",
)


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class State:
    """What the provider knows."""

    key = new_key()
    other_key = new_key()
    mode = "honest"
    person: ClassVar[dict[str, Any]] = {}
    codes: ClassVar[dict[str, dict[str, str]]] = {}
    tokens: ClassVar[dict[str, dict[str, Any]]] = {}
    asked: ClassVar[list[dict[str, str]]] = []


def signed(claims: dict[str, Any], *, key: rsa.RSAPrivateKey) -> str:
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "essai-1"})


class Handler(BaseHTTPRequestHandler):
    """One request of a client or of a browser."""

    protocol_version = "HTTP/1.1"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/api"

    def log_message(self, *args: Any) -> None:
        return

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answer = {
            "/api/.well-known/openid-configuration": self.discovery,
            "/api/jwks": self.jwks,
            "/api/userinfo": self.userinfo,
        }.get(parts.path)
        if parts.path == "/api/authorize":
            self.authorize(query)
        elif parts.path == "/_asked":
            self.reply_json(State.asked)
        elif answer:
            answer()
        else:
            self.reply(404, b"", "text/plain")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/_told":
            told = json.loads(body)
            State.mode, State.person = told["mode"], told["person"]
            State.asked.clear()
            self.reply_json({})
        elif self.path == "/api/token":
            self.token({name: values[0] for name, values in parse_qs(body).items()})
        else:
            self.reply(404, b"", "text/plain")

    def reply(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def reply_json(self, content: Any, status: int = 200) -> None:
        self.reply(status, json.dumps(content).encode(), "application/json")

    def discovery(self) -> None:
        issuer = self.issuer
        if State.mode == "discovery_for_another_issuer":
            issuer = "https://autre.exemple.test"
        keys = {} if State.mode == "discovery_without_keys" else {"jwks_uri": f"{self.issuer}/jwks"}
        self.reply_json(
            keys
            | {
                "issuer": issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "scopes_supported": ["openid", "given_name", "usual_name", "email", "siret"],
                "acr_values_supported": ["eidas1", "eidas2"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "userinfo_signing_alg_values_supported": ["RS256"],
            }
        )

    def jwks(self) -> None:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(State.key.public_key()))
        self.reply_json({"keys": [{**public, "kid": "essai-1", "use": "sig", "alg": "RS256"}]})

    def authorize(self, query: dict[str, str]) -> None:
        State.asked.append(query)
        back = {"state": query["state"]}
        if State.mode == "cancelled":
            back["error"] = "access_denied"
        else:
            code = secrets.token_urlsafe(16)
            State.codes[code] = query
            back["code"] = code
        self.reply(302, b"", "text/plain", Location=f"{query['redirect_uri']}?{urlencode(back)}")

    def token(self, form: dict[str, str]) -> None:
        asked = State.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        good = (
            asked is not None
            and (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
            and form.get("redirect_uri") == asked["redirect_uri"]
            and asked.get("code_challenge") == challenge
            and State.mode != "token_refused"
        )
        if not good or asked is None:
            self.reply_json({"error": "invalid_grant"}, 400)
            return
        access = secrets.token_urlsafe(16)
        State.tokens[access] = dict(State.person)
        self.reply_json(
            {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": self.id_token(asked.get("nonce", "")),
            }
        )

    def id_token(self, nonce: str) -> str:
        now, mode = int(time.time()), State.mode
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": State.person["sub"],
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
        }
        match mode:
            case "id_token_for_another_audience":
                claims["aud"] = "quelqu-un-d-autre"
            case "id_token_for_several_audiences":
                claims |= {"aud": [CLIENT_ID, "autre"], "azp": "autre"}
            case "id_token_from_another_issuer":
                claims["iss"] = "https://autre.exemple.test"
            case "id_token_with_another_nonce":
                claims["nonce"] = "un-autre"
            case "id_token_without_nonce":
                del claims["nonce"]
            case "id_token_expired":
                claims |= {"iat": now - 3600, "exp": now - 1800}
            case "id_token_unsigned":
                return jwt.encode(claims, None, algorithm="none", headers={"kid": "essai-1"})
            case "id_token_signed_with_the_secret":
                return jwt.encode(claims, CLIENT_SECRET, algorithm="HS256", headers={"kid": "essai-1"})
        another = mode == "id_token_signed_by_another_key"
        return signed(claims, key=State.other_key if another else State.key)

    def userinfo(self) -> None:
        access = self.headers.get("Authorization", "").removeprefix("Bearer ")
        person = State.tokens.get(access)
        if person is None or State.mode == "userinfo_down":
            self.reply_json({"error": "invalid_token"}, 401 if person is None else 503)
            return
        claims = {**person, "iss": self.issuer, "aud": CLIENT_ID}
        key, kind = State.key, "application/jwt"
        match State.mode:
            case "user_information_unsigned":
                self.reply_json(person)
                return
            case "user_information_said_to_be_signed":
                body = jwt.encode(claims, None, algorithm="none", headers={"kid": "essai-1"})
                self.reply(200, body.encode(), kind)
                return
            case "user_information_signed_by_another_key":
                key = State.other_key
            case "user_information_for_another_audience":
                claims["aud"] = "quelqu-un-d-autre"
            case "user_information_from_another_issuer":
                claims["iss"] = "https://autre.exemple.test"
            case "user_information_about_another_subject":
                claims["sub"] = "quelqu-un-d-autre"
        self.reply(200, signed(claims, key=key).encode(), kind)


def main() -> None:
    """Serve on loopback until the process is ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}/api", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())

"""An OpenID provider of the tests on a port of this machine: says, signs and answers right or wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from tests.cast import Cast

from masthead.access.identity.openid_providers import openid_change
from masthead.access.identity.providers import IdentityProvider
from masthead.accounts.selectors import User

CLIENT, SECRET = "masthead at the lake", "what only: we/know"


@cache
def private_key(name: str = "first") -> rsa.RSAPrivateKey:
    """The same key each time it is asked for by this name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_key(name: str = "first") -> dict[str, Any]:
    """As the provider shows it."""
    plain = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**plain, "kid": name, "use": "sig", "alg": "RS256"}


@dataclass
class Lake:
    """What the provider says; every part can be made wrong."""

    address: str = ""
    described: dict[str, Any] = field(default_factory=dict)  # other than usual; None: left out
    claims: dict[str, Any] = field(default_factory=dict)  # of the next token
    keys: list[str] = field(default_factory=lambda: ["first"])
    signed_by: str = "first"
    kid: str | None = "first"
    algorithm: str = "RS256"
    userinfo: dict[str, Any] | None = None
    status: int = 200  # of the answer to a code
    error: str = "invalid_grant"
    used: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    challenge: str = ""
    nonce: str = ""

    def description(self) -> dict[str, Any]:
        said = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize?tenant=1",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/leave",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code", "id_token"],
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
            "scopes_supported": ["openid", "groups"],
            "authorization_response_iss_parameter_supported": True,
            **self.described,
        }
        return {name: value for name, value in said.items() if value is not None}

    def token(self, **other: Any) -> str:
        """A signed token; claims that are None are left out."""
        now = int(time.time())
        said = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "u-77",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": "Nora@lake.example",
            "name": "Nora North",
            **self.claims,
            **other,
        }
        plain = {name: value for name, value in said.items() if value is not None}
        headers = {"kid": self.kid} if self.kid else {}
        if self.algorithm == "none":
            return jwt.encode(plain, "", algorithm="none", headers=headers)
        if self.algorithm == "HS256":  # signed with what everybody can read
            secret = public_key(self.signed_by)["n"]
            return jwt.encode(plain, secret, algorithm="HS256", headers=headers)
        return jwt.encode(plain, private_key(self.signed_by), algorithm=self.algorithm, headers=headers)

    def asked_for(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What a code is worth."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if self.status != 200:
            return self.status, {"error": self.error}
        if form["code"] in self.used or challenge.decode() != self.challenge:
            return 400, {"error": "invalid_grant"}
        self.used.add(form["code"])
        return 200, {"id_token": self.token(), "access_token": "opens-userinfo", "token_type": "Bearer"}

    def begun(self, address: str) -> str:
        """Read what a browser is sent with, and give the state."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.address}/authorize?tenant=1&")
        assert (query["response_type"], query["code_challenge_method"], query["client_id"]) == ("code", "S256", CLIENT)
        self.challenge, self.nonce = query["code_challenge"], query["nonce"]
        return query["state"]


@contextmanager
def lake_serving() -> Iterator[Lake]:
    """The provider, while it runs."""
    lake = Lake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = parse_qs(self.rfile.read(length).decode())
            self.answer({name: values[0] for name, values in form.items()})

        def answer(self, form: dict[str, str]) -> None:
            lake.asked.append((self.path, dict(self.headers), form))
            status, said = 200, dict[str, Any]()
            if self.path == "/.well-known/openid-configuration":
                said = lake.description()
            elif self.path == "/keys":
                said = {"keys": [public_key(name) for name in lake.keys]}
            elif self.path == "/token":
                status, said = lake.asked_for(form)
            elif self.path == "/userinfo" and lake.userinfo is not None:
                said = lake.userinfo
            else:
                status = 404
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    lake.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield lake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def new_code() -> str:
    """A code that was not used."""
    return secrets.token_urlsafe(12)


def lake_changed(cast: Cast, provider: IdentityProvider, **said: Any) -> IdentityProvider:
    kept = {
        "address": provider.metadata_address,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "groups": provider.groups,
        "is_on": True,
    }
    return openid_change(by=cast.owner, provider=provider, **{**kept, **said})


def come_back(client: Client, provider: IdentityProvider, **said: str) -> Any:
    """What the browser is told in the end, after it came from the provider with this."""
    led = client.get(f"/account/identity/{provider.pk}/code", said)
    assert led.status_code == 303
    return client.get(led["Location"])


def begin(client: Client, lake: Lake, provider: IdentityProvider, target: str = "") -> str:
    gone = client.get(f"/account/identity/{provider.pk}/start", {"next": target})
    assert gone.status_code == 303
    return lake.begun(gone["Location"])


def sign_in(client: Client, lake: Lake, provider: IdentityProvider, target: str = "") -> Any:
    state = begin(client, lake, provider, target)
    return come_back(client, provider, state=state, code=new_code(), iss=lake.address)


def person_in(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.filter(pk=key).first() if key else None

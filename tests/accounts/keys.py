"""A passkey in software: it answers what a browser's authenticator answers, so that ceremonies go by requests."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

_VERIFIED = 0x01 | 0x04  # somebody was there, and it was the owner
_MADE = 0x40


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """One credential of one host."""

    def __init__(self, host: str = "testserver") -> None:
        self.id, self.handle = os.urandom(16), ""
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._host = host

    def made(self, options: dict[str, Any], *, flags: int = _VERIFIED) -> str:
        """The answer to what a page asks for a new one, as its form sends it."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self._private.public_key())))
        body = self._about(flags | _MADE) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        answer = {
            "clientDataJSON": self._said("webauthn.create", asked["challenge"]),
            "attestationObject": _text(cbor.encode({"fmt": "none", "attStmt": {}, "authData": body})),
        }
        return self._sent(answer)

    def given(self, options: dict[str, Any]) -> str:
        """The answer to a page that lets somebody in by it."""
        about = self._about(_VERIFIED)
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        plain = urlsafe_b64decode(said + "=" * (-len(said) % 4))
        signature = self._private.sign(about + hashlib.sha256(plain).digest(), ec.ECDSA(SHA256()))
        answer = {
            "clientDataJSON": said,
            "authenticatorData": _text(about),
            "signature": _text(signature),
            "userHandle": self.handle,
        }
        return self._sent(answer)

    def _about(self, flags: int) -> bytes:
        return hashlib.sha256(self._host.encode()).digest() + bytes([flags]) + bytes(4)

    def _said(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": f"http://{self._host}", "crossOrigin": False}
        return _text(json.dumps(said).encode())

    def _sent(self, answer: dict[str, str]) -> str:
        extensions = {"credProps": {"rk": True}}
        sent = {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": answer}
        return json.dumps({**sent, "clientExtensionResults": extensions})

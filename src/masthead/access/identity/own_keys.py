"""Our key pairs for an identity provider: what we sign with, what is encrypted for us, and how one follows another."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from masthead.access.identity.sealing import opened, sealed

CURRENT, NEXT, FORMER = "current", "next", "former"
_YEARS: Final = timedelta(days=3652)


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its certificate."""

    key: str  # PEM
    certificate: str  # DER in base64, as metadata has it


Kept = dict[str, str]  # state, key (sealed), certificate, made_at


def pair_made(name: str, state: str) -> Kept:
    """A new pair as it is kept; its certificate is signed by itself, since nobody but the provider has to know it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64] or "Masthead")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + _YEARS)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return {
        "state": state,
        "key": sealed(pem.decode()),
        "certificate": base64.b64encode(certificate).decode(),
        "made_at": now.isoformat(),
    }


def turned(kept: Sequence[Kept]) -> list[Kept]:
    """The next pair is the current one, and the current one the former, with which answers are still decrypted."""
    after = {NEXT: CURRENT, CURRENT: FORMER}
    return [{**one, "state": after[one["state"]]} for one in kept if one["state"] in after]


def signing_pair(kept: Sequence[Kept]) -> Pair | None:
    """What we sign with; None without a pair, or where the house has another secret key now."""
    return next(iter(pairs_of(kept)), None)


def pairs_of(kept: Sequence[Kept]) -> list[Pair]:
    """All that can be opened: the current one, the next, the former."""
    ordered = sorted(kept, key=lambda one: (CURRENT, NEXT, FORMER).index(one["state"]))
    found = [Pair(opened(one["key"]), one["certificate"]) for one in ordered]
    return [pair for pair in found if pair.key]


def certificates_of(kept: Sequence[Kept]) -> list[str]:
    """What the provider has to know: the current certificate and, while keys change, the next one."""
    return [one["certificate"] for state in (CURRENT, NEXT) for one in kept if one["state"] == state]

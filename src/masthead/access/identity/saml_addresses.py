"""SAML messages that a browser carries in an address (HTTP-Redirect): packed and signed, unpacked and checked."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from masthead.access.identity.own_keys import Pair
from masthead.access.identity.vouching import Reason, SignInRefusedError

_MOST: Final = 64 << 10  # bytes of a message, packed or not
_RSA: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha"
_ALGORITHMS: Final[dict[str, hashes.HashAlgorithm]] = {
    f"{_RSA}256": hashes.SHA256(),
    f"{_RSA}384": hashes.SHA384(),
    f"{_RSA}512": hashes.SHA512(),
}


def packed(xml: bytes) -> str:
    """A message as an address has it."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(engine.compress(xml) + engine.flush()).decode()


def address_with(address: str, kind: str, message: str, relay: str, pair: Pair | None) -> str:
    """The address that carries a packed message; `kind` is SAMLRequest or SAMLResponse. Signed if there is a pair."""
    query = f"{kind}={quote(message, safe='')}" + (f"&RelayState={quote(relay, safe='')}" if relay else "")
    if pair is not None:
        key = serialization.load_pem_private_key(pair.key.encode(), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("our keys are RSA")
        query += f"&SigAlg={quote(f'{_RSA}256', safe='')}"
        signature = key.sign(query.encode(), padding.PKCS1v15(), hashes.SHA256())
        query += f"&Signature={quote(base64.b64encode(signature).decode(), safe='')}"
    parts = urlsplit(address)
    return parts._replace(query="&".join(filter(None, (parts.query, query)))).geturl()


def message_in(query: str, kind: str, certificates: Sequence[str]) -> tuple[etree._Element, str]:
    """The signed message of a query string, and what came along with it. Raises SignInRefusedError.

    What is checked are the parts of the query as they came, in the order of the standard (SAML bindings 3.4.4.1).
    """
    found = dict(part.partition("=")[::2] for part in query.split("&"))
    said = {name: values[0] for name, values in parse_qs(query).items()}
    if any(query.count(f"{name}=") > 1 for name in (kind, "SigAlg", "Signature", "RelayState")):
        raise SignInRefusedError(Reason.UNREADABLE, "a part stands twice")
    if said.get("SigAlg") not in _ALGORITHMS or not said.get("Signature") or not said.get(kind):
        raise SignInRefusedError(Reason.SIGNATURE, f"not signed, or by {said.get('SigAlg', 'nothing')}")
    signed = "&".join(f"{name}={found[name]}" for name in (kind, "RelayState", "SigAlg") if name in found)
    if not any(_signed_by(one, signed, said["Signature"], said["SigAlg"]) for one in certificates):
        raise SignInRefusedError(Reason.SIGNATURE, "of another key")
    return _unpacked(said[kind]), said.get("RelayState", "")


def _signed_by(certificate: str, signed: str, signature: str, algorithm: str) -> bool:
    try:
        key = x509.load_der_x509_certificate(base64.b64decode(certificate)).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(base64.b64decode(signature), signed.encode(), padding.PKCS1v15(), _ALGORITHMS[algorithm])
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _unpacked(text: str) -> etree._Element:
    """The document, if it is small and nothing but elements."""
    try:
        engine = zlib.decompressobj(-15)
        plain = engine.decompress(base64.b64decode(text, validate=True), _MOST)
        if engine.unconsumed_tail:
            raise SignInRefusedError(Reason.UNREADABLE, "too long")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(plain, parser)
    except (zlib.error, ValueError, binascii.Error, etree.XMLSyntaxError) as error:
        raise SignInRefusedError(Reason.UNREADABLE, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise SignInRefusedError(Reason.UNREADABLE, "a document type")
    return root

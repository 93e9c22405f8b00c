"""Reads what describes an identity provider (SAML 2.0 metadata), from a file or from its address."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from masthead.access.errors import MetadataUnreadableError
from masthead.access.identity.reaching import UnreachedError, fetched, is_web_address

_MOST = 4 << 20  # bytes; those of a national federation are larger, those of one organisation far smaller
_LONGEST = 1024
_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"


@dataclass(frozen=True, slots=True)
class Described:
    """What is needed of an identity provider."""

    entity_id: str
    sign_in_address: str
    certificates: tuple[str, ...]  # DER in base64
    sign_out_address: str = ""
    sign_out_answers: str = ""  # "": the same
    wants_signed: bool = False  # requests


def metadata_read(xml: bytes) -> Described:
    """What the metadata says; raises MetadataUnreadableError. Entities and document types are refused."""
    if len(xml) > _MOST:
        raise MetadataUnreadableError("too large")
    redirect = OneLogin_Saml2_Constants.BINDING_HTTP_REDIRECT
    try:
        found: dict[str, Any] = OneLogin_Saml2_IdPMetadataParser.parse(
            xml, required_sso_binding=redirect, required_slo_binding=redirect
        )
    except Exception as error:  # the library raises what its parts raise
        raise MetadataUnreadableError(str(error)[:200]) from error
    said = found.get("idp", {})
    certificates = said.get("x509certMulti", {}).get("signing") or [said.get("x509cert", "")]
    entity_id, address = said.get("entityId", ""), said.get("singleSignOnService", {}).get("url", "")
    if not entity_id or len(entity_id) > _LONGEST:
        raise MetadataUnreadableError("no entity")
    if not is_web_address(address):
        raise MetadataUnreadableError(address[:80] or "no address")
    out = said.get("singleLogoutService", {})
    out_address, out_answers = _place(out.get("url", "")), _place(_answers_of(xml, out.get("url", "")))
    wants_signed = bool(found.get("security", {}).get("authnRequestsSigned"))
    made = tuple(_certificate(one) for one in certificates)
    return Described(entity_id, address, made, out_address, out_answers, wants_signed)


def metadata_fetch(address: str) -> Described:
    """What the metadata at an address says; raises MetadataUnreadableError, whatever goes wrong."""
    try:
        return metadata_read(fetched(address, "application/samlmetadata+xml, application/xml;q=0.9", _MOST + 1))
    except UnreachedError as error:
        raise MetadataUnreadableError(str(error)) from error


def _answers_of(xml: bytes, address: str) -> str:
    """Where answers to requests for signing out go, if not to the same address; the library passes it over."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    services = etree.fromstring(xml, parser).iter(f"{_MD}SingleLogoutService")
    return next((one.get("ResponseLocation", "") for one in services if one.get("Location") == address), "")


def _place(address: str) -> str:
    return address if is_web_address(address) else ""


def _certificate(text: str) -> str:
    plain = "".join(text.split())
    try:
        x509.load_der_x509_certificate(base64.b64decode(plain, validate=True))
    except (ValueError, binascii.Error) as error:
        raise MetadataUnreadableError("certificate") from error
    return plain

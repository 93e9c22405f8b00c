"""Reads what describes an identity provider (SAML 2.0 metadata), from a file or from its address."""

from __future__ import annotations

import base64
import binascii
import http.client
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from masthead.access.errors import MetadataUnreadableError
from masthead.calling.errors import CallRefusedError, TooManyRedirectsError
from masthead.calling.judging import Place, Rules, hosts_in, place_of
from masthead.calling.requesting import Answer, followed, request

_MOST = 4 << 20  # bytes; those of a national federation are larger, those of one organisation far smaller
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Described:
    """What is needed of an identity provider."""

    entity_id: str
    sign_in_address: str
    certificates: tuple[str, ...]  # DER in base64


def metadata_read(xml: bytes) -> Described:
    """What the metadata says; raises MetadataUnreadableError. Entities and document types are refused."""
    if len(xml) > _MOST:
        raise MetadataUnreadableError("too large")
    redirect = OneLogin_Saml2_Constants.BINDING_HTTP_REDIRECT
    try:
        found: dict[str, Any] = OneLogin_Saml2_IdPMetadataParser.parse(xml, required_sso_binding=redirect)
    except Exception as error:  # the library raises what its parts raise
        raise MetadataUnreadableError(str(error)[:200]) from error
    said = found.get("idp", {})
    certificates = said.get("x509certMulti", {}).get("signing") or [said.get("x509cert", "")]
    entity_id, address = said.get("entityId", ""), said.get("singleSignOnService", {}).get("url", "")
    if not entity_id or not 0 < len(address) <= _LONGEST or len(entity_id) > _LONGEST:
        raise MetadataUnreadableError("no entity or no address")
    _require_web(address)
    return Described(entity_id, address, tuple(_certificate(one) for one in certificates))


def metadata_fetch(address: str) -> Described:
    """What the metadata at an address says; raises MetadataUnreadableError, whatever goes wrong."""
    rules = _rules()

    def ask(place: Place) -> Answer:
        return request(place, rules, headers={"Accept": "application/samlmetadata+xml, application/xml;q=0.9"})

    try:
        answer = [said for _, said in followed(address, rules, ask)][-1]
    except (CallRefusedError, TooManyRedirectsError, OSError, http.client.HTTPException) as error:
        raise MetadataUnreadableError(str(error)[:200]) from error
    if answer.status != http.HTTPStatus.OK:
        raise MetadataUnreadableError(str(answer.status))
    return metadata_read(answer.body)


def _rules() -> Rules:
    """Public hosts over https, and those of the house's own network that the operator names."""
    allowed = hosts_in(settings.MASTHEAD.webhook_hosts)
    return Rules(seconds=15.0, answer_bytes=_MOST + 1, is_secure_only=True, allowed_hosts=allowed)


def _require_web(address: str) -> None:
    """People are sent there: over https, or to a host that the operator names."""
    parts = urlsplit(address)
    try:
        if parts.scheme != "https":
            place_of(address.partition("#")[0], _rules())
    except CallRefusedError as error:
        raise MetadataUnreadableError(address[:80]) from error
    if not parts.hostname:
        raise MetadataUnreadableError(address[:80])


def _certificate(text: str) -> str:
    plain = "".join(text.split())
    try:
        x509.load_der_x509_certificate(base64.b64decode(plain, validate=True))
    except (ValueError, binascii.Error) as error:
        raise MetadataUnreadableError("certificate") from error
    return plain

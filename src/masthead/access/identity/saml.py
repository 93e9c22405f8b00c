"""Speaks SAML 2.0 with identity providers: asks them, checks what they answer, says why an answer is refused.

The library checks signatures and the order of the document. What it lets pass is refused here: transforms besides those
of the standard's own profile, answers without an audience or a recipient, addresses that only begin like ours.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Protocol
from urllib.parse import urlsplit

from lxml import etree
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError as Invalid
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from masthead.access.identity.vouching import Assertion, Ours, Reason, SignInRefusedError

_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_SAML = {"a": "urn:oasis:names:tc:SAML:2.0:assertion"}
_TRANSFORMS = frozenset(
    {
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    }
)


_BY_CODE = {
    Reason.EXPIRED: (Invalid.ASSERTION_EXPIRED, Invalid.ASSERTION_TOO_EARLY, Invalid.SESSION_EXPIRED),
    Reason.NOT_FOR_US: (
        Invalid.WRONG_AUDIENCE,
        Invalid.WRONG_DESTINATION,
        Invalid.EMPTY_DESTINATION,
        Invalid.WRONG_SUBJECTCONFIRMATION,
        Invalid.WRONG_ISSUER,
    ),
    Reason.UNASKED: (Invalid.WRONG_INRESPONSETO,),
    Reason.DENIED: (Invalid.STATUS_CODE_IS_NOT_SUCCESS, Invalid.MISSING_STATUS_CODE, Invalid.MISSING_STATUS),
    Reason.UNREADABLE: (
        Invalid.UNSUPPORTED_SAML_VERSION,
        Invalid.MISSING_ID,
        Invalid.INVALID_XML_FORMAT,
        Invalid.MISSING_CONDITIONS,
        Invalid.WRONG_NUMBER_OF_AUTHSTATEMENTS,
    ),
}


class Peer(Protocol):
    """What has to be known of an identity provider."""

    entity_id: str
    sign_in_address: str
    certificates: list[str]


def request_to(peer: Peer, ours: Ours, key: str) -> tuple[str, str]:
    """The address to send somebody to, and the id that the answer has to name."""
    request = OneLogin_Saml2_Authn_Request(_settings(peer, ours))
    query = {"SAMLRequest": request.get_request(), "RelayState": key}
    return OneLogin_Saml2_Utils.redirect(peer.sign_in_address, query, request_data={}), request.get_id()


def metadata_of(ours: Ours) -> bytes:
    """What an identity provider has to know of us, as XML."""
    settings = OneLogin_Saml2_Settings(_said(None, ours), sp_validation_only=True)
    xml: str | bytes = settings.get_sp_metadata()
    return xml.encode() if isinstance(xml, str) else xml


def answer_read(peer: Peer, ours: Ours, answer: str, request_id: str) -> Assertion:
    """What the answer says, if all of it holds; `request_id` is "" where nobody asked. Raises SignInRefusedError."""
    try:
        _check_transforms(answer)
        settings = _settings(peer, ours)
        response = OneLogin_Saml2_Response(settings, answer)
        response.is_valid(_request_data(ours), request_id or None, raise_exceptions=True)
        _check_addresses(response, ours, request_id)
        subject, attributes = response.get_nameid(), response.get_attributes()
        identity = response.get_assertion_id()
    except SignInRefusedError:
        raise
    except Invalid as error:
        raise SignInRefusedError(_reason(error.code), str(error)) from error
    except (OneLogin_Saml2_Error, etree.Error, ValueError, LookupError, AttributeError, TypeError) as error:
        raise SignInRefusedError(Reason.UNREADABLE, str(error)) from error
    if not subject or not identity or len(subject) > 255 or len(identity) > 255:
        raise SignInRefusedError(Reason.UNREADABLE, "no NameID or no assertion id")
    plain = {name: [str(value) for value in values if value is not None] for name, values in attributes.items()}
    return Assertion(identity, subject, plain, response.get_session_index() or "")


def _check_transforms(answer: str) -> None:
    """Only what signatures of SAML need (SAML core 5.4.4): nothing that runs a program on the document."""
    try:
        plain = base64.b64decode(answer, validate=False)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(plain, parser)
    except (binascii.Error, ValueError, etree.XMLSyntaxError) as error:
        raise SignInRefusedError(Reason.UNREADABLE, str(error)) from error
    if root.getroottree().docinfo.doctype or any(isinstance(node, etree._Entity) for node in root.iter()):
        raise SignInRefusedError(Reason.UNREADABLE, "a document type")
    for node in root.iter(f"{_DS}Transform", f"{_DS}CanonicalizationMethod"):
        if node.get("Algorithm") not in _TRANSFORMS:
            raise SignInRefusedError(Reason.SIGNATURE, f"transform {node.get('Algorithm')}")
    for node in root.iter(etree.ProcessingInstruction):
        raise SignInRefusedError(Reason.UNREADABLE, f"a processing instruction: {node.target}")


def _check_addresses(response: OneLogin_Saml2_Response, ours: Ours, request_id: str) -> None:
    """What the library takes too lightly: it wants neither audience nor recipient, and compares beginnings only."""
    destination = response.document.get("Destination")
    if destination is not None and destination != ours.answers:
        raise SignInRefusedError(Reason.NOT_FOR_US, f"destination {destination}")
    if ours.entity_id not in response.get_audiences():
        raise SignInRefusedError(Reason.NOT_FOR_US, "no audience")
    said = response._query_assertion("/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData")
    if not said or any(node.get("Recipient") != ours.answers or not node.get("NotOnOrAfter") for node in said):
        raise SignInRefusedError(Reason.NOT_FOR_US, "recipient")
    if (response.get_in_response_to() or "") != request_id:
        raise SignInRefusedError(Reason.UNASKED, "InResponseTo")
    if any((node.get("InResponseTo") or "") not in ("", request_id) for node in said):
        raise SignInRefusedError(Reason.UNASKED, "InResponseTo of the subject")


def _reason(code: int | None) -> Reason:
    return next((reason for reason, codes in _BY_CODE.items() if code in codes), Reason.SIGNATURE)


def _request_data(ours: Ours) -> dict[str, Any]:
    parts = urlsplit(ours.answers)
    return {"https": "on" if parts.scheme == "https" else "off", "http_host": parts.netloc, "script_name": parts.path}


def _settings(peer: Peer, ours: Ours) -> OneLogin_Saml2_Settings:
    return OneLogin_Saml2_Settings(_said(peer, ours))


def _said(peer: Peer | None, ours: Ours) -> dict[str, Any]:
    post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    said: dict[str, Any] = {
        "strict": True,
        "debug": False,
        "sp": {
            "entityId": ours.entity_id,
            "assertionConsumerService": {"url": ours.answers, "binding": post},
            "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        },
        "security": {
            "wantAssertionsSigned": False,  # either it or the whole answer has to be
            "allowSingleLabelDomains": True,  # names inside a company
            "wantNameId": True,
            "wantAttributeStatement": False,
            "requestedAuthnContext": False,
            "rejectDeprecatedAlgorithm": True,
            "allowRepeatAttributeName": True,
        },
    }
    if peer is not None:
        said["idp"] = {
            "entityId": peer.entity_id,
            "singleSignOnService": {
                "url": peer.sign_in_address,
                "binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            },
            "x509certMulti": {"signing": list(peer.certificates)},
        }
    return said

"""Speaks SAML 2.0 with identity providers: asks them, checks what they answer, says why an answer is refused.

The library checks signatures and the order of the document. What it lets pass is refused here: transforms besides those
of the standard's own profile, answers without an audience or a recipient, addresses that only begin like ours.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Protocol
from urllib.parse import urlsplit

import xmlsec
from lxml import etree
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError as Invalid
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from masthead.access.identity.own_keys import Kept, certificates_of, pairs_of, signing_pair
from masthead.access.identity.saml_addresses import address_with
from masthead.access.identity.saml_sign_out import naming
from masthead.access.identity.vouching import Assertion, Ours, Reason, SignInRefusedError

_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_XENC = "{http://www.w3.org/2001/04/xmlenc#}"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
# Not RSA with the padding of PKCS #1 1.5, which a patient questioner can undo.
_CIPHERS = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
        "http://www.w3.org/2009/xmlenc11#rsa-oaep",
        *(f"http://www.w3.org/2001/04/xmlenc#aes{bits}-cbc" for bits in (128, 192, 256)),
        *(f"http://www.w3.org/2009/xmlenc11#aes{bits}-gcm" for bits in (128, 192, 256)),
    }
)
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
    own_keys: list[Kept]
    signs_requests: bool


def request_to(peer: Peer, ours: Ours, key: str) -> tuple[str, str]:
    """The address to send somebody to, and the id that the answer has to name."""
    request = OneLogin_Saml2_Authn_Request(_settings(peer, ours))
    pair = signing_pair(peer.own_keys) if peer.signs_requests else None
    address = address_with(peer.sign_in_address, "SAMLRequest", request.get_request(), key, pair)
    return address, request.get_id()


def metadata_of(ours: Ours, peer: Peer | None = None) -> bytes:
    """What an identity provider has to know of us, as XML: our addresses, and our certificates for it."""
    said = _said(None, ours)
    certificates = certificates_of(peer.own_keys) if peer is not None else []
    pair = signing_pair(peer.own_keys) if peer is not None else None
    if peer is not None and pair is not None:
        said["sp"]["privateKey"] = pair.key  # which the library wants to see, and does not tell
        said["sp"] |= dict(zip(("x509cert", "x509certNew"), certificates, strict=False))
        said["sp"]["singleLogoutService"] = {"url": ours.sign_outs, "binding": _REDIRECT}
        said["security"] |= {"authnRequestsSigned": peer.signs_requests, "wantAssertionsEncrypted": True}
    settings = OneLogin_Saml2_Settings(said, sp_validation_only=True)
    xml: str | bytes = settings.get_sp_metadata()
    return xml.encode() if isinstance(xml, str) else xml


def answer_read(peer: Peer, ours: Ours, answer: str, request_id: str) -> Assertion:
    """What the answer says, if all of it holds; `request_id` is "" where nobody asked. Raises SignInRefusedError."""
    try:
        _check_transforms(answer)
        response = _opened(peer, ours, answer)
        response.is_valid(_request_data(ours), request_id or None, raise_exceptions=True)
        _check_addresses(response, ours, request_id)
        subject, attributes = response.get_nameid(), response.get_attributes()
        named = naming(response.get_nameid_data())
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
    return Assertion(identity, subject, plain, response.get_session_index() or "", named)


def _check_transforms(answer: str) -> None:
    """Only what signatures of SAML need (SAML core 5.4.4): nothing that runs a program on the document."""
    try:
        root = _parsed(base64.b64decode(answer, validate=False))
    except (binascii.Error, ValueError, etree.XMLSyntaxError) as error:
        raise SignInRefusedError(Reason.UNREADABLE, str(error)) from error
    _check_tree(root)


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(xml, parser)


def _opened(peer: Peer, ours: Ours, answer: str) -> OneLogin_Saml2_Response:
    """The answer, decrypted where it is encrypted, by whichever of our keys fits."""
    pairs = pairs_of(peer.own_keys) if "EncryptedAssertion" in _plain(answer) else []
    if not pairs:
        return OneLogin_Saml2_Response(_settings(peer, ours), answer)
    for pair in pairs:
        said = _said(peer, ours)
        said["sp"] |= {"x509cert": pair.certificate, "privateKey": pair.key}
        try:
            response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(said), answer)
            _check_tree(_parsed(etree.tostring(response.decrypted_document)))
        except (xmlsec.Error, OneLogin_Saml2_Error, Invalid, etree.Error, ValueError, AttributeError):
            continue
        return response
    # The same as for a wrong signature: nobody is told whether it was the key or what was in it.
    raise SignInRefusedError(Reason.SIGNATURE, "none of our keys opens it")


def _plain(answer: str) -> str:
    return base64.b64decode(answer, validate=False).decode("utf-8", "replace")


def _check_tree(root: etree._Element) -> None:
    """Nothing but elements, signed and encrypted only in the ways that we know."""
    if root.getroottree().docinfo.doctype or any(isinstance(node, etree._Entity) for node in root.iter()):
        raise SignInRefusedError(Reason.UNREADABLE, "a document type")
    for node in root.iter(f"{_DS}Transform", f"{_DS}CanonicalizationMethod"):
        if node.get("Algorithm") not in _TRANSFORMS:
            raise SignInRefusedError(Reason.SIGNATURE, f"transform {node.get('Algorithm')}")
    for node in root.iter(f"{_XENC}EncryptionMethod"):
        if node.get("Algorithm") not in _CIPHERS:
            raise SignInRefusedError(Reason.SIGNATURE, f"cipher {node.get('Algorithm')}")
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
                "binding": _REDIRECT,
            },
            "x509certMulti": {"signing": list(peer.certificates)},
        }
    return said

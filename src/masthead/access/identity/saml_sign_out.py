"""Signing out by SAML 2.0 on both sides, begun on either (Single Logout profile, in the browser)."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from lxml import etree

from masthead.access.identity.own_keys import Kept, signing_pair
from masthead.access.identity.saml_addresses import address_with, message_in, packed
from masthead.access.identity.vouching import Ours, Reason, SignInRefusedError

_P: Final = "urn:oasis:names:tc:SAML:2.0:protocol"
_A: Final = "urn:oasis:names:tc:SAML:2.0:assertion"
_SUCCESS: Final = "urn:oasis:names:tc:SAML:2.0:status:Success"
_OLDEST: Final = timedelta(minutes=10)
_QUALIFIERS: Final = ("Format", "NameQualifier", "SPNameQualifier")


class SignOutPeer(Protocol):
    """What has to be known of an identity provider to sign out there."""

    entity_id: str
    sign_out_address: str
    sign_out_answers: str
    certificates: list[str]
    own_keys: list[Kept]


@dataclass(frozen=True, slots=True)
class SignOut:
    """Whom an identity provider signs out: one session of a person, or all where it names none."""

    id: str
    subject: str
    sessions: tuple[str, ...]
    said_at: datetime
    relay: str


def leaving_by_saml(peer: SignOutPeer, ours: Ours, subject: str, session: str, named: str) -> str:
    """Where to send somebody who signs out here; `named` is how the provider names people, from `naming`."""
    said = json.loads(named) if named else {}
    root = _message("LogoutRequest", ours, peer.sign_out_address)
    name = etree.SubElement(root, f"{{{_A}}}NameID", {key: said[key] for key in _QUALIFIERS if said.get(key)})
    name.text = subject
    if session:
        etree.SubElement(root, f"{{{_P}}}SessionIndex").text = session
    pair = signing_pair(peer.own_keys)
    return address_with(peer.sign_out_address, "SAMLRequest", packed(etree.tostring(root)), "", pair)


def naming(said: dict[str, str | None]) -> str:
    """What has to be said with a NameID so that its provider knows it again, as text to keep."""
    kept = {key: said[key] for key in _QUALIFIERS if said.get(key)}
    return json.dumps(kept) if kept else ""


def sign_out_asked(peer: SignOutPeer, ours: Ours, query: str, now: datetime) -> SignOut:
    """Whom the provider signs out, if all of it holds. Raises SignInRefusedError."""
    root, relay = message_in(query, "SAMLRequest", peer.certificates)
    said_at = _checked(root, "LogoutRequest", peer, ours, now)
    ends = root.get("NotOnOrAfter")
    if ends and _moment(ends) <= now:
        raise SignInRefusedError(Reason.EXPIRED, ends)
    subject = (root.findtext(f"{{{_A}}}NameID") or "").strip()
    if not subject or not root.get("ID"):
        raise SignInRefusedError(Reason.UNREADABLE, "no NameID")
    sessions = tuple((one.text or "").strip() for one in root.findall(f"{{{_P}}}SessionIndex"))
    return SignOut(root.get("ID", ""), subject, tuple(filter(None, sessions)), said_at, relay[:500])


def sign_out_answer(peer: SignOutPeer, ours: Ours, out: SignOut) -> str:
    """Where to send the browser after somebody was signed out here."""
    address = peer.sign_out_answers or peer.sign_out_address
    root = _message("LogoutResponse", ours, address, InResponseTo=out.id)
    status = etree.SubElement(root, f"{{{_P}}}Status")
    etree.SubElement(status, f"{{{_P}}}StatusCode", Value=_SUCCESS)
    pair = signing_pair(peer.own_keys)
    return address_with(address, "SAMLResponse", packed(etree.tostring(root)), out.relay, pair)


def was_signed_out(peer: SignOutPeer, ours: Ours, query: str, now: datetime) -> bool:
    """Whether the provider says, and signs, that somebody who left here is signed out there."""
    try:
        root, _ = message_in(query, "SAMLResponse", peer.certificates)
        _checked(root, "LogoutResponse", peer, ours, now)
    except SignInRefusedError:
        return False
    code = root.find(f"{{{_P}}}Status/{{{_P}}}StatusCode")
    return code is not None and code.get("Value") == _SUCCESS


def _message(kind: str, ours: Ours, destination: str, **more: str) -> etree._Element:
    root = etree.Element(
        f"{{{_P}}}{kind}",
        {
            "ID": f"_{secrets.token_hex(16)}",
            "Version": "2.0",
            "IssueInstant": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "Destination": destination,
            **more,
        },
        nsmap={"samlp": _P, "saml": _A},
    )
    etree.SubElement(root, f"{{{_A}}}Issuer").text = ours.entity_id
    return root


def _checked(root: etree._Element, kind: str, peer: SignOutPeer, ours: Ours, now: datetime) -> datetime:
    """When a message was made, if it is of this kind, from this provider, for this address, and new."""
    if root.tag != f"{{{_P}}}{kind}" or root.get("Version") != "2.0":
        raise SignInRefusedError(Reason.UNREADABLE, str(root.tag)[:100])
    if (root.findtext(f"{{{_A}}}Issuer") or "").strip() != peer.entity_id:
        raise SignInRefusedError(Reason.NOT_FOR_US, "issuer")
    if root.get("Destination") != ours.sign_outs:
        raise SignInRefusedError(Reason.NOT_FOR_US, f"destination {root.get('Destination')}")
    said_at = _moment(root.get("IssueInstant") or "")
    if abs(now - said_at) > _OLDEST:
        raise SignInRefusedError(Reason.EXPIRED, "IssueInstant")
    return said_at


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise SignInRefusedError(Reason.UNREADABLE, f"time {text[:40]}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)

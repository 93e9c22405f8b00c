"""Signing out by SAML: begun here, begun there, and what must not sign anybody out."""

from __future__ import annotations

import base64
import secrets
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.test import Client
from lxml import etree
from tests.access.identity.organisation import ENTITY, NAMESPACES, A, Answer, P, metadata, pair, sent
from tests.cast import Cast

from masthead.access.identity.providers import IdentityProvider, SignInTry, provider_change, provider_create
from masthead.access.identity.saml_addresses import message_in

OUT = "https://login.university.example/out"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha"


@pytest.fixture
def university(cast: Cast) -> IdentityProvider:
    described = metadata(out=OUT)
    made = provider_create(by=cast.owner, publisher=cast.harbour, name="University", address="", metadata=described)
    return provider_change(by=cast.owner, provider=made, address="", metadata=b"", groups={}, is_on=True)


def ours(provider: IdentityProvider, name: str) -> str:
    return f"http://testserver/account/identity/{provider.pk}/{name}"


def signed_in(provider: IdentityProvider, subject: str = "u-77") -> Client:
    """Somebody who is signed in by the provider."""
    client = Client()
    gone = client.get(f"/account/identity/{provider.pk}/start")["Location"]
    state = parse_qs(urlsplit(gone).query)["RelayState"][0]
    asked = SignInTry.objects.latest("began_at").request_id
    answer = Answer(ours(provider, "metadata.xml"), ours(provider, "answer"), request_id=asked, subject=subject)
    answer.attributes = {"mail": [f"{subject}@university.example"]}
    said = {"SAMLResponse": sent(answer.signed()), "RelayState": state}
    led = Client().post(f"/account/identity/{provider.pk}/answer", said)
    assert client.get(led["Location"]).status_code == 303
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def unpacked(message: str) -> etree._Element:
    return etree.fromstring(zlib.decompress(base64.b64decode(message), -15))


def word(provider: IdentityProvider, kind: str = "LogoutRequest", inside: str = "", **wrong: str) -> bytes:
    """A message of the provider, of which every part can be made wrong."""
    said = {
        "ID": f"_{secrets.token_hex(8)}",
        "Version": "2.0",
        "IssueInstant": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Destination": ours(provider, "sign-out"),
        **{name: value for name, value in wrong.items() if name != "issuer"},
    }
    facts = " ".join(f'{name}="{value}"' for name, value in said.items() if value)
    issuer = wrong.get("issuer", ENTITY)
    return f"<p:{kind} {NAMESPACES} {facts}><a:Issuer>{issuer}</a:Issuer>{inside}</p:{kind}>".encode()


def asked_out(provider: IdentityProvider, subject: str = "u-77", session: str = "", **wrong: str) -> bytes:
    index = f"<p:SessionIndex>{session}</p:SessionIndex>" if session else ""
    return word(provider, inside=f"<a:NameID>{subject}</a:NameID>{index}", **wrong)


def query(xml: bytes, by: str = "university", kind: str = "SAMLRequest", algorithm: str = f"{RSA}256") -> str:
    """As the provider signs it into an address; by "" it is not signed."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(engine.compress(xml) + engine.flush()).decode()
    text = f"{kind}={quote(packed, safe='')}&RelayState=r%201"
    if not by:
        return text
    text += f"&SigAlg={quote(algorithm, safe='')}"
    key = serialization.load_pem_private_key(pair(by).key, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    digest = hashes.SHA512() if algorithm.endswith("512") else hashes.SHA256()
    signature = base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), digest)).decode()
    return f"{text}&Signature={quote(signature, safe='')}"


def tell(provider: IdentityProvider, text: str, client: Client | None = None) -> Any:
    return (client or Client()).get(f"/account/identity/{provider.pk}/sign-out?{text}")


def test_signing_out_here_leads_out_there(university: IdentityProvider) -> None:
    client = signed_in(university)
    led = client.post("/account/logout/")
    assert not is_in(client)
    onward = client.get(led["Location"])["Refresh"].removeprefix("0; url=")
    assert onward.startswith(f"{OUT}?SAMLRequest=")
    said = parse_qs(urlsplit(onward).query)
    root = unpacked(said["SAMLRequest"][0])
    assert (root.tag, root.get("Destination")) == (f"{P}LogoutRequest", OUT)
    assert (root.findtext(f"{A}NameID"), root.findtext(f"{P}SessionIndex")) == ("u-77", "_s1")
    assert root.findtext(f"{A}Issuer") == ours(university, "metadata.xml")
    own = [one["certificate"] for one in university.own_keys]
    message_in(urlsplit(onward).query, "SAMLRequest", own)  # signed with our key
    status = '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>'
    back = tell(university, query(word(university, "LogoutResponse", status), kind="SAMLResponse"), client)
    assert "Here, and where you had signed in." in back.content.decode()
    partly = status.replace("Success", "Responder")
    for text in (query(word(university, "LogoutResponse", partly), kind="SAMLResponse"), "SAMLResponse=x"):
        assert "did not say" in tell(university, text, client).content.decode()


def test_who_is_signed_out_there_is_signed_out_here(university: IdentityProvider) -> None:
    first, other = signed_in(university), signed_in(university, "u-78")
    gone = tell(university, query(asked_out(university, session="_s1")))  # without their cookies
    assert gone.status_code == 303
    assert [is_in(first), is_in(other)] == [False, True]
    assert gone["Location"].startswith(f"{OUT}/answers?SAMLResponse=")
    said = parse_qs(urlsplit(gone["Location"]).query)
    assert said["RelayState"] == ["r 1"]
    root = unpacked(said["SAMLResponse"][0])
    assert root.get("InResponseTo", "").startswith("_")
    assert "Success" in (root.find(f"{P}Status/{P}StatusCode").get("Value") or "")
    message_in(urlsplit(gone["Location"]).query, "SAMLResponse", [one["certificate"] for one in university.own_keys])
    assert tell(university, query(asked_out(university, "u-78"), algorithm=f"{RSA}512")).status_code == 303
    assert not is_in(other)


def test_a_word_that_comes_again_signs_out_nobody_new(university: IdentityProvider) -> None:
    early = f"{datetime.now(UTC) - timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
    client = signed_in(university)
    assert tell(university, query(asked_out(university, IssueInstant=early))).status_code == 303
    assert is_in(client)


WRONG: dict[str, dict[str, str]] = {
    "another address": {"Destination": "https://other.example/out"},
    "no address": {"Destination": ""},
    "more than our address": {"Destination": "MORE"},
    "somebody else": {"issuer": "https://evil.example"},
    "nobody": {"issuer": ""},
    "an old word": {"IssueInstant": "2020-01-01T00:00:00Z"},
    "no time": {"IssueInstant": "soon"},
    "over": {"NotOnOrAfter": "2020-01-01T00:00:00Z"},
    "another version": {"Version": "1.1"},
    "no id": {"ID": ""},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_word_signs_nobody_out(university: IdentityProvider, name: str) -> None:
    client = signed_in(university)
    wrong = {key: ours(university, "sign-out/more") if value == "MORE" else value for key, value in WRONG[name].items()}
    answer = tell(university, query(asked_out(university, **wrong)))
    assert answer.status_code == 403
    assert is_in(client)


def test_a_word_is_signed_by_the_provider_and_stays_as_it_was(university: IdentityProvider) -> None:
    client, whole = signed_in(university), query(asked_out(university))
    other = query(asked_out(university, "u-1"))
    sha1 = query(asked_out(university), algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1")
    moved = whole.replace(whole.split("&")[0], other.split("&")[0])
    bomb = query(b"<x>" + b" " * (1 << 20) + b"</x>")
    entity = query(b'<!DOCTYPE x [<!ENTITY y "z">]>' + asked_out(university))
    answer = query(word(university, "LogoutResponse", "<a:NameID>u-77</a:NameID>"))
    for text in (
        query(asked_out(university), by=""),
        query(asked_out(university), by="evil"),
        *(sha1, moved, bomb, entity, answer, f"{whole}&{other}", whole.replace("r%201", "r%202"), "SAMLRequest=x"),
    ):
        assert tell(university, text).status_code == 403, text[:80]
        assert is_in(client)


def test_a_provider_without_such_an_address_is_left_alone(cast: Cast, university: IdentityProvider) -> None:
    IdentityProvider.objects.update(sign_out_address="")
    client = signed_in(university)
    assert client.post("/account/logout/")["Location"] == "/"

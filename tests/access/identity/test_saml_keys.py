"""Our own keys with identity providers: signed requests, encrypted answers, one key pair after the other."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.test import Client
from lxml import etree
from tests.access.identity.organisation import A, Answer, encrypted, metadata, pair, sent, sign
from tests.cast import Cast, signed_in

from masthead.access.identity.own_keys import FORMER, certificates_of, pair_made, turned
from masthead.access.identity.providers import (
    IdentityProvider,
    SignInTry,
    own_key_make,
    own_key_turn,
    provider_change,
    provider_create,
)
from masthead.accounts.selectors import User

MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"


@pytest.fixture
def university(cast: Cast) -> IdentityProvider:
    made = provider_create(by=cast.owner, publisher=cast.harbour, name="University", address="", metadata=metadata())
    return provider_change(by=cast.owner, provider=made, address="", metadata=b"", groups={}, is_on=True)


def begin(client: Client, provider: IdentityProvider) -> tuple[str, Answer]:
    gone = client.get(f"/account/identity/{provider.pk}/start")["Location"]
    ours = f"http://testserver/account/identity/{provider.pk}"
    asked = SignInTry.objects.latest("began_at").request_id
    state = parse_qs(urlsplit(gone).query)["RelayState"][0]
    return state, Answer(f"{ours}/metadata.xml", f"{ours}/answer", request_id=asked)


def send(client: Client, provider: IdentityProvider, state: str, answer: bytes) -> Any:
    led = Client().post(f"/account/identity/{provider.pk}/answer", {"SAMLResponse": sent(answer), "RelayState": state})
    return client.get(led["Location"])


def failed(response: Any, reason: str) -> None:
    assert response.status_code == 403
    assert f">{reason}<" in response.content.decode(), SignInTry.objects.latest("began_at").detail


def described(provider: IdentityProvider) -> dict[str, list[str]]:
    """The certificates in our metadata, by what they are for."""
    root = etree.fromstring(Client().get(f"/account/identity/{provider.pk}/metadata.xml").content)
    found: dict[str, list[str]] = {}
    for node in root.iter(f"{MD}KeyDescriptor"):
        text = node.findtext(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate") or ""
        found.setdefault(node.get("use", ""), []).append("".join(text.split()))
    return found


@pytest.mark.parametrize(
    ("transport", "cipher"), [("RSA_OAEP", "AES256"), ("RSA_OAEP", "AES128"), ("RSA_OAEP", "AES256_GCM")]
)
def test_an_encrypted_answer_is_opened(university: IdentityProvider, transport: str, cipher: str) -> None:
    client = Client()
    state, answer = begin(client, university)
    certificate = described(university)["encryption"][0]
    back = send(client, university, state, encrypted(answer.signed(), certificate, transport, cipher))
    assert back.status_code == 303, SignInTry.objects.get().detail
    assert User.objects.filter(email="nora@university.example").exists()


def test_what_is_encrypted_has_to_be_signed_too(university: IdentityProvider) -> None:
    """Everybody can encrypt for us: our certificate is public."""
    client = Client()
    certificate = described(university)["encryption"][0]
    state, answer = begin(client, university)
    failed(send(client, university, state, encrypted(answer.tree(), certificate)), "signature")
    state, answer = begin(client, university)
    failed(send(client, university, state, encrypted(answer.signed(by=pair("evil")), certificate)), "signature")
    state, answer = begin(client, university)
    root = answer.tree()
    xslt = "http://www.w3.org/TR/1999/REC-xslt-19991116"
    sign(root.find(f"{A}Assertion"), pair(), extra=xslt)  # a program inside of what is encrypted
    failed(send(client, university, state, encrypted(root, certificate)), "signature")
    assert not User.objects.filter(email="nora@university.example").exists()


def test_what_nobody_can_open_says_no_more_than_a_wrong_signature(university: IdentityProvider) -> None:
    client = Client()
    state, answer = begin(client, university)
    failed(send(client, university, state, encrypted(answer.signed(), pair("another").der)), "signature")
    state, answer = begin(client, university)
    whole = encrypted(answer.signed(), described(university)["encryption"][0])
    start = whole.rindex(b"CipherValue>", 0, whole.rindex(b"CipherValue>")) + 60
    broken = whole[:start] + (b"AAAA" if whole[start : start + 4] != b"AAAA" else b"BBBB") + whole[start + 4 :]
    failed(send(client, university, state, broken), "signature")


def test_the_old_padding_of_rsa_is_refused(university: IdentityProvider) -> None:
    client = Client()
    state, answer = begin(client, university)
    certificate = described(university)["encryption"][0]
    failed(send(client, university, state, encrypted(answer.signed(), certificate, transport="RSA_PKCS1")), "signature")


def test_requests_are_signed_where_the_provider_wants_it(cast: Cast, university: IdentityProvider) -> None:
    plain = parse_qs(urlsplit(Client().get(f"/account/identity/{university.pk}/start")["Location"]).query)
    assert "Signature" not in plain
    provider_change(
        by=cast.owner, provider=university, address="", metadata=b"", groups={}, is_on=True, signs_requests=True
    )
    query = urlsplit(Client().get(f"/account/identity/{university.pk}/start")["Location"]).query
    signed, _, _ = query.partition("&Signature=")
    said = parse_qs(query)
    assert said["SigAlg"] == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
    certificate = x509.load_der_x509_certificate(base64.b64decode(described(university)["signing"][0]))
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(base64.b64decode(said["Signature"][0]), signed.encode(), padding.PKCS1v15(), hashes.SHA256())


def test_metadata_that_wants_signed_requests_switches_it_on(cast: Cast) -> None:
    wants = metadata().replace(b"<m:IDPSSODescriptor ", b'<m:IDPSSODescriptor WantAuthnRequestsSigned="true" ')
    made = provider_create(by=cast.owner, publisher=cast.harbour, name="University", address="", metadata=wants)
    assert made.signs_requests


def test_one_key_pair_follows_another_without_a_gap(cast: Cast, university: IdentityProvider) -> None:
    first = described(university)["signing"]
    own_key_make(by=cast.owner, provider=university)
    both = described(university)
    assert len(first) == 1
    assert set(first) < set(both["signing"])
    assert len(both["signing"]) == len(both["encryption"]) == 2
    second = next(one for one in both["encryption"] if one not in first)
    for certificate in (first[0], second):  # whichever of them the provider has taken
        state, answer = begin(client := Client(), university)
        assert send(client, university, state, encrypted(answer.signed(), certificate)).status_code == 303
    own_key_turn(by=cast.owner, provider=university)
    assert described(university)["signing"] == [second]
    state, answer = begin(client := Client(), university)  # one that was encrypted with the old one still comes
    assert send(client, university, state, encrypted(answer.signed(), first[0])).status_code == 303


def test_two_turns_forget_the_first_pair() -> None:
    kept = [pair_made("House", "current"), pair_made("House", "next")]
    after = turned(kept)
    assert certificates_of(after) == [kept[1]["certificate"]]
    assert [one["state"] for one in turned([*after, pair_made("House", "next")])].count(FORMER) == 1
    assert "PRIVATE KEY" not in str(kept)


def test_staff_make_a_key_pair_and_use_it(cast: Cast, university: IdentityProvider) -> None:
    owner = signed_in(cast.owner)
    page = f"/office/houses/harbour-press/identity/{university.pk}"
    assert "Make the next key pair" in owner.get(page).content.decode()
    assert owner.post(f"{page}/own-key", {"what": "turn"}).status_code == 404
    assert owner.post(f"{page}/own-key", {"what": "make"}).status_code == 303
    assert "Use the next key pair" in owner.get(page).content.decode()
    assert owner.post(f"{page}/own-key", {"what": "turn"}).status_code == 303
    assert "Make the next key pair" in owner.get(page).content.decode()

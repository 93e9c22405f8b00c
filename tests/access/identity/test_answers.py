"""What an identity provider answers is believed if all of it holds; whatever was done to it on its way is refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from lxml import etree
from tests.access.identity.organisation import DS, SIGN_IN, A, Answer, P, metadata, pair, sent, sign

from masthead.access.errors import MetadataUnreadableError
from masthead.access.identity.metadata import metadata_read
from masthead.access.identity.saml import answer_read, metadata_of, request_to
from masthead.access.identity.vouching import Ours, Reason, SignInRefusedError

OURS = Ours("https://read.example/account/identity/p1/metadata.xml", "https://read.example/account/identity/p1/answer")
ASKED = "ONELOGIN_1"
VICTIM = "dean@university.example"


@dataclass
class University:
    entity_id: str
    sign_in_address: str
    certificates: list[str]
    own_keys: list[dict[str, str]] = field(default_factory=list)
    signs_requests: bool = False


def university(*names: str) -> University:
    said = metadata_read(metadata(*(pair(name) for name in names or ("university",))))
    return University(said.entity_id, said.sign_in_address, list(said.certificates))


def answer(**wrong: object) -> Answer:
    return Answer(OURS.entity_id, OURS.answers, **{"request_id": ASKED, **wrong})  # type: ignore[arg-type]


def refused(root: etree._Element | bytes, request_id: str = ASKED) -> Reason:
    with pytest.raises(SignInRefusedError) as caught:
        answer_read(university(), OURS, sent(root), request_id)
    return caught.value.reason


def test_a_right_answer_is_believed() -> None:
    said = answer_read(university(), OURS, sent(answer().signed()), ASKED)
    assert (said.subject, said.attributes) == ("u-77", {"mail": ["nora@university.example"]})
    whole = answer().tree()
    sign(whole, pair())  # the whole answer instead of its assertion
    assert answer_read(university(), OURS, sent(whole), ASKED).subject == "u-77"


def test_an_answer_that_nobody_asked_for_can_be_read_as_such() -> None:
    assert answer_read(university(), OURS, sent(answer(request_id="").signed()), "").subject == "u-77"
    assert refused(answer(request_id="").signed()) == Reason.UNASKED
    assert refused(answer().signed(), request_id="") == Reason.UNASKED


def test_keys_change_while_both_are_in_the_metadata() -> None:
    root = answer().signed(by=pair("next"))
    assert refused(copy.deepcopy(root)) == Reason.SIGNATURE
    assert answer_read(university("university", "next"), OURS, sent(root), ASKED).subject == "u-77"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"audience": "https://other.example/saml"}, Reason.NOT_FOR_US),
        ({"audience": ""}, Reason.NOT_FOR_US),
        ({"recipient": "https://other.example/answer"}, Reason.NOT_FOR_US),
        ({"recipient": OURS.answers + "/more"}, Reason.NOT_FOR_US),
        ({"recipient": ""}, Reason.NOT_FOR_US),
        ({"destination": "https://other.example/answer"}, Reason.NOT_FOR_US),
        ({"destination": OURS.answers + ".evil.example"}, Reason.NOT_FOR_US),
        ({"issuer": "https://other.example/idp"}, Reason.NOT_FOR_US),
        ({"age": timedelta(hours=1)}, Reason.EXPIRED),
        ({"age": timedelta(hours=-1)}, Reason.EXPIRED),
        ({"request_id": "ONELOGIN_2"}, Reason.UNASKED),
        ({"status": "Responder"}, Reason.DENIED),
        ({"subject": ""}, Reason.SIGNATURE),
    ],
)
def test_what_does_not_hold_is_refused(wrong: dict[str, object], reason: Reason) -> None:
    assert refused(answer(**wrong).signed()) == reason


def test_what_is_not_signed_or_not_by_them_is_refused() -> None:
    assert refused(answer().tree()) == Reason.SIGNATURE
    assert refused(answer().signed(by=pair("somebody"))) == Reason.SIGNATURE
    weak = answer().tree()
    sign(weak.find(f"{A}Assertion"), pair(), digest="SHA1")
    assert refused(weak) == Reason.SIGNATURE


def test_one_changed_letter_is_refused() -> None:
    root = answer().signed()
    value = root.find(f".//{A}AttributeValue")
    value.text = VICTIM
    assert refused(root) == Reason.SIGNATURE


def forged_from(assertion: etree._Element, *, keeps_signature: bool = False, new_id: bool = True) -> etree._Element:
    """An assertion that says what the attacker wants."""
    forged = copy.deepcopy(assertion)
    if not keeps_signature:
        forged.remove(forged.find(f"{DS}Signature"))
    if new_id:
        forged.set("ID", "_forged")
    forged.find(f".//{A}NameID").text = VICTIM
    forged.find(f".//{A}AttributeValue").text = VICTIM
    return forged


def whole_signed() -> etree._Element:
    root = answer().tree()
    sign(root, pair())
    return etree.fromstring(etree.tostring(root))


def forged_answer(root: etree._Element) -> etree._Element:
    forged = copy.deepcopy(root)
    forged.remove(forged.find(f"{DS}Signature"))
    forged.set("ID", "_forged_answer")
    forged.find(f".//{A}NameID").text = VICTIM
    return forged


def wrap_1() -> etree._Element:
    """The signed answer hangs below the signature of a forged one."""
    root = whole_signed()
    forged, signature = forged_answer(root), copy.deepcopy(root.find(f"{DS}Signature"))
    root.remove(root.find(f"{DS}Signature"))
    signature.append(root)
    forged.insert(1, signature)
    return forged


def wrap_2() -> etree._Element:
    """The signed answer stands beside its signature in a forged one."""
    root = whole_signed()
    forged, signature = forged_answer(root), copy.deepcopy(root.find(f"{DS}Signature"))
    root.remove(root.find(f"{DS}Signature"))
    forged.insert(1, signature)
    forged.insert(1, root)
    return forged


def wrap_3() -> etree._Element:
    """A forged assertion stands before the signed one."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    signed.addprevious(forged_from(signed))
    return root


def wrap_4() -> etree._Element:
    """The signed assertion is a child of the forged one."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    forged = forged_from(signed)
    root.replace(signed, forged)
    forged.append(signed)
    return root


def wrap_5() -> etree._Element:
    """The forged assertion has the signature, the signed one stands without it at the end."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    forged = forged_from(signed, keeps_signature=True)
    signed.remove(signed.find(f"{DS}Signature"))
    signed.addprevious(forged)
    return root


def wrap_6() -> etree._Element:
    """The signed assertion hangs below the signature of the forged one."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    forged = forged_from(signed, keeps_signature=True)
    root.replace(signed, forged)
    signed.remove(signed.find(f"{DS}Signature"))
    forged.find(f"{DS}Signature").append(signed)
    return root


def wrap_7() -> etree._Element:
    """The signed assertion hides in extensions of the answer."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    signed.addprevious(forged_from(signed))
    hidden = etree.Element(f"{P}Extensions")
    hidden.append(signed)
    root.insert(1, hidden)
    return root


def wrap_8() -> etree._Element:
    """The signed assertion hides in an object of the forged one's signature."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    forged = forged_from(signed, keeps_signature=True)
    root.replace(signed, forged)
    signed.remove(signed.find(f"{DS}Signature"))
    etree.SubElement(forged.find(f"{DS}Signature"), f"{DS}Object").append(signed)
    return root


def same_id_twice() -> etree._Element:
    """Forged and signed have one id, so that the signature may be looked up at the wrong one."""
    root = answer().signed()
    signed = root.find(f"{A}Assertion")
    signed.addprevious(forged_from(signed, keeps_signature=True, new_id=False))
    return root


WRAPPED = [wrap_1, wrap_2, wrap_3, wrap_4, wrap_5, wrap_6, wrap_7, wrap_8, same_id_twice]


@pytest.mark.parametrize("wrapped", WRAPPED, ids=lambda one: one.__name__)
def test_a_signature_cannot_be_wrapped_around_something_else(wrapped: Callable[[], etree._Element]) -> None:
    root = wrapped()
    assert VICTIM.encode() in etree.tostring(root)
    assert refused(root) in (Reason.SIGNATURE, Reason.UNREADABLE)


def test_a_comment_does_not_cut_a_name() -> None:
    """CVE-2017-11427 and its like: signatures do not see comments, so a reader of text must not stop at one."""
    root = answer(subject=f"{VICTIM}.evil.example").signed()
    name = root.find(f".//{A}NameID")
    name.text = VICTIM
    comment = etree.Comment("x")
    comment.tail = ".evil.example"
    name.append(comment)
    assert answer_read(university(), OURS, sent(root), ASKED).subject == f"{VICTIM}.evil.example"


def test_a_transform_that_runs_a_program_is_refused() -> None:
    root = answer().tree()
    sign(root.find(f"{A}Assertion"), pair(), extra="http://www.w3.org/TR/1999/REC-xslt-19991116")
    assert refused(root) == Reason.SIGNATURE
    told = answer().signed()
    told.find(f".//{A}NameID").append(etree.ProcessingInstruction("cut", "here"))
    assert refused(told) == Reason.UNREADABLE


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY x "&a;&a;&a;">]>',
        '<!DOCTYPE p SYSTEM "http://evil.example/p.dtd">',
    ],
)
def test_entities_are_not_read(head: str) -> None:
    text = etree.tostring(answer().signed()).decode()
    entity = "&x;" if "ENTITY x" in head else "u-77"
    assert refused((head + text.replace("u-77", entity)).encode()) == Reason.UNREADABLE
    with pytest.raises(MetadataUnreadableError):
        metadata_read(head.encode() + metadata().replace(SIGN_IN.encode(), entity.encode()))


@pytest.mark.parametrize("rubbish", [b"", b"<a/>", b"not xml", b"<p:Response", b"\x00\xff", b"<a><!-- --></a>"])
def test_rubbish_is_refused_in_words(rubbish: bytes) -> None:
    assert refused(rubbish) in (Reason.UNREADABLE, Reason.SIGNATURE)


@pytest.mark.parametrize(
    "described",
    [
        b"",
        b"<html></html>",
        metadata(address="http://login.university.example/sso"),
        metadata(address="javascript:alert(1)"),
        metadata().replace(pair().der.encode(), b"AAAA"),
        metadata().replace(b"IDPSSODescriptor", b"SPSSODescriptor"),
    ],
)
def test_metadata_that_cannot_be_used_is_refused(described: bytes) -> None:
    with pytest.raises(MetadataUnreadableError):
        metadata_read(described)


def test_we_ask_and_describe_ourselves() -> None:
    address, request_id = request_to(university(), OURS, "key")
    assert address.startswith(f"{SIGN_IN}?SAMLRequest=")
    assert "RelayState=key" in address
    assert request_id
    described = metadata_of(OURS)
    assert OURS.answers.encode() in described
    assert f'entityID="{OURS.entity_id}"'.encode() in described

"""No address leads inside of the network that the house stands in, however it is written and whatever a name says."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.calling.errors import CallRefusedError
from masthead.calling.judging import WEB_PORTS, Place, Rules, hosts_in, place_of, resolved
from masthead.calling.numbers import is_public

INSIDE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("100.100.100.200", "168.63.129.16", "192.0.0.192", "192.88.99.1", "198.18.0.1", "192.0.2.1", "203.0.113.9"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "2606:4700::1111%eth0", "fc00::1", "fd00:ec2::254"),
    *("fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1", "64:ff9b:1::808:808"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:168.63.129.16"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:808:808::1"),
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]


def answering(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> list[str]:
    """Let every name lead to these network addresses; gives the names that are asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def told(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if not host.endswith((".example", ".internal")):
            return real(host, port, *rest, **more)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    return asked


@pytest.mark.parametrize("number", INSIDE)
def test_what_is_inside_is_refused_as_a_number_and_behind_a_name(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_public(number)
    with pytest.raises(CallRefusedError):
        place_of(f"https://[{number}]/" if ":" in number else f"https://{number}/", Rules())
    answering(monkeypatch, number)
    with pytest.raises(CallRefusedError):
        resolved(place_of("https://innocent.example/", Rules()), Rules())
    answering(monkeypatch, "93.184.215.14", number)  # nor when another of its addresses is public
    with pytest.raises(CallRefusedError):
        resolved(place_of("https://innocent.example/", Rules()), Rules())


@pytest.mark.parametrize("number", OUTSIDE)
def test_what_is_outside_is_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("text", ["", "localhost", "not an address", "8.8.8", "08.8.8.8", "134744072"])
def test_what_is_no_network_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(network="10.0.0.0/8"))
def test_no_private_address_hides_in_another(address: Any) -> None:
    number = int(address)
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"::{address}")
    assert not is_public(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1")
    assert not is_public(f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}")


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.1."),
        *(
            "134744072",
            "010.8.8.8",
            "0x8.8.8.8",
            "8.8.8",
            "8.8.8.8.8",
            "evil.1",
            "evil.0x7f",
            "127。0。0。1",
            "①②⑦.0.0.1",
        ),
        *("[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[::ffff:7f00:1]", "[::1%25lo]", "[v1.x]", "[::1"),
        *("0", "0.0.0.0", "256.1.1.1", "a..b", ".", "exa%6dple.org", "127.0.0.1%00.example.org", "a" * 64 + ".org"),
    ],
)
def test_no_way_of_writing_leads_inside(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, "93.184.215.14")
    with pytest.raises(CallRefusedError):
        place_of(f"http://{host}/", Rules())
    assert asked == []


@pytest.mark.parametrize("host", ["localhost", "localhost.", "LOCALHOST", "ｌocalhost"])
def test_the_machine_itself_is_refused_by_all_its_names(host: str) -> None:
    with pytest.raises(CallRefusedError):
        resolved(place_of(f"http://{host}/", Rules()), Rules())


@pytest.mark.parametrize(
    "address",
    [
        *(
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "javascript:alert(1)",
            "example.org",
            "",
        ),
        *("https://", "https:///path", "//example.org/", "https://user:secret@example.org/", "https://@example.org/"),
        *("https://:@example.org/", "https://example.org\\@127.0.0.1/", "https://example.org:99999/"),
        *("https://example.org:0/", "https://example.org/\r\nHost: other", "https://exa mple.org/", "https://[::1/"),
        *("https://example.org:22/", "http://example.org:6379/", "https://example.org/" + "a" * 9000),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(CallRefusedError):
        place_of(address, Rules(ports=WEB_PORTS))


@given(st.text(max_size=80))
def test_any_text_is_a_place_or_refused(text: str) -> None:
    for address in (text, f"https://{text}", f"http://example.org/{text}", f"http://{text}.1/"):
        try:
            place = place_of(address, Rules())
        except CallRefusedError:
            continue
        assert place.host.isascii()
        assert place.path.isascii()
        assert " " not in place.path


def test_a_place_is_what_the_address_says() -> None:
    found = place_of("HTTPS://Bücher.Example.:8443/öffnen?a=b&c=%20#part", Rules())
    assert found == Place("xn--bcher-kva.example", 8443, "/%C3%B6ffnen?a=b&c=%20", True)
    assert place_of("http://8.8.8.8", Rules()) == Place("8.8.8.8", 80, "/", False)
    assert place_of("http://[2606:4700:0::1111]/", Rules()).host == "2606:4700::1111"


def test_https_alone_may_be_asked_for_and_operators_allow_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Rules(is_secure_only=True, ports=WEB_PORTS, allowed_hosts=hosts_in("Shop.Internal., 10.0.0.7,::1 ,"))
    answering(monkeypatch, "10.0.0.7")
    assert resolved(place_of("http://shop.internal.:9000/", rules), rules).numbers == ("10.0.0.7",)
    assert place_of("http://10.0.0.7/", rules).host == "10.0.0.7"
    assert place_of("http://[::1]/", rules).host == "::1"
    for other in ("http://example.org/", "https://10.0.0.8/", "https://example.org:9000/"):
        with pytest.raises(CallRefusedError):
            place_of(other, rules)
    with pytest.raises(CallRefusedError):
        resolved(place_of("https://under.shop.internal/", rules), rules)

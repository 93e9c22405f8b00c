"""Which programs are robots, which devices are which, and in which country an address is, by a database made here."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from masthead.statistics.countries import country_of
from masthead.statistics.devices import device_of, is_program


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari", "phone"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1", "tablet"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "computer"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari", "computer"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "computer"),
        ("Mozilla/5.0 (PlayStation 5) AppleWebKit/605.1.15", "other"),
    ],
)
def test_devices(agent: str, device: str) -> None:
    assert device_of(agent) == device
    assert not is_program(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.9.0",
        "Wget/1.21",
        "python-requests/2.32",
        "Googlebot/2.1",
        "ClaudeBot/1.0",
        "GPTBot/1.2",
        "bingbot/2.0",
    ],
)
def test_programs(agent: str) -> None:
    assert is_program(agent)


def database(countries: dict[str, str]) -> bytes:
    """A file in MaxMind's format for networks of IPv4, written by its specification (version 2.0)."""
    nodes: list[list[int | str | None]] = [[None, None]]
    for network, code in countries.items():
        parsed = ipaddress.ip_network(network)
        bits = f"{int(parsed.network_address):032b}"[: parsed.prefixlen]
        at = 0
        for bit in map(int, bits[:-1]):
            if nodes[at][bit] is None:
                nodes.append([None, None])
                nodes[at][bit] = len(nodes) - 1
            following = nodes[at][bit]
            assert isinstance(following, int)
            at = following
        nodes[at][int(bits[-1])] = code

    def text(value: str) -> bytes:
        return bytes([(2 << 5) | len(value)]) + value.encode()

    def whole(number: int, kind: int) -> bytes:  # 5: 16 bits, 6: 32 bits
        data = number.to_bytes(4, "big").lstrip(b"\0")
        return bytes([(kind << 5) | len(data)]) + data

    def mapping(pairs: dict[str, bytes]) -> bytes:
        return bytes([(7 << 5) | len(pairs)]) + b"".join(text(name) + value for name, value in pairs.items())

    data, places = b"", {}
    for code in dict.fromkeys(countries.values()):
        places[code] = len(data)
        data += mapping({"country": mapping({"iso_code": text(code)})})
    tree = b""
    for node in nodes:
        for side in node:
            number = len(nodes) if side is None else side if isinstance(side, int) else len(nodes) + 16 + places[side]
            tree += number.to_bytes(3, "big")
    array = bytes([0, 4])  # no languages
    meta = {
        "node_count": whole(len(nodes), 6),
        "record_size": whole(24, 5),
        "ip_version": whole(4, 5),
        "database_type": text("Country"),
        "languages": array,
        "binary_format_major_version": whole(2, 5),
        "binary_format_minor_version": whole(0, 5),
        "build_epoch": bytes([8, 2]) + (1_700_000_000).to_bytes(8, "big"),
        "description": mapping({}),
    }
    return tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + mapping(meta)


def use(settings: object, path: Path) -> None:
    settings.MASTHEAD = django_settings.MASTHEAD.model_copy(update={"countries": path})  # type: ignore[attr-defined]


def test_countries_by_the_operators_database(tmp_path: Path, settings: object) -> None:
    assert country_of("198.51.100.7") == ""
    path = tmp_path / "countries.mmdb"
    path.write_bytes(database({"198.51.100.0/24": "DE", "203.0.113.0/25": "EG"}))
    use(settings, path)
    assert [country_of(f"198.51.100.{last}") for last in (0, 255)] == ["DE", "DE"]
    assert (country_of("203.0.113.5"), country_of("203.0.113.200"), country_of("192.0.2.1")) == ("EG", "", "")
    assert country_of("2001:db8::1") == country_of("no address") == country_of("") == ""


def test_a_new_database_is_read_and_a_broken_one_counts_as_none(tmp_path: Path, settings: object) -> None:
    path = tmp_path / "countries.mmdb"
    use(settings, path)
    assert country_of("198.51.100.7") == ""
    path.write_bytes(b"nothing of the kind")
    assert country_of("198.51.100.7") == ""
    fresh = tmp_path / "fresh.mmdb"
    fresh.write_bytes(database({"198.51.100.0/24": "AT"}))
    fresh.rename(path)
    assert country_of("198.51.100.7") == "AT"

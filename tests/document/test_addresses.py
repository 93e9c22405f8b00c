"""Which addresses may become links."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.addresses import safe_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("www.example.org", "https://www.example.org"),
        ("editor@example.org", "mailto:editor@example.org"),
        ("mailto:editor@example.org?subject=Hello", "mailto:editor@example.org?subject=Hello"),
        ("tel:+44 (1632) 960-118", "tel:+441632960118"),
        ("HTTPS://Example.org/", "https://Example.org/"),
        ("https://müller.example/straße", "https://müller.example/straße"),
    ],
)
def test_good_addresses_pass(address: str, expected: str) -> None:
    assert safe_address(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "java\u200bscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://example.org",
        "https:example.org",
        "https:///x",
        "http://exa\\mple.org",
        "mailto:",
        "mailto:not an address",
        "tel:12",
        "example",
        "https://example.org:99999/",
    ],
)
def test_all_others_die(address: str) -> None:
    assert safe_address(address) is None


@given(st.text(max_size=80) | st.from_regex(r"\A(https?|mailto|tel|javascript|data):[ -~]{0,60}\Z"))
def test_whatever_passes_has_a_safe_scheme_and_cannot_leave_an_attribute(address: str) -> None:
    result = safe_address(address)
    if result is not None:
        assert urlsplit(result).scheme in ("http", "https", "mailto", "tel")
        assert not set(result) & set('"<>\\ \n\t')
        assert safe_address(result) == result

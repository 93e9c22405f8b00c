"""Corrections as JSON: each kind comes back as it was, and what does not fit is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.corrections import (
    KINDS,
    BlockOrder,
    BlockPlace,
    Contents,
    ContentsLine,
    Correction,
    PageArrangement,
    PagePiece,
    PagePlace,
    from_json,
    to_json,
)
from masthead.document.geometry import Box

TENTHS = st.integers(0, 9000).map(lambda number: number / 10)
BOXES = st.builds(Box, TENTHS, TENTHS, TENTHS, TENTHS)
st.register_type_strategy(Box, BOXES)
LINES = st.recursive(
    st.builds(ContentsLine, st.text(), st.none() | st.builds(PagePlace)),
    lambda inner: st.builds(ContentsLine, st.text(), st.none(), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)
st.register_type_strategy(ContentsLine, LINES)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_comes_back_as_it_was(kind: type[Correction]) -> None:
    @given(st.builds(kind))
    def check(correction: Correction) -> None:
        assert from_json(json.loads(json.dumps(to_json(correction)))) == correction

    check()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": 1, "kind": "of another world"},
        {"version": 2, "kind": "cover_page", "page": {"number": 1, "words": ""}},
        {"version": 1, "kind": "cover_page", "page": {"number": "1", "words": ""}},
        {"version": 1, "kind": "cover_page", "page": {"number": 1, "words": "", "more": 1}},
        {"version": 1, "kind": "cover_page"},
        {"version": 1, "kind": "block_order", "page": {"number": 1}, "blocks": {}},
        {"version": 1, "kind": "block_hidden", "at": {"page": 1, "box": [1, 2], "words": ""}},
    ],
)
def test_what_does_not_fit_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_json(data)


def test_the_format_of_a_correction() -> None:
    order = BlockOrder(PagePlace(3, "First words"), (BlockPlace(3, Box(1.04, 2, 3, 4), "Words"),))
    assert to_json(order) == {
        "version": 1,
        "kind": "block_order",
        "page": {"number": 3, "words": "First words"},
        "blocks": [{"page": 3, "box": [1.0, 2, 3, 4], "words": "Words"}],
    }
    nested = Contents((ContentsLine("One", PagePlace(1), (ContentsLine("Two", None),)),))
    assert to_json(nested)["lines"][0]["children"][0] == {"title": "Two", "page": None, "children": []}
    assert to_json(PageArrangement("a" * 64, (PagePiece(2, "first"),)))["pages"][0]["half"] == "first"

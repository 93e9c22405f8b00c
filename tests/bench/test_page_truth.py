"""The truth about pages holds together: parts that exist, boxes on the sheet, no more words than are needed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from masthead.document.text import Role

_FILES = sorted((Path(__file__).parents[2] / "bench/truth/pages").glob("*.json"))
_MOST_WORDS = 14  # for what stands for a block; a whole headline may be one


def test_half_of_the_pages_are_held_out() -> None:
    splits = Counter(json.loads(file.read_text(encoding="utf-8"))["split"] for file in _FILES)

    assert set(splits) == {"develop", "held-out"}
    assert min(splits.values()) >= 15


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_a_page_names_parts_and_places_that_exist(file: Path) -> None:
    page = json.loads(file.read_text(encoding="utf-8"))
    width, height = page["size"]
    parts = {block["part"] for block in page["blocks"]}

    assert set(page.get("anywhere", ())) <= parts
    assert all(set(pair) <= parts and len(set(pair)) == 2 for pair in page.get("either", ()))
    for entry in [*page["blocks"], *page.get("furniture", ()), *page.get("loose", ())]:
        x0, y0, x1, y1 = entry["box"]
        assert -2 <= x0 < x1 <= width + 2, entry
        assert -2 <= y0 < y1 <= height + 2, entry
        assert max(len(entry.get(key, "").split()) for key in ("first", "last")) <= _MOST_WORDS, entry
    for block in page["blocks"]:
        assert set(block["role"].split("/")) <= set(Role), block
        assert block["letters"] > 0, block

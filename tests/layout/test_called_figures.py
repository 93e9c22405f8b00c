"""Figures at the head of a page wait for the paragraph that calls them."""

from __future__ import annotations

import pytest
from tests.setting import Sheet, understood


def _page(*, caption: str, call: str, above: bool = True) -> str:
    sheet = Sheet()
    if above:
        sheet.put("wick", 7).put("oil chamber", 7).put(caption, 8)
        sheet.y += 30
    sheet.prose("rope", lines=6)
    sheet.put(f"The lamp burns oil, which its wick draws from below ({call}), all the night.", 10)
    sheet.prose("stone", "salt", lines=6, gap=14)
    if not above:
        sheet.y += 30
        sheet.put(caption, 8)
    return " ".join(block.text for block in understood(sheet.prose("end", lines=2, gap=40)).blocks[1])


@pytest.mark.parametrize(
    ("caption", "call"),
    [
        ("Figure 5.3 A lamp and its parts", "see Figure 5.3"),
        ("Abb. 2: Die Lampe", "siehe Abb. 2"),
        ("Table 4. Oil", "Table 4"),
    ],
)
def test_a_figure_follows_the_paragraph_that_calls_it(caption: str, call: str) -> None:
    said = _page(caption=caption, call=call)
    assert said.index("Rope 0") < said.index("The lamp burns") < said.index("oil chamber") < said.index(caption)
    assert said.index(caption) < said.index("Stone 0")


def test_a_figure_that_nothing_calls_or_that_comes_later_stays() -> None:
    alone = _page(caption="Figure 5.3 A lamp and its parts", call="see Figure 5.4")
    assert alone.index("Figure 5.3 A lamp") < alone.index("Rope 0")
    later = _page(caption="Figure 5.3 A lamp and its parts", call="see Figure 5.3", above=False)
    assert later.index("Salt 0") < later.index("Figure 5.3 A lamp")

"""Numbers and letters that begin entries, and those that only stand at the beginning of a line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.setting import FONTS, MONO, Sheet, line, understood

from masthead.document.text import Line, Role
from masthead.layout.numbering import counted_markers
from masthead.layout.paragraphs import group_lines


def _column(*texts: str) -> list[Line]:
    """Lines of one column, on one edge."""
    return [line(text, 50, 100 + 12 * at) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (("[1] Lee. On lamps.", "[2] Roe. On oil."), [0, 1]),
        (("[9] Lee. On lamps.", "and their wicks.", "[10] Roe. On oil."), [0, 2]),
        (("A. Lamps: what burns.", "B. Oil: what feeds.", "C. Wicks: what draws."), [0, 1, 2]),
        (("(ii) lamps", "(iii) oil", "(iv) wicks"), [0, 1, 2]),
        (("so it is said in", "[12] and also in", "[7] by others"), []),
        (("A. Lee and her", "sister said to", "B. Roe that oil"), []),
        (("A. Lee, keeper", "C. Roe, keeper", "D. Fox, keeper"), []),
    ],
)
def test_what_counts_on_begins_entries(texts: Sequence[str], places: list[int]) -> None:
    assert list(counted_markers(_column(*texts))) == places


def test_an_entry_alone_is_known_by_the_lines_below_it() -> None:
    first = line("[41] Lee. On lamps and what", 50, 100)
    below = line("feeds them.", first.words[1].box.x0, 112)
    assert counted_markers([first, below]) == {0: "[41]"}
    assert not counted_markers([first, line("feeds them.", 50, 112)])


def test_an_address_in_another_face_stays_in_its_entry() -> None:
    edge = line("[1] Lee", 50, 100).words[1].box.x0
    entries = [
        line("[1] Lee. On lamps.", 50, 100),
        line("example.org/lamps/.", edge, 112, font=MONO),
        line("[2] Roe. On oil.", 50, 124),
    ]
    groups = group_lines(entries, FONTS)
    assert [(group.marker, len(group.lines)) for group in groups] == [("[1]", 2), ("[2]", 1)]


def test_a_sign_inside_a_bracket_begins_no_item() -> None:
    texts = ("No one can say for sure what the lamp (see", "• Figure 7 for a brief view) has to do with it.")
    assert len(group_lines(_column(*texts), FONTS)) == 1


def test_entries_of_contents_are_items_with_their_page() -> None:
    sheet = Sheet().put("Lamps", 30)
    for at, title in enumerate(("Lamps", "Oil", "Wicks")):
        sheet.put(f"{'ABC'[at]}. {title} . . . . . . . . . . . . {at + 4}", 10)
    text = understood(sheet.prose("oil"))
    items = [block for block in text.blocks[1] if block.role is Role.LIST_ITEM]
    dots = " . . . . . . . . . . . . "
    assert [(block.marker, *block.text.split(dots)) for block in items] == [
        ("A.", "Lamps", "4"),
        ("B.", "Oil", "5"),
        ("C.", "Wicks", "6"),
    ]

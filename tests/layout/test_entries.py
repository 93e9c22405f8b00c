"""Entries of contents keep their page numbers, and headings the numbers that hang before them."""

from __future__ import annotations

from tests.setting import BOLD, Sheet, block, line, understood

from masthead.document.text import Line, Role
from masthead.layout.hanging_numbers import with_hanging_numbers
from masthead.layout.leaders import with_their_numbers
from masthead.layout.leading_numbers import with_leading_numbers
from masthead.layout.measures import text_of


def _contents(*entries: tuple[str, str], right: float = 400) -> list[Line]:
    """Titles at the left and numbers flush right, each pair on one height; all titles come first in the stream."""
    titles = [line(title, 50, 100 + 16 * at) for at, (title, _) in enumerate(entries)]
    numbers = [line(number, right - 5 * len(number), 100 + 16 * at) for at, (_, number) in enumerate(entries)]
    return [*titles, *numbers]


def test_numbers_that_rise_belong_to_their_entries() -> None:
    found = with_their_numbers(_contents(("The harbour at night", "4"), ("A letter", "12"), ("Weather", "15")))
    assert [text_of(one) for one in found] == ["The harbour at night 4", "A letter 12", "Weather 15"]


def test_dots_lead_to_a_number_whatever_the_others_are() -> None:
    found = with_their_numbers(_contents(("File the form . . . . .", "30"), ("Keep a copy . . . . .", "8")))
    assert [text_of(one) for one in found] == ["File the form . . . . . 30", "Keep a copy . . . . . 8"]


def test_chapters_without_dots_have_the_numbers_of_the_column_in_which_the_dots_of_others_end() -> None:
    rows = _contents(("One chapter", "4"), ("Its end . . . . .", "4"), ("Two . . . . .", "4"), ("Three . . . .", "4"))
    assert text_of(with_their_numbers(rows)[0]) == "One chapter 4"
    joined = line("Four . . . . . 4", 50, 200)
    led = [joined, line("Five . . . . . 4", 50, 216)]
    edge = joined.box.x1
    mixed = _contents(("One chapter", "4"), ("Two . . . . .", "4"), right=edge) + led
    assert text_of(with_their_numbers(mixed)[0]) == "One chapter 4"


def test_figures_of_a_table_stay_apart() -> None:
    rows = _contents(("Bread", "40"), ("Butter", "12"), ("Milk", "31"))
    assert with_their_numbers(rows) == rows


def test_a_number_that_hangs_before_a_heading_is_part_of_it() -> None:
    text = [line("Running text that fills the measure of the column", 50, 60 + 12 * at) for at in range(4)]
    tab = [line(f"item at the tab {at}", 66, 130 + 12 * at) for at in range(3)]
    number, head = line("2", 50, 112), line("Topics", 66, 112)
    found = with_hanging_numbers([*text, number, *tab, head])
    assert [text_of(one) for one in found if one.box.y0 == 112] == ["2 Topics"]


def test_a_number_at_the_end_of_a_column_is_not_part_of_the_next_one() -> None:
    left = [line("Running text of the column", 50, 60 + 12 * at) for at in range(4)]
    right = [line("Text of the other column", 200, 60 + 12 * at) for at in range(4)]
    alone = line("7", 180, 84)
    assert with_hanging_numbers([*left, *right, alone]) == [*left, *right, alone]


def test_contents_in_small_type_are_no_notes() -> None:
    sheet = Sheet().prose("alpha", "beta").column(50, 500)
    for title, page in (("1 A first entry", "2"), ("2 A second entry", "5"), ("3 A third entry", "9")):
        sheet.put(f"{title} . . . . . . {page}", size=8)
    sheet.column(330, 60).prose("gamma1", "delta2", "epsilon3", lines=12)
    said = [block.text.split()[0].lower() for block in understood(sheet).blocks[1]]
    assert said[0] == "alpha"
    assert said[-3:] == ["gamma1", "delta2", "epsilon3"]


def _leading(*entries: tuple[str, str], at: float = 20) -> list[Line]:
    """Numbers at the left, each beside the middle of an entry of two lines at a tab."""
    found = []
    for row, (number, title) in enumerate(entries):
        y = 100 + 40 * row
        found += [line(number, at, y + 6), line(title, 60, y), line("and who tells it", 60, y + 12)]
    return found


def test_page_numbers_before_entries_are_part_of_their_first_line() -> None:
    found = with_leading_numbers(
        _leading(("4", "The harbour"), ("9", "A letter"), ("12", "Weather"), ("31", "The last page"))
    )
    assert [text_of(one) for one in found if "who" not in text_of(one)] == [
        "4 The harbour",
        "9 A letter",
        "12 Weather",
        "31 The last page",
    ]


def test_numbers_that_only_count_or_go_back_stay_apart() -> None:
    counted = _leading(("1", "Bread"), ("2", "Butter"), ("3", "Milk"), ("4", "Eggs"))
    prices = _leading(("40", "Bread"), ("12", "Butter"), ("31", "Milk"), ("90", "Eggs"))
    assert with_leading_numbers(counted) == counted
    assert with_leading_numbers(prices) == prices


def test_contents_are_a_list() -> None:
    contents = Sheet().put("Contents", 20)
    titles = ("The harbour", "The lamp", "The keeper", "The sea")
    for at, title in enumerate(titles, start=2):
        contents.put(f"{title} . . . . . . {at}")
    text = understood(contents, *[Sheet().put(title, 20).prose(title.split()[1]) for title in titles])
    entries = [one for one in text.blocks[1] if one.role is Role.LIST_ITEM]
    assert [one.text for one in entries] == [f"{title} . . . . . . {at}" for at, title in enumerate(titles, start=2)]


def test_what_dots_lead_to_an_address_is_an_entry_of_its_own() -> None:
    sheet = Sheet().put("Useful places", 20).prose("oil")
    entries = [f"The {name} house ........ {name}.example.org" for name in ("lamp", "boat", "rope")]
    for entry in entries:
        sheet.put(entry, gap=0)
    said = [one.text for one in understood(sheet.prose("wick")).blocks[1]]
    assert said[2:5] == entries


def test_a_numbered_heading_goes_on_below_its_words() -> None:
    sheet = (
        Sheet().put("The lamp is on", 30, BOLD).prose("oil", "wick").put("2.1 The goals of the work that", 10, BOLD, 14)
    )
    sheet.lines.append(line("keepers do in winter", 70, sheet.y, 10, BOLD))
    sheet.y += 12
    found = block(understood(sheet.prose("rope", gap=2)), "2.1 The goals")
    assert (found.role, found.text) == (Role.HEADING, "2.1 The goals of the work that keepers do in winter")

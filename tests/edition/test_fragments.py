"""The HTML of a page: semantic, escaped, in reading order."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Block, Join, Line, Role, Word
from masthead.edition.fragments import page_fragment, page_plain_text


def words(text: str, y: float = 0.0) -> tuple[Word, ...]:
    """Words ten points apart, each nine wide."""
    return tuple(Word(word, Box(i * 10, y, i * 10 + 9, y + 8), 8, 0) for i, word in enumerate(text.split()))


def block(text: str, role: Role = Role.PARAGRAPH, **more: object) -> Block:
    row = words(text)
    box = Box(0, 0, max(1, len(row)) * 10, 8)
    values: dict[str, object] = {"id": "p1-b1", "page": 1, "lines": (Line(box, row),), "text": text, **more}
    return Block(role=role, box=box, **values)  # type: ignore[arg-type]


def test_headings_start_below_the_page_title() -> None:
    assert page_fragment([block("News", Role.HEADING, level=1)], []) == '<h2 data-block="p1-b1">News</h2>\n'


def test_a_kicker_is_no_heading_of_the_page() -> None:
    kicker = block("ENGINEERING", Role.HEADING, level=3, article="a1")
    title = block("The light on the rock", Role.HEADING, level=1, article="a1", id="p1-b2")
    assert page_fragment([kicker, title], []) == (
        '<p class="kicker" data-block="p1-b1">ENGINEERING</p>\n<h2 data-block="p1-b2">The light on the rock</h2>\n'
    )


def test_list_items_become_one_list() -> None:
    items = [block("one", Role.LIST_ITEM, marker="•"), block("two", Role.LIST_ITEM, marker="•"), block("end")]
    html = page_fragment(items, [])
    assert html.count("<ul>") == html.count("</ul>") == 1
    assert html.index("</ul>") < html.index("<p")


def test_numbered_items_keep_their_numbers() -> None:
    html = page_fragment([block("ready", Role.LIST_ITEM, marker="3.")], [])
    assert '<ol>\n<li data-block="p1-b1" value="3">ready</li>\n</ol>' in html


@pytest.mark.parametrize(
    ("markers", "tag", "values"),
    [
        (("[9]", "[10]"), "<ol>", (9, 10)),
        (("(1)", "(2)"), "<ol>", (1, 2)),
        (("c)", "d)"), '<ol type="a">', (3, 4)),
        (("A.", "B."), '<ol type="A">', (1, 2)),
        (("(iii)", "(iv)"), '<ol type="i">', (3, 4)),
    ],
)
def test_items_are_counted_as_they_are_printed(markers: tuple[str, str], tag: str, values: tuple[int, int]) -> None:
    html = page_fragment([block("so", Role.LIST_ITEM, marker=marker) for marker in markers], [])
    assert html.startswith(tag)
    assert [f'value="{value}"' in html for value in values] == [True, True]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("The harbour . . . . . . . . 12", "The harbour 12"),
        ("The harbour ............ 12 The lamp .......13", "The harbour 12 The lamp 13"),
        ("The lamp..............................9", "The lamp 9"),
        ("The lamp ………… 9", "The lamp 9"),
        ("And then . . . nothing... or so....", "And then . . . nothing... or so...."),
        ("Name: ____________", "Name: ____________"),
    ],
)
def test_dots_that_lead_to_a_number_are_not_shown(printed: str, shown: str) -> None:
    link = Link(1, Box(0, 0, 5, 5), LinkKind.WEB, "https://example.org/", "annotation")
    entry = block(printed)
    assert f">{shown}</p>" in page_fragment([entry], [])
    assert page_plain_text([entry]) == f"{shown}\n"
    linked = page_fragment([entry], [link])
    assert re.sub("<[^>]*>", "", linked).split() == shown.split()


def test_deeper_items_stand_in_a_list_inside_their_item() -> None:
    shape = (("1.", 1), ("•", 2), ("•", 2), ("2.", 1))
    items = [
        block(f"item{at}", Role.LIST_ITEM, marker=marker, level=level, id=f"p1-b{at}")
        for at, (marker, level) in enumerate(shape)
    ]
    assert page_fragment(items, []) == (
        '<ol>\n<li data-block="p1-b0" value="1">item0\n<ul>\n<li data-block="p1-b1">item1</li>\n'
        '<li data-block="p1-b2">item2</li>\n</ul>\n</li>\n<li data-block="p1-b3" value="2">item3</li>\n</ol>\n'
    )


def test_a_list_that_begins_inside_goes_out_again() -> None:
    items = [block("in", Role.LIST_ITEM, marker="–", level=2), block("out", Role.LIST_ITEM, marker="•", level=1)]
    html = page_fragment(items, [])
    assert html.count("<ul>") == html.count("</ul>") == 2
    assert html.index("</ul>") < html.index("out")


def test_furniture_is_left_out() -> None:
    page = [block("12", Role.FOLIO), block("The Quarterly", Role.RUNNING_HEAD), block("Body")]
    assert page_fragment(page, []) == '<p data-block="p1-b1">Body</p>\n'
    assert page_plain_text(page) == "Body\n"


def test_words_under_a_link_are_one_anchor() -> None:
    link = Link(1, Box(10, 0, 29, 8), LinkKind.WEB, "https://example.org/?a=1&b=2", "annotation")
    html = page_fragment([block("see our site today")], [link])
    assert 'see <a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow">our site</a> today' in html


def test_links_to_pages_are_left_to_the_frame() -> None:
    link = Link(1, Box(0, 0, 9, 8), LinkKind.PAGE, "12", "text")
    assert '<a href="page:12">turn</a> now' in page_fragment([block("turn now")], [link])


def test_a_hyphen_of_the_line_break_is_dropped_inside_links() -> None:
    row = (
        Word("inno-", Box(0, 0, 9, 8), 8, 0, join=Join.HYPHEN),
        Word("vation", Box(0, 10, 9, 18), 8, 0),
    )
    text = Block("p1-b1", 1, Role.PARAGRAPH, Box(0, 0, 9, 18), (Line(Box(0, 0, 9, 18), row),), "innovation")
    link = Link(1, Box(0, 0, 9, 18), LinkKind.MAIL, "mailto:a@example.org", "text")
    assert ">innovation</a>" in page_fragment([text], [link])


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_from_a_pdf_is_never_markup(text: str) -> None:
    tags = _Tags()
    tags.feed(page_fragment([block(text)], []))
    tags.close()
    assert tags.names <= {"p"}
    assert tags.text.strip("\n") == text.strip("\n") or tags.text.removesuffix("\n") == text

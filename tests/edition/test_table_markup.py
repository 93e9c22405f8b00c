"""Tables as HTML and as plain text."""

from __future__ import annotations

from xml.etree import ElementTree

from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Block, Cell, Line, Role, Table, Word
from masthead.edition.fragments import page_fragment, page_plain_text


def _table(texts: list[tuple[int, int, int, int, bool, str]], rows: int, columns: int) -> Block:
    cells, lines, count = [], [], 0
    for row, column, tall, wide, header, text in texts:
        words = tuple(
            Word(word, Box(column * 50 + at * 10, row * 10, column * 50 + at * 10 + 9, row * 10 + 8), 8, 0)
            for at, word in enumerate(text.split())
        )
        cells.append(Cell(row, column, tall, wide, header, count, count + len(words)))
        lines.append(Line(words[0].box, words))
        count += len(words)
    joined = " ".join(text for *_, text in texts)
    table = Table(rows, columns, tuple(cells))
    return Block("p1-b2", 1, Role.TABLE, Box(0, 0, 200, 100), tuple(lines), joined, table=table)


_SHOP = _table(
    [
        (0, 1, 1, 2, True, "Releases"),
        (1, 1, 1, 1, True, "air"),
        (1, 2, 1, 1, True, "water"),
        (2, 0, 1, 1, True, "Tea & <oil>"),
        (2, 2, 1, 1, False, "12"),
        (3, 0, 1, 1, True, "Salt"),
        (3, 1, 1, 1, False, "7"),
    ],
    4,
    3,
)


def _parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def test_heads_have_their_scope_and_spans() -> None:
    tree = _parsed(page_fragment([_SHOP], []))
    heads = [(th.get("scope"), th.get("colspan"), th.text) for th in tree.iter("th")]
    assert heads == [
        ("colgroup", "2", "Releases"),
        ("col", None, "air"),
        ("col", None, "water"),
        ("row", None, "Tea & <oil>"),
        ("row", None, "Salt"),
    ]
    assert len(tree.findall(".//thead/tr")) == 2


def test_every_row_is_as_wide_as_the_table() -> None:
    tree = _parsed(page_fragment([_SHOP], []))
    assert [sum(int(cell.get("colspan", 1)) for cell in row) for row in tree.iter("tr")] == [3, 3, 3, 3]
    third = [cell.text or "" for cell in tree.findall(".//tbody/tr")[0]]
    assert third == ["Tea & <oil>", "", "12"]


def test_a_cell_over_rows_takes_its_place_in_the_rows_below() -> None:
    block = _table([(0, 0, 2, 1, False, "both"), (0, 1, 1, 1, False, "1"), (1, 1, 1, 1, False, "2")], 2, 2)
    rows = [[cell.text for cell in row] for row in _parsed(page_fragment([block], [])).iter("tr")]
    assert rows == [["both", "1"], ["2"]]


def test_a_wide_table_scrolls_by_keyboard_and_has_the_name_of_its_caption() -> None:
    caption = Block("p1-b1", 1, Role.CAPTION, Box(0, 0, 9, 9), (), 'Table 1. "Salt" & tea')
    region = _parsed(page_fragment([caption, _SHOP], [])).find(".//div[@role='region']")
    assert region is not None
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", 'Table 1. "Salt" & tea')
    alone = _parsed(page_fragment([_SHOP], [])).find(".//div[@role='region']")
    assert alone is not None
    assert alone.get("aria-label") == "Releases, air, water"


def test_links_live_inside_their_cell() -> None:
    link = Link(1, Box(100, 20, 120, 28), LinkKind.WEB, "https://example.org/", "annotation")
    assert '<td><a href="https://example.org/" rel="noopener nofollow">12</a></td>' in page_fragment([_SHOP], [link])


def test_plain_text_has_a_row_a_line() -> None:
    assert page_plain_text([_SHOP]) == "\tReleases\n\tair\twater\nTea & <oil>\t\t12\nSalt\t7\n"

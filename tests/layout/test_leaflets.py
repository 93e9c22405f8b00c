"""Leaflets of one folded sheet, and cards that stand side by side."""

from __future__ import annotations

from tests.setting import FONTS, Sheet, line, understood

from masthead.document.text import Line, PageLines
from masthead.layout.leaflets import panels_of
from masthead.layout.reading import read

WIDTH, HEIGHT = 840.0, 595.0


def _panel(name: str, place: int) -> list[Line]:
    return [line(f"{name} {at} said what the others knew.", 280 * place + 20, 60 + 12 * at) for at in range(12)]


def _leaflet(title: float = 30, over_the_fold: bool = False) -> list[PageLines]:
    cover = [line("The lamp", 590, 80, title), line("is on", 590, 120, title), line("Lee & Roe, keepers", 590, 500)]
    outside = [*_panel("flap", 0), *_panel("back", 1), *cover]
    inside = [*_panel("one", 0), *_panel("two", 1), *_panel("three", 2)]
    if over_the_fold:
        inside = [line("a line that runs over the fold of the sheet and on", 150, 60 + 12 * at) for at in range(30)]
    return [
        PageLines(number, WIDTH, HEIGHT, tuple(lines), FONTS, ())
        for number, lines in enumerate((outside, inside), start=1)
    ]


def test_the_cover_of_a_leaflet_is_read_first() -> None:
    text = read(_leaflet())
    said = " ".join(block.text for block in text.blocks[1])
    assert said.index("The lamp") < said.index("flap 0") < said.index("back 0")
    assert " ".join(block.text for block in text.blocks[2]).startswith("one 0")


def test_two_wide_pages_are_no_leaflet_without_a_title_or_folds() -> None:
    assert panels_of(_leaflet())[1] == ((560, 840), (0, 280), (280, 560))
    assert not panels_of(_leaflet(title=11))
    assert not panels_of(_leaflet(over_the_fold=True))
    assert not panels_of(_leaflet()[:1])
    assert not panels_of(_leaflet(), right_to_left=True)  # there the cover stands at the left


def test_cards_of_people_are_read_one_after_the_other() -> None:
    sheet = Sheet().put("The lamp is on", 30)
    for x, name in ((60.0, "lee"), (330.0, "roe")):
        rows = (f"{name}@example.org", "Lamp works", f"{name} town", f"{name} land")
        sheet.lines += [line(said, x, 120 + 12 * at) for at, said in enumerate(rows)]
    sheet.y = 200
    said = " ".join(block.text for block in understood(sheet.prose("oil")).blocks[1])
    assert said.index("lee land") < said.index("roe@example.org")


def _sheets(*, gutter: float = 60.0, width: float = 1190.0) -> list[PageLines]:
    """A sheet with two pages of two columns, whose stories are short: cut by height they would be read across."""
    inner = (width / 2 - gutter - 30) / 2
    lines = []
    for side, left in (("left", 30.0), ("right", width / 2 + gutter / 2)):
        for column in range(2):
            x = left + column * (inner + 14)
            lines += [line(f"{side}{column} {at} told of the sea", x, 60 + 12 * at) for at in range(20)]
    return [PageLines(1, width, 842.0, tuple(lines), FONTS, ())]


def test_two_pages_on_a_sheet_are_read_one_after_the_other() -> None:
    assert panels_of(_sheets()) == {1: ((0.0, 595.0), (595.0, 1190.0))}
    assert panels_of(_sheets(), right_to_left=True) == {1: ((595.0, 1190.0), (0.0, 595.0))}
    assert not panels_of(_sheets(gutter=14.0))  # a gutter like any other
    assert not panels_of(_sheets(width=1000.0))

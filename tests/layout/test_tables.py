"""Tables: what is one, what is none, and where its cells are."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.document.geometry import Box, union_of
from masthead.document.text import Cell, Font, Line, PageLines, Role, Shape, Word
from masthead.layout.reading import read
from masthead.layout.tables import FoundTable, find_tables, without_tables
from masthead.layout.tables.lists_beside import without_lists
from masthead.layout.tables.pieces import pieces_of

_FONTS = (Font("Frutiger", False, False, False, False), Font("Frutiger-Bold", True, False, False, False))
_PRICES = [
    ["Item", "Width", "Depth", "Price"],
    ["Dining table", "180", "90", "1,240"],
    ["Side chair", "48", "52", "310"],
    ["Folding bench", "140", "38", "495"],
    ["Serving cart", "66", "50", "620"],
    ["Sun lounger", "200", "70", "890"],
]


def _line(text: str, x: float, y: float, *, font: int = 0, size: float = 9.0) -> Line:
    words, at = [], x
    for word in text.split():
        width = len(word) * size * 0.5
        words.append(Word(word, Box(at, y, at + width, y + size), size, font))
        at += width + size * 0.28
    return Line(union_of(word.box for word in words), tuple(words))


def _rows(rows: list[list[str]], xs: list[float], y: float = 100, step: float = 14) -> list[Line]:
    return [
        _line(text, x, y + number * step, font=int(number == 0))
        for number, row in enumerate(rows)
        for text, x in zip(row, xs, strict=True)
        if text
    ]


def _page(lines: list[Line], shapes: tuple[Shape, ...] = ()) -> PageLines:
    return PageLines(1, 600, 800, tuple(lines), _FONTS, shapes)


def _found(lines: list[Line], shapes: tuple[Shape, ...] = ()) -> list[FoundTable]:
    return find_tables(_page(lines, shapes), lines)


def _texts(found: FoundTable) -> list[list[str]]:
    words = [word.text for line in found.lines for word in line.words]
    grid = [[""] * found.table.columns for _ in range(found.table.rows)]
    for cell in found.table.cells:
        grid[cell.row][cell.column] = " ".join(words[cell.start : cell.end])
    return grid


def _cell(found: FoundTable, text: str) -> Cell:
    words = [word.text for line in found.lines for word in line.words]
    return next(cell for cell in found.table.cells if " ".join(words[cell.start : cell.end]) == text)


def _level(y: float, x0: float, x1: float) -> Shape:
    return Shape("rule", Box(x0, y - 0.25, x1, y + 0.25), 0)


def _upright(x: float, y0: float, y1: float) -> Shape:
    return Shape("rule", Box(x - 0.25, y0, x + 0.25, y1), 0)


def _prose(x: float, y: float, lines: int, seed: int) -> list[Line]:
    """Lines of nearly one width that begin with small letters, as a column of a magazine has."""
    dice = random.Random(seed)
    words = ("harbour", "the", "of", "light", "keeper", "and", "wrote", "every", "into", "lamp", "a", "sea", "under")
    result = []
    for number in range(lines):
        text = dice.choice(words)
        while len(text) < 34:
            text += " " + dice.choice(words)
        result.append(_line(text, x, y + number * 12))
    return result


def test_columns_that_line_up_are_a_table_without_any_rule() -> None:
    lines = _rows(_PRICES, [50, 200, 260, 320])
    (found,) = _found(lines)
    assert _texts(found) == _PRICES
    assert [cell.header for cell in found.table.cells if cell.row == 0] == [True] * 4
    assert _cell(found, "Side chair").header
    assert not _cell(found, "310").header


def test_a_grid_keeps_the_lines_of_a_cell_together_and_knows_what_spans() -> None:
    shapes = [_level(y, 40, 400) for y in (90, 130, 158, 186)] + [_level(108, 160, 400)]
    shapes += [_upright(x, 90, 186) for x in (40, 160, 400)] + [_upright(280, 108, 186)]
    lines = [
        _line("Threshold for releases", 200, 94, font=1),
        _line("to air", 170, 112, font=1),
        _line("to water", 290, 112, font=1),
        _line("Chlorinated organic", 45, 133),
        _line("compounds", 45, 144),
        _line("10", 170, 138),
        _line("1,000", 290, 138),
        _line("Benzene", 45, 166),
        _line("20", 170, 166),
        _line("200", 290, 166),
    ]
    (found,) = _found(lines, tuple(shapes))
    assert _texts(found) == [
        ["", "Threshold for releases", ""],
        ["", "to air", "to water"],
        ["Chlorinated organic compounds", "10", "1,000"],
        ["Benzene", "20", "200"],
    ]
    assert _cell(found, "Threshold for releases").columns == 2
    assert all(cell.header for cell in found.table.cells if cell.row < 2)


def test_cells_hold_every_word_once_row_by_row() -> None:
    lines = _rows(_PRICES, [50, 200, 260, 320])
    (found,) = _found(lines)
    words = [word for line in found.lines for word in line.words]
    assert sorted(word.text for word in words) == sorted(word.text for line in lines for word in line.words)
    assert [cell.start for cell in found.table.cells] == [0, *(cell.end for cell in found.table.cells[:-1])]
    assert found.table.cells[-1].end == len(words)


def test_captions_and_notes_stay_outside_the_rules() -> None:
    table = _rows(_PRICES, [50, 200, 260, 320], y=120)
    caption, note = _line("Table 3. Garden furniture", 50, 95), _line("Source: list of 1 March", 50, 212)
    shapes = tuple(_level(y, 50, 350) for y in (115, 132, 204))
    (found,) = _found([caption, *table, note], shapes)
    assert _texts(found) == _PRICES
    assert without_tables([caption, *table, note], [found]) == [caption, note]


def test_striped_rows_with_text_in_cells_are_a_table() -> None:
    lines, shapes = [], []
    for row in range(7):
        y = 100 + row * 40
        lines += [_line(f"Mine {row}", 50, y + 4), _line("Chile", 130, y + 4), _line(f"{row}40", 200, y + 4)]
        lines += _prose(260, y + 4, 3, row)
        if row % 2 == 0:
            shapes.append(Shape("fill", Box(45, y, 480, y + 40), 0xDDDDDD))
    (found,) = _found(lines, tuple(shapes))
    assert found.table.rows == 7
    assert found.table.columns == 4


def _worded() -> tuple[list[Line], tuple[Shape, ...]]:
    """Three columns of words within rules both ways; inside a field, white in the first column parts the rows."""
    fields = [
        [["Class of work"], ["What is withheld", "from each payment"], ["What is exempt and", "under which rules"]],
        [
            [
                "1. Children who help",
                "Parents or an Elder",
                "",
                "2. Workers who are",
                "paid by the day",
                "or by the week",
            ],
            [
                "Withhold as from all",
                "others who are paid",
                "",
                "Withhold whenever the",
                "day’s wage is known",
                "to the one who pays",
            ],
            [
                "Exempt until they are",
                "twenty-one years old",
                "and for one year more",
                "Taxable if the year’s",
                "wages are known too",
            ],
        ],
        [["Students of a school"], ["Withhold in all cases"], ["Exempt if they are sent", "by their own school"]],
        [["Teachers of a school"], ["Withhold in no case at", "all, by a rule of old"], ["Taxable without limit"]],
    ]
    lines, heights, y = [], [100.0], 100.0
    for columns in fields:
        for column, x in zip(columns, (50, 190, 330), strict=True):
            lines += [_line(text, x, y + 4 + 11 * at) for at, text in enumerate(column) if text]
        y += 8 + 11 * max(map(len, columns))
        heights.append(y)
    level = [Shape("rule", Box(46, at, 470, at + 0.5), 0) for at in heights]
    upright = [Shape("rule", Box(at, 100, at + 0.5, y), 0) for at in (46, 186, 326, 470)]
    return lines, (*level, *upright)


def test_words_that_run_over_lines_within_rules_both_ways_are_a_table() -> None:
    (found,) = _found(*_worded())
    texts = _texts(found)
    assert texts[1] == [
        "1. Children who help Parents or an Elder",
        "Withhold as from all others who are paid",
        "Exempt until they are twenty-one years old and for one year more",
    ]
    assert texts[2][0] == "2. Workers who are paid by the day or by the week"
    assert len(texts) == 5


def test_columns_of_running_text_are_no_table() -> None:
    lines = [line for x in (40, 230, 420) for line in _prose(x, 100, 30, int(x))]
    frame = (_level(95, 38, 590), _level(465, 38, 590), _upright(38, 95, 465), _upright(590, 95, 465))
    assert _found(lines) == []
    assert _found(lines, frame) == []
    assert _found(lines, (*frame, _upright(222, 95, 465))) == []


def test_contents_lists_and_credits_are_no_tables() -> None:
    contents = [["The keeper", "4"], ["A storm at night", "12"], ["Letters", "18"], ["Charts", "23"], ["Last", "30"]]
    assert _found(_rows(contents, [50, 300])) == []
    leaders = [[f"{title} . . . . . . . . .", "1,200"] for title, _ in contents]
    assert _found(_rows(leaders, [50, 300])) == []
    steps = [[f"{number}.", text] for number, text in enumerate(["Cut", "Sand it", "Oil it", "Wait", "Rub"], start=1)]
    assert _found(_rows(steps, [50, 80])) == []
    credits_ = [["Editor", "Ann Lee"], ["Design", "Jo Ruiz"], ["Photography", "Sam Poe"], ["Print", "Hill & Co"]]
    assert _found(_rows(credits_, [50, 160])) == []


def test_a_crossword_is_no_table() -> None:
    shapes = [_level(100 + row * 20, 50, 250) for row in range(11)]
    shapes += [_upright(50 + column * 20, 100, 300) for column in range(11)]
    numbers = [_line(str(n), 52 + (n * 7 % 10) * 20, 102 + (n * 3 % 10) * 20, size=5) for n in range(1, 25)]
    assert _found(numbers, tuple(shapes)) == []


def test_the_bars_of_a_chart_are_no_cells() -> None:
    lines, shapes = [], [_level(90, 40, 400), _level(220, 40, 400), _upright(120, 90, 220)]
    for row, length in enumerate((80, 130, 60, 210, 170)):
        y = 100 + row * 24
        lines += [_line(f"Group {row}", 50, y), _line(f"{length}.5", 130 + length, y)]
        shapes.append(Shape("fill", Box(120, y, 120 + length, y + 12), 0x7766AA))
    assert _found(lines, tuple(shapes)) == []


def test_a_table_is_one_block_where_it_stands() -> None:
    above, below = _prose(50, 40, 4, 1), _prose(50, 220, 4, 2)
    text = read([_page([*below, *_rows(_PRICES, [50, 200, 260, 320], y=110), *above])])
    roles = [block.role for block in text.blocks[1]]
    assert roles == [Role.PARAGRAPH, Role.TABLE, Role.PARAGRAPH]
    table = text.blocks[1][1]
    assert table.table is not None
    assert table.text.startswith("Item Width Depth Price Dining table 180")


def test_a_dash_at_the_end_of_a_cell_joins_no_cells() -> None:
    rows = [*_PRICES[:3], ["Bench-", "140", "38", "495"], *_PRICES[4:]]
    text = read([_page(_rows(rows, [50, 200, 260, 320]))])
    assert "Bench- 140 38" in text.blocks[1][0].text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 590), st.integers(0, 790), st.sampled_from(["12", "a", "Tea pot", "3.5 kg"]))))
def test_whatever_stands_where_no_word_is_lost_or_doubled(places: list[tuple[int, int, str]]) -> None:
    lines = [_line(text, x, y) for x, y, text in places]
    shapes = tuple(_level(y, min(x, 300), 500) for x, y, _ in places[::3]) + tuple(
        _upright(x, min(y, 400), 700) for x, y, _ in places[1::3]
    )
    tables = _found(lines, shapes)
    rest = without_tables(lines, tables)
    words = [word for line in [*rest, *(line for table in tables for line in table.lines)] for word in line.words]
    assert sorted(map(id, words)) == sorted(id(word) for line in lines for word in line.words)
    for found in tables:
        places_ = [
            (row, column)
            for cell in found.table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert len(places_) == len(set(places_))
        assert all(row < found.table.rows and column < found.table.columns for row, column in places_)


def test_a_pull_quote_between_rules_is_no_part_of_the_table_below_it() -> None:
    quote = [
        _line(text, 50, 60 + 16 * row, size=14) for row, text in enumerate(("The lamp was", "never out that year."))
    ]
    rules = tuple(Shape("rule", Box(50, y, 350, y + 0.5), 0) for y in (55, 94, 97, 186))
    (found,) = _found([*quote, *_rows(_PRICES, [50, 150, 220, 290])], rules)
    assert _texts(found) == _PRICES


def test_a_list_below_a_table_is_no_part_of_it() -> None:
    items = [
        _line(f"• Of {word} and some more", 50, 200 + 14 * row) for row, word in enumerate(("hemp", "oil", "wicks"))
    ]
    rules = tuple(Shape("rule", Box(50, y, 350, y + 0.5), 0) for y in (97, 186, 250))
    (found,) = _found([*_rows(_PRICES, [50, 150, 220, 290]), *items], rules)
    assert _texts(found) == _PRICES


_TALLY = [["Year", "Boats", "Lamps"], *([str(1900 + at), str(20 + 3 * at), str(5 + at)] for at in range(5))]
_DUTIES = (
    "Keep the lamp trimmed and clean",
    "Write the log each evening",
    "Signal the boats with the flag",
    "Paint the tower every spring",
    "Bring the oil up the stairs",
    "Feed the goats at the gate",
)


def _listed(markers: str, x: float = 40, y: float = 100) -> list[Line]:
    lines = []
    for at, (marker, text) in enumerate(zip(markers.split(), _DUTIES, strict=True)):
        first, second = _line(marker, x, y + 14 * at), _line(text, x + 18, y + 14 * at)
        lines.append(Line(union_of((first.box, second.box)), first.words + second.words))
    return lines


def test_a_list_on_the_base_lines_of_a_table_is_no_part_of_it() -> None:
    for markers in ("1. 2. 3. 4. 5. 6.", "• • • • • •"):
        lines = [*_listed(markers), *_rows(_TALLY, [360, 440, 520])]
        (found,) = _found(lines)
        assert (found.table.rows, found.table.columns) == (6, 3)
        blocks = read([_page(lines)]).blocks[1]
        assert [block.role for block in blocks] == [*[Role.LIST_ITEM] * 6, Role.TABLE]


def test_the_numbers_of_a_tables_own_rows_stay_in_it() -> None:
    lines = [*_listed("1. 2. 3. 4. 5. 6.", y=114), *_rows([*_TALLY, ["1905", "35", "10"]], [360, 440, 520])]
    pieces = pieces_of(lines)
    assert without_lists(pieces) == pieces
    beside = pieces_of([*_listed("1. 2. 3. 4. 5. 6."), *_rows(_TALLY, [360, 440, 520])])
    assert len(without_lists(beside)) == 18

"""The tags of a tagged PDF decide where they are good, and are left alone where they are not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name
from tests.pdfs import text_at
from tests.tagged_pdfs import Tag, read_lines, tag, tagged_pdf

from masthead.document.tags import TagOrder
from masthead.document.text import Block, ReadText, Role
from masthead.layout.reading import read
from masthead.layout.tag_alternatives import alternative_of

_WORDS = ("The", "keeper", "of", "the", "light", "wrote")


def _paragraph(x: float, top: float, first: str, lines: int = 3) -> str:
    """Lines of one paragraph that begins with the word `first`, a column of 150 points wide."""
    rows = [
        f"{first} keeper of the light wrote",
        *["his journal every evening and"] * (lines - 2),
        "slept on the rock.",
    ]
    return "\n".join(text_at(x, top + 14 * row, text, 10) for row, text in enumerate(rows))


def _read(path: Path, *, tags: bool = True) -> ReadText:
    return read(read_lines(path), language="en", tags=tags)


def _body(text: ReadText) -> list[Block]:
    return [block for block in text.blocks[1] if not block.role.is_furniture]


def _firsts(text: ReadText) -> list[str]:
    return [block.text.split()[0] for block in _body(text)]


_LEAFLET = [
    text_at(220, 80, "Cover", 22),
    _paragraph(220, 120, "Kovacs"),
    _paragraph(220, 180, "Lemaire"),
    text_at(40, 80, "Inside", 22),
    _paragraph(40, 120, "Moreau"),
    _paragraph(40, 180, "Novak"),
]


def _leaflet(path: Path, roles: Sequence[str] = ("H1", "P", "P", "H1", "P", "P")) -> Path:
    """A folded leaflet: its right panel is the cover and is read first."""
    return tagged_pdf(path, _LEAFLET, [tag("Document", *(tag(role, number) for number, role in enumerate(roles)))])


def _tended_leaflet(path: Path) -> Path:
    tree = [
        tag("H1", 0),
        tag("P", 1),
        tag("L", tag("LI", tag("Lbl", 6), tag("LBody", 2))),
        tag("H1", 3),
        tag("P", 4),
        tag("L", tag("LI", tag("Lbl", 7), tag("LBody", 5))),
    ]
    labels = [text_at(208, 180, "1.", 10), text_at(28, 180, "2.", 10)]
    return tagged_pdf(path, [*_LEAFLET, *labels], tree)


def test_tags_that_know_the_structure_lead_a_folded_leaflet_from_panel_to_panel(tmp_path: Path) -> None:
    path = _tended_leaflet(tmp_path / "a.pdf")
    text = _read(path)
    assert _firsts(text) == ["Cover", "Kovacs", "Lemaire", "Inside", "Moreau", "Novak"]
    assert text.tagging[1].order is TagOrder.WHOLE
    assert text.confidence[1].reasons == ()
    assert [(block.role, block.marker) for block in _body(text)][2] == (Role.LIST_ITEM, "1.")
    assert _firsts(_read(path, tags=False))[0] != "Cover"


def test_tags_that_know_paragraphs_only_do_not_say_which_column_comes_first(tmp_path: Path) -> None:
    path = _leaflet(tmp_path / "a.pdf", ["P"] * 6)
    text = _read(path)
    assert text.tagging[1].order is TagOrder.PARTS
    assert _firsts(text) == ["Inside", "Moreau", "Novak", "Cover", "Kovacs", "Lemaire"]
    assert text.tagging[1].reason in text.confidence[1].reasons


def test_shuffled_tags_are_refused(tmp_path: Path) -> None:
    names = ["Abel", "Bruno", "Carla", "Doris", "Emil", "Frida", "Georg", "Hanna"]
    pieces = [_paragraph(40 + 180 * (index // 4), 60 + 70 * (index % 4), name) for index, name in enumerate(names)]
    order = list(range(8))
    random.Random(4).shuffle(order)
    text = _read(tagged_pdf(tmp_path / "a.pdf", pieces, [tag("P", number) for number in order]))
    assert text.tagging[1].order is TagOrder.REFUSED
    assert "leave text unread" in text.tagging[1].reason
    assert _firsts(text) == names
    assert any("not followed" in warning for warning in text.warnings)


def test_a_page_tagged_as_one_figure_is_read_from_the_page(tmp_path: Path) -> None:
    pieces = [_paragraph(40, 60 + 70 * index, name) for index, name in enumerate(("Abel", "Bruno"))]
    text = _read(tagged_pdf(tmp_path / "a.pdf", pieces, [tag("Figure", 1, 0, Alt="The whole page")]))
    assert text.tagging[1].order is TagOrder.REFUSED
    assert "figure" in text.tagging[1].reason
    assert _firsts(text) == ["Abel", "Bruno"]


def test_tags_of_a_few_words_do_not_order_the_rest(tmp_path: Path) -> None:
    more = "\n".join(_paragraph(40, 60 + 70 * index, name) for index, name in enumerate(("Abel", "Bruno")))
    text = _read(tagged_pdf(tmp_path / "a.pdf", [text_at(40, 300, "Tagged")], [tag("P", 0)], more=more))
    assert text.tagging[1].order is TagOrder.REFUSED
    assert "of the page's letters are tagged" in text.tagging[1].reason
    assert _firsts(text) == ["Abel", "Bruno", "Tagged"]


def test_a_page_of_artifacts_has_no_verdict_and_keeps_its_text(tmp_path: Path) -> None:
    more = "\n".join(f"/Artifact BMC {_paragraph(40, 60 + 70 * i, n)} EMC" for i, n in enumerate(("Abel", "Bruno")))
    text = _read(tagged_pdf(tmp_path / "a.pdf", [""], [tag("P", 0)], more=more))
    assert _firsts(text) == ["Abel", "Bruno"]
    assert all(verdict.order is TagOrder.REFUSED for verdict in text.tagging.values())


def test_one_word_paragraphs_do_not_cut_up_the_blocks(tmp_path: Path) -> None:
    pieces = []
    for row in range(6):
        x = 40.0
        for word in _WORDS:
            pieces.append(text_at(x, 60 + 14 * row, word, 10))
            x += 6.2 * len(word) + 4
    path = tagged_pdf(tmp_path / "a.pdf", pieces, [tag("P", number) for number in range(len(pieces))])
    assert [block.text for block in _body(_read(path))] == [block.text for block in _body(_read(path, tags=False))]


def test_a_paragraph_for_each_line_is_one_paragraph_on_the_page(tmp_path: Path) -> None:
    lines = [
        "The keeper of the light wrote his journal every",
        "evening before the lamp was lit, and nobody ever",
        "read it for a hundred years.",
    ]
    pieces = [text_at(40, 60 + 14 * row, line, 10) for row, line in enumerate(lines)]
    pieces += [_paragraph(40, 130 + 60 * index, name) for index, name in enumerate(("Abel", "Bruno", "Carla"))]
    text = _read(tagged_pdf(tmp_path / "a.pdf", pieces, [tag("P", number) for number in range(len(pieces))]))
    assert [len(block.lines) for block in _body(text)] == [3, 3, 3, 3]


def _roles_of(
    tmp_path: Path, tree: Sequence[Tag], pieces: Sequence[str], roles: dict[str, str] | None = None
) -> list[Block]:
    return _body(_read(tagged_pdf(tmp_path / "a.pdf", pieces, tree, roles=roles)))


def test_roles_come_from_the_tags(tmp_path: Path) -> None:
    pieces = [
        text_at(40, 50, "Lighthouses", 16),
        _paragraph(40, 80, "Abel"),
        text_at(40, 140, "Their lamps", 12),
        _paragraph(40, 160, "Bruno"),
        text_at(40, 220, "1", 10),
        text_at(60, 220, "Trim the wick", 10),
        text_at(40, 240, "Said the keeper: never again", 10),
        text_at(40, 262, "print lamp", 10),
        text_at(40, 284, "See the almanac", 10),
    ]
    tree = [
        tag("H1", 0),
        tag("P", 1),
        tag("Subhead", 2),
        tag("P", 3),
        tag("L", tag("LI", tag("Lbl", 4), tag("LBody", tag("P", 5)))),
        tag("BlockQuote", tag("P", 6)),
        tag("P", tag("Code", 7)),
        tag("Note", tag("P", 8)),
    ]
    blocks = _roles_of(tmp_path, tree, pieces, {"Subhead": "H2"})
    assert [(block.role, block.level, block.marker) for block in blocks] == [
        (Role.HEADING, 1, ""),
        (Role.PARAGRAPH, 0, ""),
        (Role.HEADING, 2, ""),
        (Role.PARAGRAPH, 0, ""),
        (Role.LIST_ITEM, 1, "1"),
        (Role.QUOTATION, 0, ""),
        (Role.CODE, 0, ""),
        (Role.FOOTNOTE, 0, ""),
    ]
    assert blocks[4].text == "Trim the wick"


def test_ranks_against_the_sizes_are_not_believed(tmp_path: Path) -> None:
    pieces, tree = [], []
    for index in range(4):
        pieces += [
            text_at(40, 50 + 110 * index, "A chapter" if index % 2 == 0 else "A note", 24 if index % 2 == 0 else 14),
            _paragraph(40, 80 + 110 * index, "Abel"),
        ]
        tree += [tag("H3" if index % 2 == 0 else "H1", 2 * index), tag("P", 2 * index + 1)]
    headings = [block for block in _roles_of(tmp_path, tree, pieces) if block.role is Role.HEADING]
    chapter, note = headings[0].level, headings[1].level
    assert chapter < note
    assert [block.level for block in headings] == [chapter, note] * 2


def _table_pieces() -> list[str]:
    rows = [["Light", "Height", ""], ["", "Tower", "Rock"], ["Eddystone", "49 m", "3 m"], ["Bell Rock", "35 m", "1 m"]]
    cells = [(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts) if text]
    return [text_at(40 + 110 * column, 60 + 20 * row, text, 10) for row, column, text in cells]


def test_a_table_has_rows_columns_headers_and_spans(tmp_path: Path) -> None:
    down, across = Dictionary(O=Name.Table, RowSpan=2), Dictionary(O=Name.Table, ColSpan=2)
    tree = [
        tag(
            "Table",
            tag("TR", tag("TH", 0, A=down), tag("TH", 1, A=across)),
            tag("TR", tag("TH", 2), tag("TH", 3)),
            tag("TR", tag("TD", tag("P", 4)), tag("TD", 5), tag("TD", 6)),
            tag("TR", tag("TD", 7), tag("TD", 8), tag("TD", 9)),
        )
    ]
    (block,) = _roles_of(tmp_path, tree, _table_pieces())
    table = block.table
    assert block.role is Role.TABLE
    assert table is not None
    words = [word.text for line in block.lines for word in line.words]
    found = [(c.row, c.column, c.rows, c.columns, c.header, " ".join(words[c.start : c.end])) for c in table.cells]
    assert (table.rows, table.columns) == (4, 3)
    assert found[:4] == [
        (0, 0, 2, 1, True, "Light"),
        (0, 1, 1, 2, True, "Height"),
        (1, 1, 1, 1, True, "Tower"),
        (1, 2, 1, 1, True, "Rock"),
    ]
    assert found[4] == (2, 0, 1, 1, False, "Eddystone")
    assert found[-1] == (3, 2, 1, 1, False, "1 m")
    assert (table.cells[0].start, table.cells[-1].end) == (0, len(words))


def test_a_grid_that_lays_out_stories_is_no_table(tmp_path: Path) -> None:
    names = ["Abel", "Bruno", "Carla", "Doris"]
    pieces = [_paragraph(40 + 180 * (i % 2), 60 + 190 * (i // 2), name, 12) for i, name in enumerate(names)]
    tree = [tag("Table", tag("TR", tag("TD", 0), tag("TD", 1)), tag("TR", tag("TD", 2), tag("TD", 3)))]
    blocks = _roles_of(tmp_path, tree, pieces)
    assert all(block.table is None for block in blocks)
    assert {block.text.split()[0] for block in blocks} == set(names)


def test_cells_that_stand_elsewhere_are_no_table(tmp_path: Path) -> None:
    places = list(range(10))
    random.Random(3).shuffle(places)
    pieces = [_table_pieces()[place] for place in places]
    tree = [tag("Table", *(tag("TR", tag("TD", 2 * row), tag("TD", 2 * row + 1)) for row in range(5)))]
    path = tagged_pdf(tmp_path / "a.pdf", pieces, tree)
    told = [block.table for block in _body(_read(path, tags=False))]
    assert [block.table for block in _body(_read(path))] == told
    assert all(table is None or table.columns == 3 for table in told)


def test_a_figure_has_its_alternative_text_and_caption(tmp_path: Path) -> None:
    pieces = [_paragraph(40, 60, "Abel"), "0.5 g 40 200 200 150 re f", text_at(40, 320, "The light at dusk", 10)]
    tree = [tag("P", 0), tag("Figure", 1, Alt="A lighthouse"), tag("Caption", 2)]
    text = _read(tagged_pdf(tmp_path / "a.pdf", pieces, tree))
    (figure,) = text.figures[1]
    caption = next(block for block in text.blocks[1] if block.role is Role.CAPTION)
    assert (figure.alt, figure.caption, caption.figure) == ("A lighthouse", caption.id, figure.id)


@pytest.mark.parametrize(
    "text", ["image001.png", "C:\\pictures\\cover.tif", "Picture 12", "photo.jpg", "12", "IMG_4711.JPG"]
)
def test_what_a_program_wrote_is_no_alternative_text(text: str) -> None:
    assert alternative_of(text) == ""


@pytest.mark.parametrize("text", ["A harbour at dusk", "Logo of the Harbour Trust", "Turm"])
def test_what_a_person_wrote_is(text: str) -> None:
    assert alternative_of(text) == text


def test_a_paragraph_over_two_columns_is_a_block_in_each(tmp_path: Path) -> None:
    left = "\n".join(text_at(40, 60 + 14 * row, "every word of the story goes on and", 10) for row in range(4))
    right = "\n".join(text_at(230, 60 + 14 * row, "on to where it comes to its end.", 10) for row in range(4))
    blocks = _roles_of(tmp_path, [tag("P", 0)], [f"{left}\n{right}"])
    assert [len(block.lines) for block in blocks] == [4, 4]
    assert blocks[1].continues == blocks[0].id


def test_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    generator = random.Random(7)
    pieces = [_paragraph(40 + 180 * (i % 2), 60 + 60 * (i // 2), f"N{i}") for i in range(12)]
    kinds = ["P", "H1", "LI", "TD", "Figure", "Caption", "Sect", "Strange", "Artifact", "Table", "Lbl"]
    for _ in range(25):
        order = generator.sample(range(12), 9)
        tree = [tag(generator.choice(kinds), tag(generator.choice(kinds), number)) for number in order]
        path = tagged_pdf(tmp_path / "a.pdf", pieces, tree)
        with_tags, without = _read(path), _read(path, tags=False)
        for text in (with_tags, without):
            assert [block.id for block in text.blocks[1]] == [f"p1-b{i + 1}" for i in range(len(text.blocks[1]))]
        words = [
            sorted(word.text for block in text.blocks[1] for line in block.lines for word in line.words)
            for text in (with_tags, without)
        ]
        assert words[0] == words[1]

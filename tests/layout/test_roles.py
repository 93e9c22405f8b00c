"""What each block is, on pages that are set as a designer sets them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.setting import BOLD, FONTS, ITALIC, MONO, SANS, Sheet, block, line, understood

from masthead.document.geometry import Box
from masthead.document.text import Font, Role, Shape
from masthead.layout.openings import Opening, heads_of
from masthead.layout.reading import read
from masthead.layout.styles import learn_styles, piece_of


def _opened(title: str = "The lamp is on") -> Sheet:
    return Sheet().put(title, 30, BOLD)


def test_headline_standfirst_byline_and_text() -> None:
    sheet = _opened().put("What the keepers did on the last night of the year", 14, ITALIC).put("By Ann Lee", 8, SANS)
    text = understood(sheet.prose("oil", "wick"))
    assert [one.role for one in text.blocks[1]] == [
        Role.HEADING,
        Role.STANDFIRST,
        Role.BYLINE,
        Role.PARAGRAPH,
        Role.PARAGRAPH,
    ]
    (article,) = text.articles
    assert article.title == "The lamp is on"
    assert article.standfirst == "What the keepers did on the last night of the year"
    assert article.authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("said", "size", "font", "colour"),
    [("Grinding on", 10, BOLD, 0), ("GRINDING ON", 10, SANS, 0), ("Grinding on", 13, SANS, 0xAA0000)],
)
def test_small_headings_between_paragraphs(said: str, size: float, font: int, colour: int) -> None:
    sheet = _opened().prose("oil", "wick").put(said, size, font, 14, colour)
    text = understood(sheet.prose("rope", gap=2))
    assert block(text, said).role is Role.HEADING
    assert block(text, said).level > block(text, "The lamp").level


def test_a_bold_lead_in_is_the_beginning_of_its_paragraph() -> None:
    sheet = _opened().prose("oil").put("In the winter of that year a record number", 10, BOLD, 8)
    sheet.lines.append(line("of lamps were lit along the coast, and more were built.", 50, sheet.y))
    sheet.y += 12
    text = understood(sheet.prose("rope"))
    assert block(text, "In the winter").role is not Role.HEADING


def test_the_head_of_a_table_is_no_heading() -> None:
    sheet = _opened().prose("oil", "wick")
    sheet.y += 20
    for index, words in enumerate(
        (("Day", "High", "Low", "Range"), ("Monday", "5.1", "0.4", "4.7"), ("Friday", "4.9", "0.6", "4.3"))
    ):
        for column, word in enumerate(words):
            sheet.lines.append(line(word, 50 + 120 * column, sheet.y + 14 * index, 10, 0 if index else BOLD))
    text = understood(sheet)
    assert not [one.text for one in text.blocks[1] if one.role is Role.HEADING and one.text != "The lamp is on"]


def test_code_is_set_in_a_typewriter_face() -> None:
    text = understood(_opened().prose("oil").put("lamp = Lamp(oil=True)", 9, MONO).prose("wick"))
    assert block(text, "lamp =").role is Role.CODE


def test_a_pull_quote_names_the_paragraph_that_it_repeats() -> None:
    sheet = _opened().prose("oil")
    sheet.put("The crockery walked about the table that night, and nobody slept at all.", 10)
    sheet.prose("wick").put("“The crockery walked about the table that night”", 18, ITALIC, 16).prose("rope", gap=16)
    text = understood(sheet)
    quote = block(text, "“The crockery")
    assert quote.role is Role.PULL_QUOTE
    assert quote.repeats == block(text, "The crockery walked").id
    assert quote.id in text.articles[0].asides
    assert quote.id not in text.articles[0].blocks


def _levels(*items: tuple[str, float]) -> list[tuple[str, int]]:
    """Marker and level of items set at the given left edges between paragraphs."""
    sheet = _opened().prose("oil")
    for text, left in items:
        sheet.x = left
        sheet.put(text, gap=2)
    sheet.x = 50
    found = understood(sheet.prose("wick")).blocks[1]
    return [(block.marker, block.level) for block in found if block.role is Role.LIST_ITEM]


def test_items_that_are_drawn_in_are_a_level_deeper() -> None:
    found = _levels(("• Ropes of hemp", 60), ("– for the boat", 75), ("– for the crane", 75), ("• Oil", 60))
    assert found == [("•", 1), ("–", 2), ("–", 2), ("•", 1)]


def test_bullets_right_below_a_number_are_a_level_deeper() -> None:
    found = _levels(("1. Trim the wick", 60), ("• every night", 60), ("• before dusk", 60), ("2. Light the lamp", 60))
    assert found == [("1.", 1), ("•", 2), ("•", 2), ("2.", 1)]


def test_a_list_goes_on_at_its_level_in_the_next_column() -> None:
    sheet = _opened().prose("oil", "rope", lines=12)
    for text, left in (("• Ropes of hemp", 60), ("– for the boat", 75)):
        sheet.x = left
        sheet.put(text, gap=2)
    sheet.column(335, 130).put("– for the crane that stands here", gap=2)
    sheet.x = 320
    sheet.put("• Oil for the lamps of the tower", gap=2)
    found = understood(sheet.prose("wick", "tide", lines=12)).blocks[1]
    assert [(block.marker, block.level) for block in found if block.role is Role.LIST_ITEM] == [
        ("•", 1),
        ("–", 2),
        ("–", 2),
        ("•", 1),
    ]


def test_text_further_out_than_the_bullet_is_no_part_of_the_item() -> None:
    sheet = _opened().prose("oil")
    sheet.x = 55
    sheet.put("• Ropes of hemp, and oil for all of the lamps of the tower.", gap=2)
    sheet.x = 50
    text = understood(sheet.put("The boat came late that year and nobody knew what it held", gap=1).prose("wick"))
    assert block(text, "Ropes of hemp").text.endswith("of the tower.")
    assert block(text, "The boat came").role is Role.PARAGRAPH


def _drawn_in(*lines: str) -> Sheet:
    """A block in the size of the body, a little narrower than the paragraphs around it on both sides."""
    sheet = _opened().prose("oil").put("The keeper wrote in his book of that winter to all of them:", gap=0)
    sheet.x = 70
    for at, text in enumerate(lines):
        sheet.put(text, gap=8 if not at else 0)
    sheet.x = 50
    return sheet.prose("wick")


def test_a_paragraph_drawn_in_on_both_sides_is_a_quotation() -> None:
    text = understood(_drawn_in("The lamp was never out that year", "and we had little to eat for it."))
    assert block(text, "The lamp was").role is Role.QUOTATION
    prices = understood(_drawn_in("Rope 12.50 18.20 27.90 31.10", "Oil 2.10 3.20 4.20 5.15 6.18 7."))
    assert not [one for one in prices.blocks[1] if one.role is Role.QUOTATION]


def test_a_note_knows_what_calls_it() -> None:
    sheet = _opened().prose("oil", "wick").put("A fathom is six feet.1 That is an old measure.")
    sheet.y = 720
    text = understood(sheet.put("1 The span of a sailor’s arms: 1.83 metres.", 7))
    note = block(text, "1 The span")
    assert note.role is Role.FOOTNOTE
    assert note.reference == block(text, "A fathom").id


def test_a_caption_belongs_to_the_picture_over_it() -> None:
    sheet = _opened().prose("oil")
    sheet.shapes.append(Shape("picture", Box(50, sheet.y + 10, 300, sheet.y + 150), 0))
    sheet.y += 146
    text = understood(sheet.put("The rock at low water, drawn in pencil", 8, ITALIC).prose("wick", gap=30))
    caption = block(text, "The rock")
    assert caption.role is Role.CAPTION
    assert caption.figure == text.figures[1][0].id
    assert text.figures[1][0].caption == caption.id


def test_paragraphs_go_on_over_a_column_and_a_page() -> None:
    first = _opened().prose("oil")
    first.put("Nobody knew then that the lamp would burn for", 10).column(330, 110)
    first.put("two hundred years without a single night of dark.", 10).prose("wick").put(
        "And it was on the very last day of the", 10
    )
    second = Sheet().put("year that they came back with the boat.", 10).prose("rope")
    text = understood(first, second)
    assert block(text, "two hundred").continues == block(text, "Nobody knew").id
    assert block(text, "year that").continues == block(text, "And it was").id
    assert not block(text, "Rope 0").continues


def test_what_stands_in_the_style_of_headings_is_one_wherever_it_stands() -> None:
    sheet = _opened()
    for said, name in (("Oil and wick", "oil"), ("Rope and tar", "rope"), ("Salt and wind", "salt")):
        sheet.put(said, 10, BOLD, 14).prose(name, lines=4, gap=2)
    sheet.put("Granite", 10, BOLD, 1)  # nearer to what stands above it
    sheet.y += 12
    text = understood(sheet.prose("stone", lines=4, gap=8))
    assert block(text, "Granite").role is Role.HEADING


def test_an_address_in_type_of_one_width_is_no_code() -> None:
    sheet = _opened().prose("oil", "wick").put("https://example.org/lamps", 10, MONO).prose("rope")
    assert block(understood(sheet), "https").role is Role.PARAGRAPH


def test_small_capitals_in_colour_above_a_text_name_its_section() -> None:
    sheet = _opened().prose("oil", "wick").put("HARBOUR NEWS", 7.5, SANS, 16, 0x4B7520)
    assert block(understood(sheet.prose("rope", gap=2)), "HARBOUR").role is Role.HEADING


@pytest.mark.parametrize(("size", "colour"), [(7.5, 0), (6.0, 0x4B7520)])
def test_small_capitals_that_nothing_else_sets_apart_head_nothing(size: float, colour: int) -> None:
    sheet = _opened().prose("oil", "wick").put("HARBOUR NEWS", size, SANS, 16, colour)
    assert block(understood(sheet.prose("rope", gap=2)), "HARBOUR").role is not Role.HEADING


_GOTHIC = Font("Gothic-Bold", True, False, False, False)


def test_a_bold_heading_in_a_narrow_column_may_have_four_lines() -> None:
    sheet = _opened().prose("oil", "wick")
    sheet.y += 14
    for at, said in enumerate(("Why the lamps", "of the coast", "are lit again", "this winter")):
        sheet.lines.append(line(said, 50, sheet.y + 13 * at, 11, len(FONTS)))
    sheet.y += 54
    page = replace(sheet.prose("rope", gap=2).page(), fonts=(*FONTS, _GOTHIC))
    found = block(read([page], language="en"), "Why the lamps")
    assert (found.role, len(found.lines)) == (Role.HEADING, 4)


def test_bold_names_below_headings_side_by_side_are_no_cells_of_a_table() -> None:
    sheet = _opened().prose("oil", "wick")
    top = sheet.y + 30
    for at, said in enumerate(("Ropes and knots", "Oil and wicks", "Paint in winter")):
        sheet.lines += [
            line(said, 50 + 180 * at, top, 10, BOLD, 0xAA0000),
            line(f"Ann Lee {at}", 50 + 180 * at, top + 16, 9, BOLD),
            *(line(f"Row {row} of what is taught there", 50 + 180 * at, top + 30 + 12 * row) for row in range(5)),
        ]
    text = understood(sheet)
    assert {block(text, said).role for said in ("Ropes", "Oil and", "Paint")} == {Role.HEADING}


def _opening_of_a_box(*, text_below: bool) -> Opening:
    """The opening of a box with a headline and two paragraphs in a face of their own, on a page with running text."""
    sheet = Sheet().put("Get involved", 18, BOLD)
    sheet.put("Join us, whoever wants to help.", 11, SANS, 8, 0x204080)
    sheet.put("Mail us, whoever wants to know more.", 11, ITALIC, 20, 0x204080)
    if text_below:
        sheet.prose("oil", gap=20)
    else:
        sheet.column(320, 60).prose("oil", "wick", lines=12)
    blocks = [replace(one, group="g1" if one.box.x0 < 300 else "") for one in understood(sheet).blocks[1]]
    pieces = [piece_of(replace(one, role=Role.PARAGRAPH), "", FONTS) for one in blocks]
    pieces[0].role = Role.HEADING
    for order, piece in enumerate(pieces):
        piece.order = order
    (opening,) = heads_of(pieces, learn_styles(pieces), frozenset())
    return opening


def test_all_the_text_of_a_box_is_no_standfirst() -> None:
    assert [piece.text[:4] for piece in _opening_of_a_box(text_below=True).standfirst] == ["Join", "Mail"]
    assert _opening_of_a_box(text_below=False).standfirst == []

"""Paragraphs that are one over columns and pages, and those that only look so."""

from __future__ import annotations

from tests.setting import BODY, BOLD, SANS, Sheet, block, understood

from masthead.document.text import ReadText


def _opened() -> Sheet:
    return Sheet().put("The lamp is on", 30, BOLD).put("By Ann Lee", 8, SANS)


def _cut(sheet: Sheet, last: str = "of the keepers, who were never to see the harbour") -> Sheet:
    """A paragraph whose last line ends in the middle of a sentence, at the edge of its column."""
    return sheet.put("Nobody knew then what would become of the old lamp and").put(last, gap=2)


def test_what_stands_between_in_another_face_ends_no_sentence() -> None:
    first = _cut(_opened().prose("oil")).put("Source: the log of the lighthouse", 7, SANS, 30)
    text = understood(first, Sheet().put("again, nor the boats that lay in it.").prose("rope"))
    assert block(text, "again, nor").continues == block(text, "Nobody knew").id
    assert not block(text, "Source:").continues


def test_a_box_with_a_heading_between_ends_no_sentence_but_another_paragraph_does() -> None:
    def issue(font: int) -> tuple[Sheet, Sheet]:
        first = _cut(_opened().prose("oil")).column(330, 110).put("Things to know", 13, BOLD)
        first.put("Lamps are filled at night, and not before.", 10, font, 14)
        return first, Sheet().put("again, nor the boats that lay in it.").prose("rope")

    text = understood(*issue(SANS))
    assert block(text, "again, nor").continues == block(text, "Nobody knew").id
    assert not block(understood(*issue(BODY)), "again, nor").continues


def test_a_quoted_word_at_the_end_of_a_page_ends_no_sentence() -> None:
    first = _cut(_opened().prose("oil"), "of the keepers, in the log that they had called “early”")
    text = understood(first, Sheet().put("lights of the coast, and others of which we know.").prose("rope"))
    assert block(text, "lights of").continues == block(text, "Nobody knew").id


def test_the_mark_of_a_note_stands_behind_the_end_of_a_sentence() -> None:
    first = _cut(_opened().prose("oil"), "of the keepers, and of all that they had seen there.2")
    text = understood(
        first, Sheet().put("Winter came early in the year that").put("they left the rock for good.", gap=2)
    )
    assert not block(text, "Winter came").continues


def test_entries_beside_and_below_each_other_are_no_sentence() -> None:
    sheet = _opened().prose("oil")
    y = sheet.y + 20
    sheet.column(50, y).put("Surgeon of the hospital and").put("of the lighthouse service", gap=2)
    sheet.put("operates on those who fell from the rock and", gap=20).put("looks after their broken bones", gap=2)
    sheet.column(50, y + 120).put("Keeper of the lamp").column(330, y + 120).put("fills it with oil at night")
    text = understood(sheet)
    assert not any(one.continues for one in text.blocks[1])


def test_where_first_lines_are_drawn_in_a_flush_one_goes_on() -> None:
    def paragraph(sheet: Sheet, name: str, indent: float = 12) -> None:
        sheet.x += indent
        sheet.put(f"{name} zero said what the others knew and", gap=0)
        sheet.x -= indent
        for count in ("one", "two"):
            sheet.put(f"{name} {count} said what the others knew and more", gap=0)
        sheet.put(f"{name} three said what the others have known.", gap=0)

    first, second = _opened(), Sheet()
    first.y += 20
    for name in ("Tar", "Salt", "Wind", "Reef", "Buoy", "Lens", "Fog"):
        paragraph(first, name)
    paragraph(second, "Rope", indent=0)
    for name in ("Moon", "Tide"):
        paragraph(second, name)
    text = understood(first, second)
    assert block(text, "Rope zero").continues == block(text, "Fog zero").id
    assert not block(text, "Moon zero").continues
    assert not block(text, "Salt zero").continues


def test_a_cut_word_goes_on_past_a_headline_set_over_the_next_column() -> None:
    def issue(cut: str) -> ReadText:
        sheet = _cut(_opened().prose("oil", "wick"), cut).column(330, 60).put("Courses in winter", 20, BOLD)
        sheet.put("By Bob Roe", 8, SANS)
        sheet.put("bour, where the boats had been for as long", gap=14).put("as anyone could tell.", gap=2)
        return understood(sheet.prose("rope", "tar"))

    text = issue("of the keepers, who were never to see the old har-")
    second = block(text, "bour, where")
    assert second.continues == block(text, "Nobody knew").id
    assert second.article == block(text, "Oil 0").article == block(text, "Rope 0").article
    text = issue("of the keepers, who had known it all their lives.")
    assert block(text, "Rope 0").article == block(text, "Courses in").article != block(text, "Oil 0").article

"""Headings that run into their paragraph, and those that white, colour or their own small type tells."""

from __future__ import annotations

import pytest
from tests.setting import BODY, BOLD, ITALIC, MONO, Sheet, block, line, understood

from masthead.document.geometry import union_of
from masthead.document.text import Line, Role


def _run_in(lead: str, rest: str, x: float, y: float, face: int = BOLD) -> Line:
    """A line whose first words are set in another face."""
    first = line(lead, x, y, font=face)
    second = line(rest, first.box.x1 + 2.5, y)
    words = first.words + second.words
    return Line(union_of(word.box for word in words), words)


def _with_run_ins(*leads: str, face: int = BOLD) -> Sheet:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil")
    for at, lead in enumerate(leads):
        sheet.y += 8
        sheet.lines.append(_run_in(lead, f"What {at} said was known to all of them and more", 50, sheet.y, face))
        sheet.lines.append(line(f"than {at} of the others were told that night.", 50, sheet.y + 12))
        sheet.y += 24
    return sheet.prose("wick")


@pytest.mark.parametrize("face", [BOLD, ITALIC])
def test_a_style_of_run_in_headings_parts_them_from_their_text(face: int) -> None:
    leads = ("The first winter.", "The second spring.", "A third summer.")
    text = understood(_with_run_ins(*leads, face=face))
    for at, lead in enumerate(leads):
        head = block(text, lead)
        assert (head.role, head.text) == (Role.HEADING, lead)
        assert block(text, f"What {at} said").text.endswith("told that night.")
        assert head.level > block(text, "The lamp").level
    (article,) = text.articles
    assert block(text, leads[0]).id in article.blocks


@pytest.mark.parametrize(
    "leads",
    [
        ("The first winter.",),  # once is a lead-in
        ("Ann Lee.", "Ann Lee.", "Ann Lee.", "Ann Lee."),  # who speaks
        ("The first winter", "The second spring", "A third summer"),  # nothing parts them from the text
        ("Figure 1.", "Figure 2.", "Figure 3."),
        ("and so on.", "or not so.", "but then again."),
        ("Winter.", "Spring.", "Summer."),  # a word alone may be a place or a name
    ],
)
def test_bold_beginnings_that_are_no_headings_stay_in_their_paragraph(leads: tuple[str, ...]) -> None:
    text = understood(_with_run_ins(*leads))
    assert [one.text for one in text.blocks[1] if one.role is Role.HEADING] == ["The lamp is on"]


def test_a_word_alone_is_a_heading_among_others_of_its_style_unless_it_comes_again() -> None:
    leads = ("The first winter.", "Note.", "The second spring.", "Spring.", "A third summer.", "Note.")
    text = understood(_with_run_ins(*leads))
    found = [one.text for one in text.blocks[1] if one.role is Role.HEADING]
    assert found[1:] == ["The first winter.", "The second spring.", "Spring.", "A third summer."]


@pytest.mark.parametrize("lines", [1, 4])
def test_a_colon_parts_a_heading_only_from_a_long_text(lines: int) -> None:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil")
    for at, lead in enumerate(("Oil for winter:", "Rope for boats:", "Lamps for all:")):
        sheet.y += 8
        sheet.lines.append(_run_in(lead, f"What {at} said was known to all of them and more", 50, sheet.y))
        for row in range(1, lines):
            sheet.lines.append(line(f"than {row} of the others were told that night and", 50, sheet.y + 12 * row))
        sheet.y += 12 * lines
    found = [one.text for one in understood(sheet.prose("wick")).blocks[1] if one.role is Role.HEADING]
    assert found[1:] == (["Oil for winter:", "Rope for boats:", "Lamps for all:"] if lines > 1 else [])


def test_numbered_run_in_headings_need_only_two() -> None:
    text = understood(_with_run_ins("2.1.1 Properties.", "2.1.2 Attributes."))
    assert block(text, "2.1.1").role is block(text, "2.1.2").role is Role.HEADING


def test_a_part_in_small_type_has_headings_of_its_own_size() -> None:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil", "wick", "rope").put("Who we are", 8, BOLD, 16)
    for at in range(4):
        sheet.put(f"Line {at} of the small text that goes on as long as it may and says", 8, BODY, 0)
    assert block(understood(sheet), "Who we are").role is Role.HEADING


def test_light_letters_on_a_band_of_colour_are_a_heading() -> None:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil").put("Courses in spring", 8, BOLD, 16, 0xFFFFFF)
    assert block(understood(sheet.prose("wick")), "Courses").role is Role.HEADING


def test_a_short_label_heads_text_that_begins_small() -> None:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil").put("Keywords", 10, BOLD, 16)
    sheet.lines.append(line("lamps; oil; the sea at night; what keepers know; the harbour", 50, sheet.y))
    sheet.y += 12
    assert block(understood(sheet.prose("wick")), "Keywords").role is Role.HEADING


def test_an_entry_with_a_typed_address_is_no_code() -> None:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil", "wick")
    entry, address = (
        line("[1] Adobe Cloud.", 50, sheet.y + 8),
        line("https://example.org/a/very/long/address", 142, sheet.y + 8, font=MONO),
    )
    words = entry.words + address.words
    sheet.lines.append(Line(union_of(word.box for word in words), words))
    sheet.y += 20
    assert Role.CODE not in {one.role for one in understood(sheet.prose("rope")).blocks[1]}


def test_steps_that_are_counted_are_no_contents() -> None:
    contents = Sheet().put("Contents", 20, BOLD)
    for at, title in enumerate(("The harbour", "The lamp", "The keeper", "The sea"), start=2):
        contents.put(f"{title} . . . . . . {at}")
    steps = (
        Sheet().put("The harbour", 20, BOLD).prose("oil").put("2. Reference of the tower", 10, BOLD, 16).prose("wick")
    )
    for at in range(1, 5):
        steps.put(f"{at}. Turn the wheel until it stops, and wait for number {at}.")
    rest = [Sheet().put(title, 20, BOLD).prose(title.split()[1]) for title in ("The lamp", "The keeper", "The sea")]
    text = understood(contents, steps, *rest)
    assert block(text, "2. Reference").role is Role.HEADING


def test_a_page_without_text_begins_no_story() -> None:
    text = understood(
        Sheet().put("The lamp is on", 30, BOLD).prose("oil", "wick", "rope"), Sheet(), Sheet().prose("sail")
    )
    assert [one.text for one in text.blocks[2]] == []
    assert text.articles


def test_two_short_run_in_headings_before_long_texts_are_enough() -> None:
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil")
    for at, lead in enumerate(("Problems of winter.", "Problems of summer.")):
        sheet.y += 8
        sheet.lines.append(_run_in(lead, f"What {at} said was known to all of them and more", 50, sheet.y))
        for row in range(1, 4):
            sheet.lines.append(line(f"than {row} of the others were told that night and", 50, sheet.y + 12 * row))
        sheet.lines.append(line("that was all.", 50, sheet.y + 48))
        sheet.y += 60
    text = understood(sheet.prose("wick"))
    assert [one.text for one in text.blocks[1] if one.role is Role.HEADING][1:] == [
        "Problems of winter.",
        "Problems of summer.",
    ]

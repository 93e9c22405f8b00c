"""Pull quotes that are too short to repeat anything, told by the sentence that they interrupt."""

from __future__ import annotations

from tests.setting import BOLD, ITALIC, Sheet, block, line, understood

from masthead.document.text import ReadText, Role


def _around(*quote: str, before: str, after: str, font: int = ITALIC, size: float = 15) -> ReadText:
    """A story whose running text stands around what is set large."""
    sheet = Sheet().put("The lamp is on", 30, BOLD).prose("oil", "wick")
    sheet.y += 8
    for text in (*["Then the keepers said what all the others knew and more"] * 3, before):
        sheet.lines.append(line(text, 50, sheet.y))
        sheet.y += 12
    for text in quote:
        sheet.put(text, size, font, 12)
    sheet.y += 12
    for text in (after, "than any of the others were told by the keepers that night", "and that was all."):
        sheet.lines.append(line(text, 50, sheet.y))
        sheet.y += 12
    return understood(sheet.prose("rope"))


def test_what_stands_large_in_the_middle_of_a_sentence_is_a_pull_quote() -> None:
    text = _around("It never went out", before="and nobody on the island had ever", after="seen the light go out since")
    assert block(text, "It never went out").role is Role.PULL_QUOTE
    assert block(text, "seen the light").continues == block(text, "Then the keepers").id
    assert block(text, "It never went out").id in text.articles[0].asides


def test_who_said_it_belongs_to_the_quote() -> None:
    quote = ("“Never”, they said", "Ann Lee, keeper")
    text = _around(*quote, before="and nobody on the island had ever", after="seen the light go out since")
    assert {block(text, said).role for said in quote} == {Role.PULL_QUOTE}


def test_between_two_sentences_it_is_a_heading() -> None:
    text = _around("It never went out", before="and that was all.", after="Nobody had seen the light go out")
    assert block(text, "It never went out").role is Role.HEADING


def test_in_the_size_of_the_text_nothing_is_a_quote() -> None:
    said = {"before": "and nobody on the island had ever", "after": "seen the light go out since"}
    text = _around("It never went out", size=10, **said)
    assert Role.PULL_QUOTE not in {one.role for one in text.blocks[1]}

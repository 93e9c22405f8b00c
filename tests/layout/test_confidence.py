"""The trust in a page sinks with what a wrong order looks like."""

from __future__ import annotations

from dataclasses import replace

from masthead.document.geometry import Box, union_of
from masthead.document.text import Block, Font, Line, PageLines, Role, Word
from masthead.layout.confidence import confidence_of

_FONT = Font("Garamond", False, False, False, False)


def _line(text: str, x: float, y: float, angle: float = 0.0, confidence: float = 1.0) -> Line:
    words = tuple(
        Word(word, Box(x + 30 * index, y, x + 30 * index + 25, y + 10), 10, 0, confidence=confidence)
        for index, word in enumerate(text.split())
    )
    return Line(union_of(word.box for word in words), words, angle)


def _block(number: int, *lines: Line) -> Block:
    text = " ".join(word.text for line in lines for word in line.words)
    return Block(f"p1-b{number}", 1, Role.PARAGRAPH, union_of(line.box for line in lines), lines, text)


def _page(*blocks: Block) -> PageLines:
    return PageLines(1, 600, 800, tuple(line for block in blocks for line in block.lines), (_FONT,), ())


def _story(count: int, start: str, end: str) -> list[Block]:
    return [
        _block(index, _line(f"{start} keeper of the light went up the stairs{end}", 50, 100 + 40 * index))
        for index in range(count)
    ]


def test_a_plain_page_is_trusted() -> None:
    blocks = _story(6, "The", ".")
    assert confidence_of(_page(*blocks), blocks).value == 1
    assert confidence_of(_page(), []).value == 1


def test_torn_sentences_are_said() -> None:
    blocks = _story(6, "the", ".")
    assert confidence_of(_page(*blocks), blocks).value == 1  # entries of a list that begin with small letters
    columns = [
        replace(block, box=block.box._replace(x0=50 + 300 * (at % 2), x1=320 + 300 * (at % 2)))
        for at, block in enumerate(blocks)
    ]
    found = confidence_of(_page(*columns), columns)
    assert found.value < 0.7
    assert found.reasons == ("Sentences break off where the next block begins.",)


def test_pages_whose_order_is_hard_to_choose_are_trusted_less_than_columns() -> None:
    names = [_block(number, _line("Part of a drawing", 50, 100 + 20 * number)) for number in range(6)]
    found = confidence_of(_page(*names), names)
    assert found.reasons == ("Many pieces are a few words long, as the labels of a drawing are.",)
    columns = [_block(at, _line("The keeper of the light went up", 50 + 250 * at, 100)) for at in range(2)]
    columns += [_block(2 + at, _line("The keeper of the light went up", 50 + 250 * at, 400)) for at in range(2)]
    assert confidence_of(_page(*columns), columns).value == 1
    stories = [
        _block(at, _line("The keeper of the light went up", 50 + 180 * (at // 4), 100 + 90 * (at % 4)))
        for at in range(16)
    ]
    assert 0.8 < confidence_of(_page(*stories), stories).value < 1


def test_blocks_over_each_other_letters_without_meaning_turned_and_recognised_text_are_said() -> None:
    over = [_block(1, _line("One block of text", 50, 100)), _block(2, _line("Another block of text", 55, 101))]
    assert "Blocks of text lie over each other." in confidence_of(_page(*over), over).reasons
    unreadable = [_block(1, _line("\ufffd\ufffd\ufffd \ufffd\ufffd and text", 50, 100))]
    assert confidence_of(_page(*unreadable), unreadable).value < 0.3
    turned = [_block(1, _line("A turned line of words", 50, 100, angle=90))]
    assert confidence_of(_page(*turned), turned).reasons == ("Part of the text is turned.",)
    recognised = [_block(1, _line("words from a picture", 50, 100, confidence=0.6))]
    assert confidence_of(_page(*recognised), recognised).value == 0.6

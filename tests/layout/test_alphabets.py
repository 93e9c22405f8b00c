"""Lists in the order of the alphabet or of numbers are read down their columns, entry by entry."""

from __future__ import annotations

import pytest
from tests.setting import BOLD, Sheet, line, understood

from masthead.document.text import Line, ReadText, Role
from masthead.layout.alphabets import are_alphabetical, entries_of, go_down

_TEXT = (
    "Abbott Adams Baker Barnes Brown Carter Clark Cole Cooper Davies Dean Ellis Evans Fisher Ford Gibson Gray Green "
    "Hall Harris Hill Hughes Hunt Jackson James Jones Kelly Knight Lane Lewis"
)
_NAMES = _TEXT.split()


def _listed(entries: list[str], columns: int) -> ReadText:
    """A headline, some text, and the entries in columns whose lines stand on the same heights."""
    sheet = Sheet().put("Members of the club", 16).prose("members", lines=3)
    rows = len(entries) // columns
    for at, entry in enumerate(entries):
        sheet.lines.append(line(entry, 50 + 150 * (at // rows), sheet.y + 14 + 14 * (at % rows)))
    return understood(sheet)


def _items(text: ReadText) -> list[str]:
    return [f"{one.marker} {one.text}".strip() for one in text.blocks[1] if one.role is Role.LIST_ITEM]


@pytest.mark.parametrize("form", ["{}", "{}, Ann", "{}, 12, 140", "{} 01223 4711"])
def test_names_in_three_columns_are_read_down_and_entry_by_entry(form: str) -> None:
    entries = [form.format(name) for name in _NAMES]
    assert [one.text for one in _listed(entries, 3).blocks[1]][2:] == entries


def test_entries_with_numbers_are_items() -> None:
    entries = [f"{name}, 12, 140" for name in _NAMES]
    assert _items(_listed(entries, 3)) == entries
    names = _listed([name.upper() if len(name) == 4 else name for name in _NAMES], 3)
    assert {one.role for one in names.blocks[1][1:]} == {Role.PARAGRAPH}


def test_a_table_whose_first_column_is_sorted_is_read_in_rows() -> None:
    names = [line(name, 50, 100 + 14 * at) for at, name in enumerate(_NAMES[:12])]
    towns = [line(town, 200, 100 + 14 * at) for at, town in enumerate(("York", "Bath", "Hull", "Ely") * 3)]
    assert not go_down([names, towns])
    assert go_down([names, [line(name, 200, 100 + 14 * at) for at, name in enumerate(_NAMES[12:24])]])


def test_solutions_that_are_counted_down_each_column_are_read_down() -> None:
    across = [
        line(f"{number}. {name}", 50, 100 + 14 * at)
        for at, (number, name) in enumerate(zip((1, 4, 6), _NAMES, strict=False))
    ]
    down = [
        line(f"{number}. {name}", 200, 100 + 14 * at)
        for at, (number, name) in enumerate(zip((2, 3, 5), _NAMES, strict=False))
    ]
    assert go_down([across, down])
    rows = [
        [line(f"{2 * at + side}. {name}", 50 + 150 * side, 100 + 14 * at) for at, name in enumerate(_NAMES[:4])]
        for side in (1, 2)
    ]
    assert not go_down(rows)


def test_accents_articles_of_case_and_a_slip_do_not_break_the_order() -> None:
    assert are_alphabetical(["Ábel", "adler", "Änne", "Bär", "bauer", "École", "Edel", "Émile", "Faß", "frei"])
    assert not are_alphabetical(["Wick", "Oil", "Lamp", "Rope", "Tea", "Salt", "Anchor", "Paint", "Bread"])
    assert not are_alphabetical(["Oil", "Oil", "Oil", "Oil", "Oil", "Oil", "Oil", "Oil", "Oil"])


def test_lines_of_text_that_happen_to_be_sorted_stay_a_paragraph() -> None:
    words = ["and", "beside", "coal", "down", "every", "four", "great", "harbour"]
    text = ["the keeper said"] * 8 + [f"{word} went the keeper" for word in words] + ["the keeper said"] * 8
    lines: list[Line] = [line(one, 50, 100 + 12 * at) for at, one in enumerate(text)]
    assert entries_of(lines) == frozenset()


def test_letters_head_an_index_and_entries_with_several_pages_are_items() -> None:
    sheet = Sheet().put("Index", 16)
    for letter, terms in (("A", ("Anchor", "Ash")), ("B", ("Barge", "Buoy")), ("C", ("Coal", "Crew"))):
        sheet.put(letter, 10, BOLD, gap=16)
        for term in terms:
            sheet.put(f"{term} . . . . . . . . 2, 24, 34", font=BOLD, gap=1)
    text = understood(sheet)
    assert [one.text for one in text.blocks[1] if one.role is Role.HEADING] == ["Index", "A", "B", "C"]
    assert len(_items(text)) == 6


def test_a_title_and_its_author_below_are_one_entry_of_contents() -> None:
    entries = list(zip((4, 8, 12, 20, 31), _NAMES[5:10], _NAMES, strict=False))
    sheet = Sheet().put("In this issue", 16)
    for at, (number, title, author) in enumerate(entries):
        y = 100.0 + 32 * at
        sheet.lines += [line(str(number), 50, y), line(f"{title} and the long way home |", 80, y, font=BOLD)]
        sheet.lines.append(line(author.upper(), 80, y + 12, 8.5))
    assert _items(understood(sheet)) == [
        f"{number} {title} and the long way home | {author.upper()}" for number, title, author in entries
    ]

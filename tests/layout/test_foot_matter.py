"""Notes at the foot of a column are heard behind the paragraph that calls them, never inside a sentence."""

from __future__ import annotations

from tests.setting import Sheet, understood

from masthead.document.text import ReadText, Role


def _said(text: ReadText) -> list[str]:
    return [block.text.split()[0].lower() for block in text.blocks[1]]


def _two_columns(*foot: str, calling: str = "") -> Sheet:
    """Two columns whose sentence goes on from one into the other, with small type at the foot of the first."""
    sheet = Sheet().prose("alpha").put(f"The gamma paragraph is short.{calling}", gap=10).prose("beta")
    sheet.lines[-1] = Sheet(y=sheet.lines[-1].box.y0).put("beta 7 said what the others and more", gap=0).lines[0]
    sheet.column(50, 500)
    for text in foot:
        sheet.put(text, size=7)
    sheet.column(330, 60)
    sheet.put("so the sentence goes on over here with many more words and ends.", gap=0)
    return sheet.prose("delta", "epsilon", lines=12)


def test_a_note_follows_the_paragraph_that_calls_it() -> None:
    found = understood(_two_columns("3 Noted with some words at the foot.", calling="3"))
    assert _said(found) == ["alpha", "the", "3", "beta", "so", "delta", "epsilon"]
    note = next(block for block in found.blocks[1] if block.role is Role.FOOTNOTE)
    caller = next(block for block in found.blocks[1] if block.text.startswith("The gamma"))
    assert note.reference == caller.id


def test_small_type_that_nothing_calls_waits_until_the_sentence_has_ended() -> None:
    found = understood(_two_columns("Permission to make copies of this is given to all who ask."))
    assert _said(found) == ["alpha", "the", "beta", "so", "delta", "epsilon", "permission"]


def test_items_of_a_list_in_small_type_stay_where_they_are() -> None:
    found = understood(_two_columns("* Raise the bed and give care.", "* Lower it when you are finished."))
    items = [block.text for block in found.blocks[1] if block.text.startswith(("Raise", "Lower", "* Raise", "* Lower"))]
    assert [text.removeprefix("* ")[:5] for text in items] == ["Raise", "Lower"]


def test_on_a_page_of_one_column_the_foot_is_the_end() -> None:
    sheet = Sheet().prose("alpha").put("The gamma paragraph is short.3", gap=10).prose("beta").column(50, 600)
    found = understood(sheet.put("3 Noted with some words at the foot.", size=7))
    assert _said(found) == ["alpha", "the", "beta", "3"]


def test_a_term_explained_in_the_margin_follows_the_paragraph_that_uses_it() -> None:
    sheet = Sheet(x=200).prose("alpha").put("The harbour keeps its marasmus for many a long year and", gap=10)
    sheet.put("so it goes on.", gap=0).prose("beta").column(50, 175)
    sheet.put("marasmus", size=7.5, colour=0x993300).put("an illness of people", size=7.5, gap=0)
    found = understood(sheet.put("who have too little food", size=7.5, gap=0))
    assert _said(found)[:3] == ["alpha", "the", "marasmus"]
    assert _said(found)[-1] == "beta"


def test_small_type_between_columns_of_text_is_no_margin() -> None:
    sheet = Sheet().prose("alpha").put("harbour", size=7.5).put("words below a picture of the", size=7.5, gap=0)
    sheet.put("place where all of them live", size=7.5, gap=0).prose("beta").column(330, 60)
    found = understood(
        sheet.put("The harbour of the second column is wide.", gap=0).prose("delta", "epsilon", lines=12)
    )
    assert _said(found)[:2] == ["alpha", "harbour"]
